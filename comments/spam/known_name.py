"""Whose name is it? One that readers would take for somebody of the publication, or a regular."""

from django.contrib.auth.models import User

from reviews.models import Reviewer

from .. import plain_text
from ..evidence import said
from ..models import Comment
from .screening import FindingFacts, Submission

NAME = "known_name"


def known_name(post: Submission) -> FindingFacts | None:
    """No points, since two people may have one name; but a person looks. Four queries at most."""
    if plain_text.fold(post.author_name) in _ours():
        return FindingFacts(NAME, 0, said("name_of_ours"))
    if _is_a_regulars(post):
        return FindingFacts(NAME, 0, said("name_of_a_regular"))
    return None


def _ours() -> set[str]:
    """Bylines, and the names under which the newsroom answers. A small publication has tens."""
    staff = User.objects.filter(is_staff=True).only("first_name", "last_name")
    names = [*Reviewer.objects.values_list("name", flat=True), *(u.get_full_name() for u in staff)]
    return {plain_text.fold(name) for name in names} - {""}


def _is_a_regulars(post: Submission) -> bool:
    """Of whom something is approved under a confirmed address, while nothing is approved of the
    address that was typed now."""
    approved = Comment.objects.approved()
    if not approved.of_the_proven().signed(post.author_name).exists():
        return False
    return not (post.author_email and approved.under(post.author_email).exists())
