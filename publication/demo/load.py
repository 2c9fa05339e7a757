"""The demonstration: a whole publication on an empty database, in one transaction."""

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from publication.demo import catalogue, content, library, pieces, threads
from publication.models import Masthead
from reviews.models import Article


def is_wanted() -> bool:
    """Whether there is room for it: not where anybody has begun to write."""
    return not Article.objects.exists()


def load() -> None:
    """Masthead, pictures, films, festivals, articles and comments; ten seconds of one processor.

    Does nothing where an article exists. Everything goes through the doors that people use, so
    that revisions, findings and decisions are as real as the words are invented.
    """
    if not is_wanted():
        return
    now, files = timezone.localtime(), library.drawn()
    with transaction.atomic():
        if not is_wanted():  # by now
            return
        images = library.stock(files)
        try:
            _set_masthead()
            facts = catalogue.make(images, now.date())
            articles = pieces.write(images, facts, by=_colleague("Editor"), now=now)
            threads.fill(articles, by=_colleague("Moderator"), now=now)
        except BaseException:
            library.discard(images.values())
            raise


def _set_masthead() -> None:
    words = {name: text.strip() for name, text in content.read("masthead").items()}
    Masthead.objects.update_or_create(pk=Masthead.THE_ONE, defaults=words)


def _colleague(role: str) -> User:
    """Somebody of the role to sign with: who is there, or an invented colleague without a login."""
    user = User.objects.filter(groups__name=role).order_by("pk").first()
    if user is None:
        user, _ = User.objects.get_or_create(
            username="rowena",
            defaults={"first_name": "Rowena", "last_name": "Tidewell", "is_active": False},
        )
        user.set_unusable_password()
        user.save(update_fields=["password"])
    return user
