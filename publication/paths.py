"""What a path says: which part of the site it is of, and how long one can be."""

from functools import lru_cache

from django.urls import Resolver404, resolve

from reviews import addresses

# Characters of the path of an address. Ours have fewer than 300, and what is known of a path is
# remembered: nobody is to fill the memory with addresses that lead nowhere.
LONGEST_PATH = 500

# Whoever watches the process, and not what it publishes, asks these.
HEALTH = ("/healthz", "/readyz")


def in_newsroom(path: str) -> bool:
    """Whether it is the admin's, wherever `urls` puts that."""
    return path.startswith(addresses.to("admin:index"))


def at_the_door(path: str) -> bool:
    """Whether it is one of the newsroom's forms that are for who is not logged in."""
    forgotten = path.startswith(addresses.to("admin:password_reset"))
    return forgotten or path == addresses.to("admin:login")


def view_at(path: str) -> str:
    """The name of the view that answers at a path; or “”."""
    if len(path) > LONGEST_PATH:  # “/comments/on/000…1/” leads to a form as well
        return _view_at.__wrapped__(path)
    return _view_at(path)


@lru_cache(maxsize=4_096)
def _view_at(path: str) -> str:
    try:
        return resolve(path).view_name
    except Resolver404:
        return ""
