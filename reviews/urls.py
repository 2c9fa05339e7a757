"""Addresses of the publication."""

from django.contrib.sitemaps.views import sitemap
from django.urls import path, register_converter
from django.views.decorators.http import require_safe

from . import views
from .feeds import ArticleFeed, SubjectFeed
from .models import Article, Reviewer, Section, Tag
from .sitemaps import SITEMAPS, index

Kind = Article.Kind


class Month:
    """A month in two digits, as in /archive/2021/03/."""

    regex = "0[1-9]|1[0-2]"

    def to_python(self, value: str) -> int:
        return int(value)

    def to_url(self, value: int) -> str:
        return f"{value:02d}"


class Year:
    """A year that a calendar has."""

    regex = "[12][0-9]{3}"

    def to_python(self, value: str) -> int:
        return int(value)

    def to_url(self, value: int) -> str:
        return str(value)


register_converter(Month, "month")
register_converter(Year, "year")

app_name = "reviews"
urlpatterns = [
    path("", views.front, name="front"),
    path("reviews/", views.review_list, name="review_list"),
    path("reviews/<slug:slug>/", views.article, {"kind": Kind.REVIEW}, name="review"),
    path("interviews/", views.of_kind, {"kind": Kind.INTERVIEW}, name="interview_list"),
    path("interviews/<slug:slug>/", views.article, {"kind": Kind.INTERVIEW}, name="interview"),
    path("features/", views.of_kind, {"kind": Kind.FEATURE}, name="feature_list"),
    path("features/<slug:slug>/", views.article, {"kind": Kind.FEATURE}, name="feature"),
    path("news/", views.of_kind, {"kind": Kind.NEWS}, name="news_list"),
    path("news/<slug:slug>/", views.article, {"kind": Kind.NEWS}, name="news"),
    path(
        "festival-reports/",
        views.of_kind,
        {"kind": Kind.FESTIVAL_REPORT},
        name="festival_report_list",
    ),
    path(
        "festival-reports/<slug:slug>/",
        views.article,
        {"kind": Kind.FESTIVAL_REPORT},
        name="festival_report",
    ),
    path("films/<slug:slug>/", views.film, name="film"),
    path("people/<slug:slug>/", views.person, name="person"),
    path("reviewers/<slug:slug>/", views.reviewer, name="reviewer"),
    path("reviewers/<slug:slug>/feed/", require_safe(SubjectFeed(Reviewer)), name="reviewer_feed"),
    path("festivals/", views.festivals, name="festivals"),
    path("festivals/<slug:slug>/<int:year>/", views.edition, name="edition"),
    path("sections/<slug:slug>/", views.section, name="section"),
    path("sections/<slug:slug>/feed/", require_safe(SubjectFeed(Section)), name="section_feed"),
    path("tags/<slug:slug>/", views.tag, name="tag"),
    path("tags/<slug:slug>/feed/", require_safe(SubjectFeed(Tag)), name="tag_feed"),
    path("search/", views.search, name="search"),
    path("archive/", views.archive, name="archive"),
    path("archive/<year:year>/<month:month>/", views.archive_month, name="archive_month"),
    path("feed/", require_safe(ArticleFeed()), name="feed"),
    path("sitemap.xml", index, name="sitemap"),
    path(
        "sitemap-<slug:section>.xml",
        require_safe(sitemap),
        {"sitemaps": SITEMAPS, "template_name": "reviews/sitemap.xml"},
        name="sitemap_of",
    ),
    path("preview/<int:pk>/", views.preview, name="preview"),
    path("preview/<str:token>/", views.shared_preview, name="shared_preview"),
]
