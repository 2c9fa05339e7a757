"""The page on which a writer changes or withdraws a comment: a signed address, no account."""

from http import HTTPStatus

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from .. import notices, writers
from ..forms import EditForm
from ..models import Comment
from ..welcome import Refused
from .handed_back import INVALID, from_this_site
from .limited import PRIVATE_PAGES, posts_at_most
from .posts import SeeOther, is_too_large, not_sent
from .private import private_page

TOO_MANY = _("Enough mails went to this address today. Look into its spam folder, or ask tomorrow.")


def again(request: HttpRequest, problem: str, status: int, token: str) -> HttpResponse:
    """The answer to a post that was not taken: the form again, and the text."""
    comment = _find(token)
    if is_too_large(request):
        return not_sent(request)
    typed = request.POST if "text" in request.POST else None  # a button has none
    return _page(request, comment, EditForm(typed, comment=comment), problem, status)


@private_page
@from_this_site(again)
@posts_at_most(PRIVATE_PAGES)
@require_http_methods(["GET", "HEAD", "POST"])
def yours(request: HttpRequest, token: str) -> HttpResponse:
    """The comment's words in a form, and a button that withdraws it."""
    comment = _find(token)
    if request.method != "POST":
        return _page(request, comment, EditForm(comment=comment))
    if is_too_large(request):
        return not_sent(request)
    if "prove" in request.POST:
        return _prove(request, comment)
    return _withdraw(request, comment) if "withdraw" in request.POST else _save(request, comment)


def _prove(request: HttpRequest, comment: Comment) -> HttpResponse:
    """Owe a mail with a link. Whether it is sent to a spammer's choice of address is not said."""
    if notices.ask_to_confirm(comment):
        return SeeOther(writers.yours_address(comment))
    form = EditForm(comment=comment)
    return _page(request, comment, form, str(TOO_MANY), HTTPStatus.TOO_MANY_REQUESTS)


def _save(request: HttpRequest, comment: Comment) -> HttpResponse:
    form = EditForm(request.POST, comment=comment)
    if not form.is_valid():
        return _page(request, comment, form, str(INVALID), HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        comment.version = _seen(form, comment)
        writers.edit(comment, text=form.cleaned_data["text"])
    except Refused as refusal:
        return _refused(request, comment, form, refusal)
    return SeeOther(writers.waiting_address(comment))


def _withdraw(request: HttpRequest, comment: Comment) -> HttpResponse:
    """Whatever moderators did meanwhile: the writer wants it gone."""
    try:
        writers.withdraw(comment)
    except Refused as refusal:
        return _refused(request, comment, EditForm(comment=comment), refusal)
    return SeeOther(writers.yours_address(comment))


def _seen(form: EditForm, comment: Comment) -> int:
    """The version the writer's page was made of; none that exists if the form does not say."""
    seen = form.cleaned_data["version"]
    return seen if seen is not None and 0 < seen <= comment.version else 0


def _refused(
    request: HttpRequest, comment: Comment, form: EditForm, refusal: Refused
) -> HttpResponse:
    comment.refresh_from_db()
    if form.is_bound:
        form.renew(comment)
    return _page(request, comment, form, str(refusal), HTTPStatus.CONFLICT)


def _page(
    request: HttpRequest, comment: Comment, form: EditForm, problem: str = "", status: int = 200
) -> HttpResponse:
    context = {
        "comment": comment,
        "article": comment.article,
        "form": form,
        "problem": problem,
        "closed": writers.why_closed(comment),
        "proof": writers.proof(comment),
        "hears": writers.hears(comment),
        "deadline": writers.deadline(comment),
        "waiting": writers.waiting_address(comment),
    }
    return render(request, "comments/yours.html", context, status=status)


def _find(token: str) -> Comment:
    comment = writers.by_token(token)
    if comment is None:
        raise Http404("No such page.")
    return comment
