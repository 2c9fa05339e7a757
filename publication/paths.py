"""What a path says: which part of the site it is of, and how long one can be."""

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
