"""What was added twice becomes one again: a person, a film, a tag or a reviewer, with all that
either has."""

from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.db.models import Exists, Model, OuterRef, Subquery

from . import former
from .models import (
    Article,
    CoveredFilm,
    Credit,
    Film,
    FilmTitle,
    Image,
    Person,
    Reviewer,
    Screening,
    Tag,
)

# What a film, or a reviewer, says of itself once, and takes over where it says nothing.
_SAID_OF_A_REVIEWER = ("bio", "portrait_id", "user_id")
_SAID_ONCE = (
    *("certificate", "uk_distributor", "uk_release_date", "synopsis"),
    *("poster_id", "imdb_id", "wikidata_id"),
)
# Of a film and of a series they mean two things.
_SAID_OF_ITS_KIND = ("runtime_minutes", "episodes", "tmdb_id")
_ENGLISH, _UNKNOWN = "en", "und"  # BCP 47


def merge(doubled: Model, into: Model) -> None:
    """Gives all that `doubled` has to `into`, leads its address there, and deletes it.

    Both are people, films, tags or reviewers. What both say is kept once, and what `into` does not
    say is taken over. Raises `DoesNotExist` of their model, and changes nothing, when one of them
    is gone meanwhile.
    """
    model: Any = type(into)
    if doubled.pk == into.pk:
        raise ValueError("Nothing can be merged with itself.")
    with transaction.atomic():
        locked = model.objects.select_for_update().order_by("pk")
        both = {row.pk: row for row in locked.filter(pk__in=[doubled.pk, into.pk])}
        if len(both) != 2:
            raise model.DoesNotExist
        _MERGED[model](both[doubled.pk], both[into.pk])


def _people(doubled: Person, into: Person) -> None:
    for credit in doubled.credits.all():
        _move_credit(credit, into.credits.filter(film=credit.film_id), person=into)
    _move_links(Article.people.through, "person", doubled, into)
    _move_links(Image.people.through, "person", doubled, into)
    if doubled.native_name and not into.native_name:
        into.native_name, into.native_language = doubled.native_name, doubled.native_language
        into.save(update_fields=["native_name", "native_language"])
    doubled.former_addresses.update(person=into)
    doubled.delete()
    former.lead_on(doubled.slug, to=into)


def _tags(doubled: Tag, into: Tag) -> None:
    _move_links(Article.tags.through, "tag", doubled, into)
    doubled.former_addresses.update(tag=into)
    doubled.delete()
    former.lead_on(doubled.slug, to=into)


def _reviewers(doubled: Reviewer, into: Reviewer) -> None:
    """A piece that says it is by both is by one; a login goes over where `into` has none."""
    of_both = into.bylines.filter(article=OuterRef("article"), role=OuterRef("role"))
    doubled.bylines.filter(Exists(of_both)).delete()
    doubled.bylines.update(reviewer=into)
    doubled.links.exclude(url__in=into.links.values("url")).update(reviewer=into)
    doubled.former_addresses.update(reviewer=into)
    doubled.delete()
    taken = {n: getattr(doubled, n) for n in _SAID_OF_A_REVIEWER if not getattr(into, n)}
    Reviewer.objects.filter(pk=into.pk).update(**taken)
    former.lead_on(doubled.slug, to=into)


def _films(doubled: Film, into: Film) -> None:
    _move_titles(doubled, into)
    for credit in doubled.credits.all():
        _move_credit(credit, into.credits.filter(person=credit.person_id), film=into)
    for screening in doubled.screenings.all():
        _move_screening(screening, into)
    Article.objects.filter(film=doubled).update(film=into)
    stars = doubled.coverings.filter(article=OuterRef("article")).values("rating")
    into.coverings.filter(rating=None).update(rating=Subquery(stars))
    _move_links(CoveredFilm, "film", doubled, into)
    into.coverings.filter(article__film=into).delete()  # a review is of it, and not also about it
    Image.objects.filter(film=doubled).update(film=into)
    into.countries.add(*doubled.countries.all())
    into.languages.add(*doubled.languages.all())
    doubled.former_addresses.update(film=into)
    doubled.delete()
    said_once = _SAID_ONCE + (_SAID_OF_ITS_KIND if doubled.kind == into.kind else ())
    taken = {name: getattr(doubled, name) for name in said_once if not getattr(into, name)}
    Film.objects.filter(pk=into.pk).update(**taken)
    former.lead_on(doubled.slug, to=into)


def _move_links(links: Any, end: str, doubled: Model, into: Model) -> None:
    """The rows of a relation of many to many that lead to one with their `end` lead to the other;
    what led to both does so once. Two queries, however many there are."""
    (other,) = (f.name for f in links._meta.fields if f.is_relation and f.name != end)
    theirs = links._default_manager.filter(**{end: doubled})
    there = links._default_manager.filter(**{end: into, other: OuterRef(other)})
    theirs.filter(Exists(there)).delete()
    theirs.update(**{end: into})


def _move_titles(doubled: Film, into: Film) -> None:
    """A second original title is kept as one of a festival, and the film's own as any other."""
    language = doubled.title_language() or (_ENGLISH if doubled.title.isascii() else _UNKNOWN)
    english = language.partition("-")[0] == _ENGLISH
    kind = FilmTitle.Kind.ENGLISH if english else FilmTitle.Kind.FESTIVAL
    own = FilmTitle(text=doubled.title, language=language, kind=kind)
    said = {into.title.casefold(), *(title.text.casefold() for title in into.titles.all())}
    has_original = into.original_title() is not None
    for title in [*doubled.titles.all(), own]:
        if title.kind == FilmTitle.Kind.ORIGINAL and has_original:
            title.kind = FilmTitle.Kind.FESTIVAL
        if title.text.casefold() in said and title.kind != FilmTitle.Kind.ORIGINAL:
            continue
        said.add(title.text.casefold())
        title.film = into
        title.save()


def _move_screening(screening: Screening, into: Film) -> None:
    there = into.screenings.filter(edition=screening.edition_id).first()
    if there is None:
        Screening.objects.filter(pk=screening.pk).update(film=into)
        return
    Article.objects.filter(screening=screening).update(screening=there)
    for name in ("strand", "premiere_status"):
        if not getattr(there, name):
            setattr(there, name, getattr(screening, name))
    there.save(update_fields=["strand", "premiere_status"])
    screening.delete()


def _move_credit(credit: Credit, theirs: Any, **to: Any) -> None:
    """A credit that both have is kept once, with the character if either names one."""
    same = theirs.filter(role=credit.role)
    said = same.filter(character=credit.character).first()
    twin = said or (same.filter(character="") if credit.character else same).first()
    if twin is None:
        Credit.objects.filter(pk=credit.pk).update(**to)
        return
    credit.delete()
    Credit.objects.filter(pk=twin.pk).update(character=credit.character or twin.character)


_MERGED: dict[type[Model], Callable[[Any, Any], None]] = {
    Person: _people,
    Film: _films,
    Tag: _tags,
    Reviewer: _reviewers,
}
