"""What somebody else does between two statements of ours."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection


@contextmanager
def before_first(begins: str, act: Callable[[], object]) -> Iterator[None]:
    """`act`, once, right before the first statement that begins so; it has to come."""
    acts = [act]

    def run(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if acts and sql.startswith(begins):
            acts.pop()()
        return execute(sql, params, many, context)

    with connection.execute_wrapper(run):
        yield
    assert not acts, f"Nothing began with {begins}."
