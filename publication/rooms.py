"""In which part of the site an address is."""

from reviews import addresses


def in_newsroom(path: str) -> bool:
    """Whether it is the admin's, wherever `urls` puts that."""
    return path.startswith(addresses.to("admin:index"))
