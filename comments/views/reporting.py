"""Reporting a comment, and looking up what came of it."""

from http import HTTPStatus

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_safe

from .. import origin, reports
from ..models import Comment
from ..rate_limits import TooMany
from ..report_forms import CodeForm, ReportForm
from .handed_back import INVALID, from_this_site
from .posts import SeeOther, is_too_large, not_sent
from .private import private_page


def again(request: HttpRequest, problem: str, status: int, pk: int) -> HttpResponse:
    """The answer to a post that was not taken: the form again, and the text."""
    comment = _find(pk)
    if is_too_large(request):
        return not_sent(request)
    return _page(request, comment, ReportForm(request.POST), problem, status)


@from_this_site(again)
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest, pk: int) -> HttpResponse:
    """The form on a page of its own; sent, it leads to the report's private code."""
    comment = _find(pk)
    if request.method == "POST":
        return not_sent(request) if is_too_large(request) else _take(request, comment)
    if not comment.is_approved():
        raise Http404("No such page.")
    return _page(request, comment, ReportForm())


@private_page
@require_safe
def report_outcome(request: HttpRequest) -> HttpResponse:
    """What came of a report, for whoever has its code."""
    form = CodeForm(request.GET if "code" in request.GET else None)
    found = form.cleaned_data["code"] if form.is_bound and form.is_valid() else None
    context = {"form": form, "report": found, "new": "new" in request.GET}
    context["code"] = reports.code_of(found) if found else ""
    context["problem"] = INVALID if form.errors else ""
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(request, "comments/report_outcome.html", context, status=status)


def _take(request: HttpRequest, comment: Comment) -> HttpResponse:
    form = ReportForm(request.POST)
    if not form.is_valid():
        return _page(request, comment, form, str(INVALID), HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        made = reports.take(comment, address=origin.client_address(request), **form.facts())
    except reports.Refused as refusal:
        return _page(request, comment, form, str(refusal), HTTPStatus.CONFLICT, str(refusal.title))
    except TooMany as wait:
        return wait.answered(_page(request, comment, form, str(wait)))
    query = urlencode({"code": reports.code_of(made), "new": "1"})
    return SeeOther(f"{reverse('comments:report_outcome')}?{query}")


def _page(
    request: HttpRequest,
    comment: Comment,
    form: ReportForm,
    problem: str = "",
    status: int = 200,
    title: str = "",
) -> HttpResponse:
    context = {"comment": comment, "form": form, "problem": problem, "title": title}
    return render(request, "comments/report.html", context, status=status)


def _find(pk: int) -> Comment:
    on_live = Comment.objects.on_live_articles().select_related("article")
    comment = on_live.filter(pk=pk).first()
    if comment is None:
        raise Http404("No such page.")
    return comment
