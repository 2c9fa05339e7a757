"""Where a request comes from: whether from a page of this site, and from which network address."""

from collections.abc import Callable, Mapping
from functools import cache, wraps
from ipaddress import IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import Any, Concatenate, ParamSpec, cast
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt

from .akismet.sent_fields import Browser

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]

_DEFAULT_PORTS = {"http": 80, "https": 443}


def posts_from_this_site(otherwise: View[P]) -> Callable[[View[P]], View[P]]:
    """Protect a view against cross-origin posts without a token, so that its form can be cached.

    `otherwise` answers a POST that cannot be shown to come from a page of this site.
    """

    def decorate(view: View[P]) -> View[P]:
        @csrf_exempt
        @wraps(view)
        def guarded(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            foreign = request.method == "POST" and not is_from_this_site(request)
            return (otherwise if foreign else view)(request, *args, **kwargs)

        return cast(View[P], guarded)

    return decorate


def is_from_this_site(request: HttpRequest) -> bool:
    """What the browser says about the page a request was sent from.

    Asked in the order of Go's net/http.CrossOriginProtection: an origin that the settings trust;
    Sec-Fetch-Site, which no page can forge; Origin. Stricter than it where all are missing: then
    the Referer must be ours, since every browser that posts our form sends one of the three.
    """
    origin = request.headers.get("Origin", "")
    if origin in _trusted_origins():
        return True
    site = request.headers.get("Sec-Fetch-Site", "")
    if site:
        return site in ("same-origin", "none")  # none: the reader's own doing, such as a reload
    return _is_ours(origin or request.headers.get("Referer", ""), request)


def client_address(request: HttpRequest) -> str:
    """The network address a request was sent from, or “”."""
    return address_in(request.META)


def address_in(environ: Mapping[str, Any]) -> str:
    """The same of a request as WSGI hands it over.

    The peer's; behind proxies of settings.TRUSTED_PROXIES the last entry of X-Forwarded-For that
    is none of them. What stands further left anybody can write. Where all are ours, the first.
    """
    peer: str = environ.get("REMOTE_ADDR", "")
    hops = reversed(environ.get("HTTP_X_FORWARDED_FOR", "").split(","))
    addresses = [peer, *(_without_port(hop.strip()) for hop in hops if hop.strip())]
    return next((hop for hop in addresses if not _is_trusted_proxy(hop)), addresses[-1])


def comes_from_proxy(environ: Mapping[str, Any]) -> bool:
    """Whether the peer of a request with these META is one of settings.TRUSTED_PROXIES."""
    return _is_trusted_proxy(environ.get("REMOTE_ADDR", ""))


def browser_of(request: HttpRequest) -> Browser:
    """What a request was sent with. Of the page it came from only what readers may know: our own
    private addresses are left out, and so is what follows a “?”."""
    user = getattr(request, "user", None)
    role = "administrator" if user and user.is_active and user.is_superuser else ""
    return Browser(request.headers.get("User-Agent", ""), _public_part(request), role)


def _public_part(request: HttpRequest) -> str:
    referrer = request.headers.get("Referer", "")
    try:
        parts = urlsplit(referrer)
    except ValueError:
        return ""
    private = reverse("comments:feed").partition("feed")[0]
    path = "/" if parts.path.startswith(private) and _is_ours(referrer, request) else parts.path
    return f"{parts.scheme}://{parts.netloc}{path}" if parts.hostname else ""


def _trusted_origins() -> set[str]:
    """The address the site is known by, for proxies that rewrite Host, and what a setting adds."""
    parts = urlsplit(settings.SITE_URL)
    return {f"{parts.scheme}://{parts.netloc}", *settings.CSRF_TRUSTED_ORIGINS}


def _is_ours(address: str, request: HttpRequest) -> bool:
    """Host and port are those the request was sent to; never http where the request is https.

    The other way round is let through: a proxy that ends TLS may not have told us.
    """
    try:
        theirs = urlsplit(address)
        port = theirs.port or _DEFAULT_PORTS.get(theirs.scheme)
        ours = urlsplit(f"{theirs.scheme}://{request.get_host()}")
        our_port = ours.port or _DEFAULT_PORTS.get(theirs.scheme)
    except ValueError:
        return False
    if theirs.scheme not in _DEFAULT_PORTS or (request.is_secure() and theirs.scheme == "http"):
        return False
    return bool(theirs.hostname) and (theirs.hostname, port) == (ours.hostname, our_port)


def _is_trusted_proxy(address: str) -> bool:
    """“unix” in the setting stands for a peer on a Unix socket, which has no address."""
    trusted = tuple(settings.TRUSTED_PROXIES)
    if not address:
        return "unix" in trusted
    try:
        ip = ip_address(address)
    except ValueError:
        return False
    if isinstance(ip, IPv6Address):
        ip = ip.ipv4_mapped or ip  # how a socket for both families names an IPv4 peer
    return any(ip in network for network in _networks(trusted))


@cache
def _networks(trusted: tuple[str, ...]) -> tuple[IPv4Network | IPv6Network, ...]:
    return tuple(ip_network(net, strict=False) for net in trusted if net != "unix")


def _without_port(hop: str) -> str:
    """“203.0.113.9:1234” and “[2001:db8::1]:1234”, as some proxies write them."""
    if hop.startswith("["):
        return hop[1:].partition("]")[0]
    return hop.partition(":")[0] if hop.count(":") == 1 else hop
