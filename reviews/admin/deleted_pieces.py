"""Deleted pieces: looked at, brought back, or deleted for good before their time."""

from typing import Any, cast

from django.contrib import admin, messages
from django.contrib.admin.actions import delete_selected as ask_and_delete
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path
from django.utils import timezone
from django.views.decorators.http import require_POST

from .. import publishing, revisions, trash
from ..models import WAITS, Article, DeletedArticle, Review
from ..numbers import key
from .article_list import ArticleColumns, for_list
from .colleagues import history, who_of
from .deleting import SaysWhatGoes


def at_its_desk(pk: Any) -> Article:
    """As the form of its kind knows it."""
    return Review.objects.filter(pk=pk).first() or Article.objects.get(pk=pk)


@admin.register(DeletedArticle)
class DeletedAdmin(SaysWhatGoes, ArticleColumns, admin.ModelAdmin):  # type: ignore[type-arg]
    """For whoever may delete: nothing of a piece changes while it is here."""

    change_form_template = "admin/reviews/deleted_piece.html"
    list_display = ["titled", "kind", "by", "section", "deleted", "goes"]
    list_select_related = ["section"]
    list_per_page = 50
    ordering = ["-deleted_at", "-pk"]
    search_fields = ["headline", "reviewers__name"]
    search_help_text = "Headline or reviewer"
    show_facets = admin.ShowFacets.NEVER
    actions = ["bring_back", "delete_selected"]
    fields = readonly_fields = ("kind", "by", "film", "section", "deleted_by", "goes")

    class Media:
        css = {"all": ["css/admin/editors.css"]}

    @admin.display(description="Deleted", ordering="deleted_at")
    def deleted(self, article: DeletedArticle) -> str:
        return f"{timezone.localtime(article.deleted_at):%-d %b %Y, %H:%M}"

    @admin.display(description="Deleted")
    def deleted_by(self, article: DeletedArticle) -> str:
        """The last thing that its history tells: nothing else happens to it here."""
        last = history(at_its_desk(article.pk), since=None)
        return f"{self.deleted(article)}, by {who_of(last, None)}"

    @admin.display(description="Goes for good on")
    def goes(self, article: DeletedArticle) -> str:
        deleted_at = cast(Any, article.deleted_at)
        return f"{timezone.localtime(deleted_at + WAITS):%-d %b %Y}"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return for_list(super().get_queryset(request))

    def changelist_view(self, request: HttpRequest, *args: Any) -> HttpResponse:
        days = WAITS.days
        said = f"What is deleted waits here for {days} days. Tick it and choose “Bring back”."
        return super().changelist_view(request, {"subtitle": said})

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_bring_back_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("reviews.change_deletedarticle")

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(require_POST(self.bring_one_back))
        name = "reviews_deletedarticle_bring_back"
        return [path("<int:pk>/bring-back/", view, name=name), *super().get_urls()]

    def change_view(self, request: HttpRequest, object_id: str, *args: Any) -> HttpResponse:
        """Whoever comes too late is led to where it is now."""
        if Article.objects.not_deleted().filter(pk=key(object_id)).exists():
            return redirect("admin:reviews_article_change", object_id)
        return super().change_view(request, object_id, *args)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        context["may_bring_back"] = self.has_bring_back_permission(request)
        context["withdrawal"] = revisions.why_withdrawn(context["original"])
        return super().render_change_form(request, context, *args, **kwargs)

    def bring_one_back(self, request: HttpRequest, pk: int) -> HttpResponse:
        if not self.has_bring_back_permission(request):
            raise PermissionDenied
        self._bring_back(request, get_object_or_404(Article, pk=pk).pk)
        return redirect("admin:reviews_article_change", pk)

    @admin.action(description="Bring back", permissions=["bring_back"])
    def bring_back(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        for article in queryset:
            self._bring_back(request, article.pk)

    @admin.action(description="Delete for good", permissions=["delete"])
    def delete_selected(self, request: HttpRequest, queryset: QuerySet[Any]) -> Any:
        try:
            with transaction.atomic():  # all of them or none
                return ask_and_delete(self, request, queryset)
        except publishing.Conflict as conflict:
            messages.error(request, f"Nothing was deleted. {conflict}")
            return None

    def delete_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return super().delete_view(request, *args, **kwargs)
        except publishing.Conflict as conflict:
            messages.error(request, f"Nothing was deleted. {conflict}")
            return redirect("admin:reviews_deletedarticle_changelist")

    def delete_model(self, request: HttpRequest, obj: Article) -> None:
        trash.delete_for_good(obj)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        for article in queryset:
            trash.delete_for_good(article)

    def _bring_back(self, request: HttpRequest, pk: int) -> None:
        try:
            article = at_its_desk(pk)
        except Article.DoesNotExist:
            messages.warning(request, "A piece went for good just now, and cannot be brought back.")
            return
        try:
            with transaction.atomic():  # not without a line in the history
                publishing.bring_back(article, by=request.user)  # type: ignore[arg-type]
                self.log_change(request, article, "Brought back.")
        except (publishing.NotAllowed, publishing.Conflict) as refusal:
            messages.warning(request, f"{article.headline}: {refusal}")
            return
        where = "withdrawn, so readers do not see it" if article.first_published_at else "a draft"
        messages.success(request, f"{article.headline} is back: it is {where}.")
