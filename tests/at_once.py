"""People and processes at the same moment: threads, each with a connection of its own."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

from django.db import connection


class People(ThreadPoolExecutor):
    """What each does closes the connection to the database that was opened for it."""

    def submit(self, act: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        def alone() -> Any:
            try:
                return act(*args, **kwargs)
            finally:
                connection.close()

        return super().submit(alone)
