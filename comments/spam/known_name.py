"""Whose name is it? One that readers would take for somebody of the publication, or a regular."""

from functools import lru_cache
from typing import Any

from django.contrib.auth.models import User
from django.db.models import Value
from django.db.models.functions import Concat

from reviews.models import Reviewer, written_once
from reviews.models.written_once import TEXT

from ..evidence import said
from ..models import Comment
from . import scripts
from .screening import FindingFacts, Submission

NAME = "known_name"


def known_name(post: Submission) -> FindingFacts | None:
    """It is signed with the name of a critic, a colleague or a regular: no points, but a person
    looks. Three queries at most."""
    if scripts.as_seen(post.author_name) in _ours():
        return FindingFacts(NAME, 0, said("name_of_ours"))
    if _is_a_regulars(post):
        return FindingFacts(NAME, 0, said("name_of_a_regular"))
    return None


def _ours() -> set[str]:
    """Bylines, and the names under which the newsroom answers. A small publication has tens."""
    every = written_once.tuples("names of ours", _names, {})
    return {_as_seen(name) for (name,) in every} - {""}


def _names() -> Any:
    staff = User.objects.filter(is_staff=True).order_by()
    called = Concat("first_name", Value(" "), "last_name")
    return Reviewer.objects.order_by().values_list("name").union(staff.values_list(called))


_as_seen = lru_cache(maxsize=1_000)(scripts.as_seen)


def _is_a_regulars(post: Submission) -> bool:
    """Of whom something is approved under a confirmed address, while nothing is approved of the
    address that was typed now."""
    if not written_once.tuples("signed by regulars", _signed, {TEXT: post.author_name}):
        return False
    approved = Comment.objects.approved()
    return not (post.author_email and approved.under(post.author_email).exists())


def _signed() -> Any:
    return Comment.objects.approved().of_the_proven().signed(TEXT).order_by().values_list("pk")[:1]
