"""The writer of a comment, known by a private signed address and by nothing else."""

from django.core import signing
from django.urls import reverse

from .models import Comment

_tokens = signing.Signer(salt="comments.waiting")


def token(comment: Comment) -> str:
    """What its private addresses carry: its key, signed."""
    return _tokens.sign(str(comment.pk))


def by_token(token: str) -> Comment | None:
    """The comment of a private address, with its article; None if the token is not ours."""
    try:
        pk = _tokens.unsign(token)
    except signing.BadSignature:
        return None
    return Comment.objects.select_related("article").filter(pk=pk).first()


def waiting_address(comment: Comment) -> str:
    """The private address that shows it in its place before anybody else sees it."""
    return f"{reverse('comments:waiting', args=[token(comment)])}#{comment.anchor()}"
