"""What a publication holds, to be compared with what comes back."""

import hashlib

from django.apps import apps
from django.core.files.storage import storages

from comments import intake
from reviews import library
from reviews.models import Article, Image


def rows() -> dict[str, list[str]]:
    """Every row of every table."""
    return {
        model._meta.label: sorted(map(repr, model._base_manager.values_list()))
        for model in apps.get_models(include_auto_created=True)
    }


def files() -> dict[str, str]:
    """Every file that a row names, with its digest."""
    found = {}
    for image in Image.objects.all():
        for alias, name in [
            ("originals", image.file.name),
            *(("default", n) for n in library.files_of(image)),
        ]:
            with storages[alias].open(name) as file:
                found[name] = hashlib.sha256(file.read()).hexdigest()
    return found


def say(article: Article, number: int) -> int:
    return intake.submit(
        article,
        author_name="Mina",
        author_email=f"mina{number}@example.org",
        text=f"The last shot holds longer than it has to, {number} seconds.",
        address=f"192.0.2.{number % 250}",
    ).pk
