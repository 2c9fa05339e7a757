"""What is kept of a writer, for the administrator whom they wrote to: shown as its owner is shown
it, mailed to its owner, or erased for them."""

from django.contrib import messages
from django.contrib.admin import AdminSite
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.template.response import TemplateResponse
from django.urls import reverse

from reviews.numbers import key

from .. import privacy
from ..models import Comment
from . import presses

MAY_ERASE = "comments.delete_comment"  # which no role has: an administrator's
LONGEST_EMAIL = 254  # RFC 5321


def page(request: HttpRequest, site: AdminSite) -> HttpResponse:
    """Everything under an e-mail address, and two buttons: for its owner, or in their place."""
    user = request.user
    if not isinstance(user, User) or not user.has_perm(MAY_ERASE):
        raise PermissionDenied
    said = request.POST if request.method == "POST" else request.GET
    email = said.get("email", "").strip()[:LONGEST_EMAIL].replace("\x00", "")
    if request.method == "POST" and email:
        return _pressed(request, email, user)
    kept = privacy.everything(email, request.GET.get("page"))
    context = site.each_context(request) | kept | {"email": email, "opts": Comment._meta}
    context |= {"title": "What is kept of a writer", "names": _names(email)}
    context |= {"here": _whence(said), "back": _back(said)}
    return TemplateResponse(request, "admin/comments/comment/kept.html", context)


def _whence(said: QueryDict) -> dict[str, str]:
    """The list or the comment's own page that led here, as the address says it."""
    return {name: value for name in ("from", "stay") if (value := said.get(name))}


def _back(said: QueryDict) -> str:
    return presses.address(key(said.get("stay", "")), presses.asked(said.get("from", "")))


def _pressed(request: HttpRequest, email: str, user: User) -> HttpResponse:
    whence = _whence(request.POST)
    here = reverse("admin:comments_comment_kept", query=whence)
    match request.POST.get("do"):
        case "mail":
            privacy.ask(email)
            said = f"If anything is kept under {email}, a link is on its way there; one mail a day."
            messages.success(request, said)
        case "erase" if request.POST.get("sure"):
            number = privacy.erase(email, by=user)
            of = f"{number:,} comment" if number == 1 else f"{number:,} comments"
            messages.success(request, f"Names, addresses and words of {of} were erased.")
            return HttpResponseRedirect(here)
        case _unsure:
            messages.warning(request, "Nothing was erased: tick the box first.")
    return HttpResponseRedirect(
        reverse("admin:comments_comment_kept", query={"email": email} | whence)
    )


def _names(email: str) -> list[str]:
    """Those they wrote under: by them others may have answered or quoted them."""
    names = (
        privacy.written_under(email).order_by("author_name") if email else Comment.objects.none()
    )
    return list(names.values_list("author_name", flat=True).distinct())
