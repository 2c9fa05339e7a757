"""“Earlier versions” of a piece: what was saved before, what differs, and the way back."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone

from .. import revisions
from ..models import Article, Revision
from ..numbers import key
from .as_sent import paragraphs
from .mixin import Mixin
from .two_versions import Choice

OF = "version"  # in an address: the key of a revision
ON_A_PAGE = 50


class ShowsVersions(Mixin):
    """Adds the page “Earlier versions”, and a form that is filled from one of them."""

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.versions)
        name = f"reviews_{self.opts.model_name}_versions"
        return [path("<int:pk>/versions/", view, name=name), *super().get_urls()]

    def versions(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The list of all, or what differs between one of them and the piece as it stands."""
        article = get_object_or_404(self.get_queryset(request), pk=pk)
        if not self.has_view_permission(request, article):
            raise PermissionDenied
        context = self.admin_site.each_context(request) | {
            "opts": self.opts,
            "title": "Earlier versions",
            "article": article,
            "may_change": self.has_change_permission(request, article),
            "form": reverse(f"admin:reviews_{_desk_of(article)}_change", args=[pk]),
        }
        if OF in request.GET:
            version = asked(request, article)
            if version is None:
                raise Http404("No such version.")
            context |= {"version": version, "parts": _differing(version, article)}
        else:
            kept = article.revisions.select_related("made_by").defer("body")
            pages = Paginator(kept, ON_A_PAGE)
            context["page"] = pages.get_page(request.GET.get("p"))
        return TemplateResponse(request, "admin/reviews/versions.html", context)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """The form is sent to the piece's own address, which names no version: what comes after
        the save is what was saved."""
        if request.method == "GET" and OF in request.GET:
            form_url = request.path
        return super().change_view(request, object_id, form_url, *args, **kwargs)

    def get_object(
        self, request: HttpRequest, object_id: str, from_field: str | None = None
    ) -> Any:
        """With the words of the version that the address names: in the form, and not saved yet."""
        article = super().get_object(request, object_id, from_field)
        if article is None or request.method != "GET" or OF not in request.GET:
            return article
        if version := asked(request, article):
            for name in revisions.WORDS:
                setattr(article, name, getattr(version, name))
            messages.info(
                request,
                f"The words of {_moment(version)} stand in the form, and are not saved yet. Save "
                "to have them back; close the form to leave the piece as it is.",
            )
        return article


def asked(request: HttpRequest, article: Article) -> Revision | None:
    asked_for = key(request.GET.get(OF, ""))
    return article.revisions.select_related("made_by").filter(pk=asked_for).first()


def _desk_of(article: Article) -> str:
    return "review" if article.kind == Article.Kind.REVIEW else "article"


def _differing(version: Revision, article: Article) -> list[Choice]:
    """Each part that differs, with the words of then and of now."""
    found = []
    for name in revisions.WORDS:
        then, now = getattr(version, name), getattr(article, name)
        if name == "body":
            then, now = ("\n".join(paragraphs([html])) for html in (then, now))
        if then != now:
            label = Article._meta.get_field(name).verbose_name.capitalize()  # type: ignore[union-attr]
            found.append(Choice(name, label, then, now))
    return found


def _moment(version: Revision) -> str:
    return f"{timezone.localtime(version.made_at):%-d %B %Y, %H:%M}"
