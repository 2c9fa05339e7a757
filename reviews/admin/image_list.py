"""The library as pictures: what a tile says, how the list narrows, what a search finds."""

import re
from typing import Any

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.db.models import Case, Q, QuerySet, When
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from ..models import Article, Film, Image
from ..models.images import SOON
from ..numbers import LONGEST, key
from .choosing import ChooseFilter
from .searching import editions, films, people, words

TILE = 320  # pixels; the narrowest rendition there is
MOST_NAMED = 20  # of what a piece is about
SAID_BY_THE_PICTURE = (
    *("headline", "alt_text", "caption", "credit_line", "creator", "copyright_notice"),
    *("source", "file"),
)
State = tuple[str, str]  # its name in the stylesheet, and in words


class WordsFilter(admin.SimpleListFilter):
    title = "what is missing"
    parameter_name = "missing"
    words = {
        "credit": ("No credit line", "without_credit"),
        "alt": ("No alternative text", "undescribed"),
        "use": ("Unused", "unused"),
    }

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[State]:
        return [(name, label) for name, (label, _) in self.words.items()]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        _, word = self.words.get(self.value() or "", ("", ""))
        return getattr(queryset, word)() if word else queryset


class TimeFilter(WordsFilter):
    title = "time"
    parameter_name = "time"
    words = {
        "embargoed": ("Under embargo", "embargoed"),
        "expiring": ("Expires within 30 days", "expiring"),
        "expired": ("Expired", "expired"),
    }


class BeginsWith(admin.SimpleListFilter):
    """What a piece is about, said by its form (static/js/admin/about.js): pictures of that come
    first, and nothing is left out. It is no choice of the list's own."""

    title = parameter_name = "first"
    named = re.compile(rf"(film|edition|person)-([0-9]{{1,{LONGEST}}})")

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[State]:
        return []

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return queryset

    @classmethod
    def asked(cls, request: HttpRequest, kind: str) -> list[int]:
        """The keys of the films, of the editions or of the people that a piece is about."""
        said = cls.named.findall(request.GET.get(cls.parameter_name, ""))
        return [int(pk) for named, pk in said if named == kind][:MOST_NAMED]

    @classmethod
    def ordering(cls, request: HttpRequest) -> list[Any]:
        kinds = ("film", "edition", "person")
        films, editions, people = (cls.asked(request, kind) for kind in kinds)
        if not films and not editions and not people:
            return []
        near = _of_films(Film.objects.filter(pk__in=films)) | Q(edition__in=editions)
        showing = Q(pk__in=_showing(people))
        return [Case(When(near, then=0), When(showing, then=1), default=2)]


class FilmFilter(ChooseFilter):
    title = "film"
    parameter_name = "film"
    field: Any = Image._meta.get_field("film")

    def narrow(self, queryset: QuerySet[Any], row: Any) -> QuerySet[Any]:
        return queryset.filter(_of_films(Film.objects.filter(pk=row.pk)))


class FestivalFilter(ChooseFilter):
    title = "festival"
    parameter_name = "edition"
    field: Any = Image._meta.get_field("edition")

    def narrow(self, queryset: QuerySet[Any], row: Any) -> QuerySet[Any]:
        return queryset.filter(edition=row)


def matching(queryset: QuerySet[Image], term: str) -> QuerySet[Image]:
    """The pictures that every word of a search speaks of: in their own words, the titles of their
    film in any script, the people shown, the festival; or whose number it is, as in “No. 12”."""
    for word in words(re.sub(r"^no\.", "", term.strip(), flags=re.IGNORECASE)):
        found = (
            _of_films(films(word))
            | Q(edition__in=editions(word))
            | Q(pk__in=_showing(people(word)))
        )
        for field in SAID_BY_THE_PICTURE:
            found |= Q(**{f"{field}__icontains": word})
        if pk := key(word):
            found |= Q(pk=pk)
        queryset = queryset.filter(found)
    return queryset


def address_of_small(image: Image) -> str:
    """Where the desk gets it small: a rendition, or where there is none, one made on request."""
    return image.address(TILE) or reverse("admin:reviews_image_thumbnail", args=[image.pk])


def states(image: Image) -> list[State]:
    """What keeps it from readers, or is not settled about it."""
    now = timezone.now()
    said = []
    if image.is_withdrawn():
        said.append(("withdrawn", "Withdrawn"))
    if not image.is_withdrawn() and image.rights_status == Image.Rights.UNVERIFIED:
        said.append(("unverified", "Unverified"))
    if image.embargo_until and image.embargo_until > now:
        until = timezone.localtime(image.embargo_until)
        said.append(("embargoed", f"Embargo until {until:%-d %b %Y, %H:%M}"))
    if image.expires_at and image.expires_at <= now + SOON:
        verb = "Expired" if image.expires_at <= now else "Expires"
        said.append(("expired", f"{verb} {timezone.localtime(image.expires_at):%-d %b %Y}"))
    if image.renditions_state == Image.Renditions.FAILED:
        said.append(("failed", "Sizes could not be made"))
    return said


def missing(image: Image) -> list[str]:
    """Which words it lacks before readers may see it."""
    words = [] if image.is_credited() else ["credit line"]
    return words if image.is_described() else [*words, "alternative text"]


def _small(image: Image, alt: str) -> SafeString:
    return format_html(
        '<img class="still" src="{}" alt="{}" width="{}" height="{}" loading="lazy">',
        *(address_of_small(image), alt, image.width, image.height),
    )


class Library(ChangeList):
    """In the window for choosing, a press chooses; before its script is there, it leads nowhere."""

    def url_for_result(self, result: Any) -> str:
        return "#result_list" if self.is_popup else str(super().url_for_result(result))


class ImageColumns:
    """A tile of the list. No query beside the list's own."""

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return Library

    @admin.display(description="Picture")
    def still(self, image: Image) -> SafeString:
        return _small(image, image.alt_text or image.file.name.rpartition("/")[2])

    @admin.display(description="Picture")
    def tile(self, image: Image) -> SafeString:
        """Beside its name, which mostly is what the picture shows, and is not said twice."""
        return _small(image, "" if image.alt_text == str(image) else image.alt_text)

    @admin.display(description="Name")
    def name(self, image: Image) -> str:
        return str(image)

    @admin.display(description="Credit")
    def words(self, image: Image) -> SafeString:
        lacking = missing(image)
        return format_html(
            '<span class="subject">{}</span> <span class="credit">{}</span> '
            '<span class="missing">{}</span> {}',
            " · ".join(str(row) for row in (image.film, image.edition) if row),
            image.credit_line,
            f"No {', no '.join(lacking)}" if lacking else "",
            format_html_join(" ", '<span class="state state--{}">{}</span>', states(image)),
        )


def _showing(people: Any) -> QuerySet[Any, Any]:
    return Image.people.through.objects.filter(person__in=people).values("image")


def _of_films(found: QuerySet[Film]) -> Q:
    """Stills and posters of films, and what the pieces about them show."""
    about = Article.objects.filter(film__in=found.values("pk"))
    return (
        Q(film__in=found.values("pk"))
        | Q(pk__in=found.exclude(poster=None).values("poster"))
        | Q(pk__in=about.exclude(lead_image=None).values("lead_image"))
        | Q(pk__in=Article.body_images.through.objects.filter(article__in=about).values("image"))
    )
