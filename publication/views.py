"""Pages of the site as a whole."""

import re
import secrets
import sys
from http import HTTPStatus

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.core.files.storage import default_storage
from django.http import (
    FileResponse,
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
)
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from reviews import covered, dependencies, look, moved, names
from reviews.addresses import asked_on, whole
from reviews.fast_html import escaped

from . import health, security, site_name
from .floods import waiting
from .floods.serving import FORMS
from .paths import in_newsroom, view_at

_ADDRESS = secrets.token_hex(16)  # stands for one, and in no text of a masthead
ICON_IS_KEPT = 24 * 60 * 60  # seconds; its address never changes, and what is there seldom
TRY_AGAIN_IN = 10  # seconds; a database that is started again takes less
TOO_LARGE = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)

# What /media/ serves: renditions by the names that reviews/library.py gives them, and nothing else.
# A storage adds “_” and seven characters when two processes save the same one at once.
# Names used to have 64 digits, then 16, and files keep the name they were given.
RENDITION = re.compile(
    r"pictures/[0-9a-f]{16}/([0-9a-f]{8}|[0-9a-f]{16}|[0-9a-f]{64})(_\w{7})?\.(?P<ending>jpg|avif)"
)
PICTURE_TYPES = {"jpg": "image/jpeg", "avif": "image/avif"}
PICTURE_POLICY = "default-src 'none'; sandbox"  # opened by itself, a picture needs nothing


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    found = covered.by_published(covered.reviewers)
    reviewers = sorted(found, key=lambda reviewer: names.in_order(reviewer.name))
    return render(request, "publication/about.html", {"reviewers": reviewers})


@require_safe
def robots(_request: HttpRequest) -> HttpResponse:
    sitemap = whole(reverse("reviews:sitemap"))
    lines = [
        "User-agent: *",
        "Disallow: /admin/",
        "Disallow: /comments/",
        "Disallow: /preview/",
        f"Sitemap: {sitemap}",
        "",
    ]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


@require_safe
@cache_control(public=True, max_age=ICON_IS_KEPT)
def icon(_request: HttpRequest) -> HttpResponse:
    """Where whoever reads no page looks for the site's icon, or cannot show a drawn one: feed
    readers, and phones that put the site among their programs."""
    response = redirect(look.icon_address())
    response["Cross-Origin-Resource-Policy"] = "cross-origin"  # as the file it leads to
    return response


@require_safe
def media(_request: HttpRequest, name: str) -> HttpResponseBase:
    """A rendition from the storage: for one small server without nginx or a bucket in front.

    Its name is the digest of its content, so it may be kept for ever.
    """
    asked = RENDITION.fullmatch(name)
    if asked is None:
        raise Http404("Not the name of a rendition.")
    try:
        file = default_storage.open(name)
    except FileNotFoundError:
        raise Http404("No such picture.") from None
    response = FileResponse(file, content_type=PICTURE_TYPES[asked["ending"]])
    response["Content-Security-Policy"] = PICTURE_POLICY
    response["Cache-Control"] = "public, max-age=31536000, immutable"
    return response


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """What cannot be read: 413 (RFC 9110, 15.5.14) when it is too much. No query."""
    too_large = isinstance(exception, TOO_LARGE)
    status = HTTPStatus.REQUEST_ENTITY_TOO_LARGE if too_large else HTTPStatus.BAD_REQUEST
    return _standalone("400.html", status, {"too_large": too_large})


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Who has an address of before the publication moved here is led on."""
    asks = request.method in ("GET", "HEAD") and not in_newsroom(request.path_info)
    if asks and (lead := moved.lead_of(request.path_info)):
        # A picture's may be signed, and takes no more words.
        to = asked_on(lead.to, request) if lead.for_good else lead.to
        return redirect(to, permanent=lead.for_good)
    before, after = dependencies.kept("not found", lambda: _not_found(request))
    address = escaped(whole(request.path))
    return HttpResponse(f"{before}{address}{after}", status=HTTPStatus.NOT_FOUND)


def _not_found(request: HttpRequest) -> tuple[str, str]:
    """What is before the address and after it: of no page are there so many."""
    html = render_to_string("404.html", {"anywhere": _ADDRESS}, request)
    before, _, after = html.partition(_ADDRESS)
    return before, after


def server_error(request: HttpRequest) -> HttpResponse:
    """Needs nothing that may be what broke: no database, no context processors. 503 while the
    database is away, which passes (RFC 9110, 15.6.4)."""
    if health.is_away(sys.exception()):
        return away(request)
    return _standalone("500.html", HTTPStatus.INTERNAL_SERVER_ERROR, {})


def away(request: HttpRequest) -> HttpResponse:
    """The database is. A reader's form comes back with every word, and a button."""
    status = HTTPStatus.SERVICE_UNAVAILABLE
    if request.method == "POST" and view_at(request.path_info) in FORMS:
        typed = [(name, said) for name, every in request.POST.lists() for said in every]
        response = HttpResponse(waiting.page(0, typed, "", away=True), status=status)
    else:
        response = _standalone("503.html", status, {})
    response["Retry-After"] = str(TRY_AGAIN_IN)
    response["Cache-Control"] = "no-store"
    return response


def _standalone(template: str, status: HTTPStatus, context: dict[str, object]) -> HttpResponse:
    """A page that carries its few rules of style and asks for nothing else."""
    html = render_to_string(template, {"name": site_name.known()} | context)
    response = HttpResponse(html, status=status)
    response["Content-Security-Policy"] = security.standalone_policy()
    return response
