"""In which part of the site an address is."""

from django.urls import reverse


def in_newsroom(path: str) -> bool:
    """Whether it is the admin's, wherever `urls` puts that."""
    return path.startswith(reverse("admin:index"))
