"""The masthead's desk, and where the desks of articles meet the comments."""

from typing import Any

from django.contrib import admin
from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import format_html

from comments import closing
from comments.admin.one_page import OneRow
from comments.models import Comment
from reviews.admin.articles import ArticleAdmin, DeskAdmin, ReviewAdmin
from reviews.admin.readable import ReadableForm
from reviews.admin.unsaved import KeepsWhatIsTyped
from reviews.models import Article, Review

from . import staff  # noqa: F401 (registers the desk of logins)
from .models import Masthead


@admin.register(Masthead)
class MastheadAdmin(KeepsWhatIsTyped, OneRow):
    form = ReadableForm
    fieldsets = [
        (None, {"fields": ["name", "tagline", "about", "contact_email"]}),
        ("Stars", {"fields": ["rating_scale"]}),
        ("Comments", {"fields": ["comment_policy", "comment_notice", "comment_privacy"]}),
    ]


class _CountsComments(DeskAdmin):
    """A desk whose list says how many comments wait under each piece."""

    def get_list_display(self, request: HttpRequest) -> list[Any]:
        columns = list(super().get_list_display(request))
        return [*columns, "waiting"] if request.user.has_perm("comments.view_comment") else columns

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        pending = Comment.objects.pending().filter(article=OuterRef("pk")).order_by()
        count = pending.values("article").annotate(n=Count("pk")).values("n")
        waiting = Coalesce(Subquery(count, output_field=IntegerField()), 0)
        articles: QuerySet[Any] = super().get_queryset(request).annotate(waiting=waiting)
        return articles

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kw: Any
    ) -> Any:
        """Beside the choice stands which rule is in force now: the piece's own or the site's."""
        form = super().get_form(request, obj, change=change, **kw)
        if "comment_policy" in form.base_fields:
            piece = obj or Article()
            form.base_fields["comment_policy"].help_text = closing.of(piece).sentence()
        return form

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        article: Article | None = context["original"]
        if article and request.user.has_perm("comments.view_comment"):
            context["replies"] = _replies(article)
        return super().render_change_form(request, context, *args, **kwargs)

    @admin.display(description="Comments waiting", ordering="waiting")
    def waiting(self, article: Any) -> str:
        if not article.waiting:
            return "–"
        desk = reverse("admin:comments_comment_changelist", query={"article": article.pk})
        return format_html('<a href="{}">{}</a>', desk, article.waiting)


def _replies(article: Article) -> str:
    """A link to them: “12 replies, 2 waiting”; “” of what nobody replied to. Two queries."""
    replies = Comment.objects.filter(article=article.pk)
    seen, waiting = replies.approved().count(), replies.pending().count()
    if not seen and not waiting:
        return ""
    state = {} if waiting else {"state": Comment.Status.APPROVED}
    desk = reverse("admin:comments_comment_changelist", query={"article": article.pk} | state)
    number = f"{seen} {'reply' if seen == 1 else 'replies'}"
    said = f"{number}, {waiting} waiting" if waiting else number
    return format_html('<a href="{}">{}</a>', desk, said)


admin.site.unregister([Review, Article])


@admin.register(Review)
class ReviewDesk(_CountsComments, ReviewAdmin):
    pass


@admin.register(Article)
class ArticleDesk(_CountsComments, ArticleAdmin):
    pass
