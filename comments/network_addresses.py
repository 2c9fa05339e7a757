"""Network addresses: never kept, only a keyed hash whose key changes every day."""

from datetime import UTC, datetime, timedelta
from ipaddress import IPv6Address, ip_address, ip_network

from . import keyed


def keyed_hash(address: str, at: datetime) -> str:
    """The name an address goes by on the (UTC) day of `at`: 64 hexadecimal digits, or “”.

    An IPv6 address counts as its /64 network, which is what one household is given.
    """
    if not address:
        return ""
    day = at.astimezone(UTC).date().isoformat()
    return keyed.digest(f"comments.addresses.{day}", network(address))


def recent_hashes(address: str, at: datetime, window: timedelta) -> frozenset[str]:
    """The names it went by within `window` (at most a day) before `at`: two just after midnight."""
    return frozenset({keyed_hash(address, at), keyed_hash(address, at - window)}) - {""}


def network(address: str) -> str:
    """What counts as one: an IPv4 address, the /64 of an IPv6 address."""
    try:
        ip = ip_address(address)
    except ValueError:
        return address
    if isinstance(ip, IPv6Address):
        mapped = ip.ipv4_mapped
        return str(mapped) if mapped else str(ip_network((int(ip), 64), strict=False))
    return str(ip)
