"""Replying, and the private page of a waiting comment."""

from dataclasses import dataclass
from http import HTTPStatus

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from reviews.models import Article, for_readers
from reviews.views import render_article

from .. import closing, intake, origin, trust, welcome, writers
from ..accounts import providers
from ..accounts.begun import Typed
from ..forms import CommentForm
from ..models import Comment, Identity
from ..rate_limits import TooMany
from . import accounts
from .handed_back import INVALID, from_this_site
from .posts import SeeOther, is_too_large, not_sent
from .private import private_page

EXPIRED = _(
    "This form had expired; it has been made new with everything you wrote still in it. "
    "Press the button once more."
)


@dataclass(frozen=True)
class Target:
    """What a reply answers: an article, or a comment on it."""

    article: Article
    parent: Comment | None = None

    def address(self) -> str:
        """Where its form is got and posted."""
        if self.parent:
            return reverse("comments:reply", args=[self.parent.pk])
        return reverse("comments:on_article", args=[self.article.pk])


def again(
    request: HttpRequest, problem: str, status: int, pk: int, *, to_comment: bool
) -> HttpResponse:
    """The answer to a post that was not taken: the form again, and the text."""
    target = _find(pk, to_comment)
    if target is None or is_too_large(request):
        return not_sent(request)
    form = CommentForm(request.POST, article=target.article)
    return _page(request, target, form, problem, status)


@from_this_site(again)
@require_http_methods(["GET", "HEAD", "POST"])
def reply(request: HttpRequest, pk: int, *, to_comment: bool) -> HttpResponse:
    """The form on a page of its own: to an article, or to a comment that is quoted above it."""
    target = _find(pk, to_comment)
    if request.method == "POST":
        return _post(request, target)
    if target is None or (target.parent and not target.parent.is_approved()):
        raise Http404("No such page.")
    form = CommentForm(article=target.article)
    if waiting := accounts.waiting(request, target.article, target.parent):
        form.keep(waiting.typed)
        return _page(request, target, form, waiting.problem, waiting=waiting)
    return _page(request, target, form)


@private_page
@require_safe
def waiting(request: HttpRequest, token: str) -> HttpResponse:
    """The article with a comment in its place that only its writer sees. Approved, it leads to the
    public page as soon as its writer can no longer change it.

    Rejected comments and spam look as if they waited: a spammer learns nothing here. While its
    piece is off the site there is no such place: the writer's own page has the words, and says so.
    """
    comment = writers.by_token(token)
    if comment is None:
        raise Http404("No such page.")
    if not comment.article.is_live():
        return redirect(writers.yours_address(comment))
    if comment.is_withdrawn():
        return redirect(comment.article)
    if comment.is_approved() and writers.why_closed(comment):
        return redirect(comment)
    article = for_readers.piece(comment.article.kind, comment.article.slug)
    if article is None:
        raise Http404("No such page.")
    return render_article(request, article, own_comment=comment, unlisted=True)


def _post(request: HttpRequest, target: Target | None) -> HttpResponse:
    """A redirect to the comment's private page, or the form with a sentence saying what to do."""
    if target is None or is_too_large(request):
        return not_sent(request)
    form = CommentForm(request.POST, article=target.article)
    if accounts.BUTTON in request.POST:
        return _with_account(request, target, form)
    if not form.is_valid():
        return _mend(request, target, form)
    try:
        comment = intake.submit(
            target.article,
            parent=target.parent,
            address=origin.client_address(request),
            browser=origin.browser_of(request),
            identity=_identity(request, form),
            **form.facts(),
        )
    except welcome.Refused as refusal:
        return _refused(request, target, form, refusal)
    except TooMany as wait:
        return wait.answered(_page(request, target, form, str(wait)))
    accounts.sent(request, target.article)
    return SeeOther(writers.waiting_address(comment))


def _with_account(request: HttpRequest, target: Target, form: CommentForm) -> HttpResponse:
    def again(typed: Typed, problem: str = "", status: int = 200) -> HttpResponse:
        form = CommentForm(article=target.article)
        form.keep(typed)
        return _page(request, target, form, problem, status)

    if accounts.logs_out(request):
        return accounts.log_out(request, form.typed(), again)
    if not closing.of(target.article).open:
        return _refused(request, target, form, welcome.Closed())
    if form.is_too_long():
        return _mend(request, target, form)
    article, parent = target.article, target.parent
    return accounts.with_account(request, article, parent, form.typed(), again)


def _identity(request: HttpRequest, form: CommentForm) -> Identity | None:
    return trust.identify(request.COOKIES.get(trust.COOKIE, ""), form.cleaned_data["email"])


def _mend(request: HttpRequest, target: Target, form: CommentForm) -> HttpResponse:
    if form.has_expired():
        form.renew()
        if len(form.errors) == 1:
            return _page(request, target, form, str(EXPIRED), HTTPStatus.FORBIDDEN)
    return _page(request, target, form, str(INVALID), HTTPStatus.UNPROCESSABLE_ENTITY)


def _refused(
    request: HttpRequest, target: Target, form: CommentForm, refusal: welcome.Refused
) -> HttpResponse:
    if isinstance(refusal, welcome.NoSuchParent):
        target = Target(target.article)  # the same press then sends it to the article
    return _page(request, target, form, str(refusal), HTTPStatus.FORBIDDEN)


def _page(
    request: HttpRequest,
    target: Target,
    form: CommentForm,
    problem: str = "",
    status: int = 200,
    waiting: accounts.Waiting | None = None,
) -> HttpResponse:
    """A parent is quoted to nobody who could not read it: it may have gone since, or never been."""
    parent = target.parent if target.parent and target.parent.is_approved() else None
    context: dict[str, object] = {"article": target.article, "parent": parent}
    context |= {"form": form, "action": target.address(), "problem": problem, "waiting": waiting}
    context["closing"] = closing.of(target.article)
    context["is_filled"] = form.is_bound or bool(form.initial.get("text"))
    context["accounts"] = providers.in_use().values()
    response = render(request, "comments/reply.html", context, status=status)
    patch_cache_control(response, private=True, no_store=True)
    return response


def _find(pk: int, to_comment: bool) -> Target | None:
    if not to_comment:
        article = for_readers.piece_of(pk)
        return Target(article) if article else None
    on_live = Comment.objects.on_live_articles().select_related("article", "parent")
    comment = on_live.filter(pk=pk).first()
    return Target(comment.article, comment) if comment else None
