"""What the users of this machine are called."""

import pwd


def named(number: int) -> str:
    """A container may run as a number that has no name."""
    try:
        return pwd.getpwuid(number).pw_name
    except KeyError:
        return f"the user {number}"
