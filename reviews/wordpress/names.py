"""Bylines, sections, tags and films of an export: those that are here already, or new ones."""

from itertools import chain
from typing import Any

from django.db.models import Model
from django.utils.text import slugify

from .. import former, slugs
from ..models import Country, Film, Reviewer, Section, Tag
from .items import Author, Term
from .kinds import FilmSaid


def known_reviewer(author: Author) -> Reviewer | None:
    """The byline that a login has had since an import, else one of that name."""
    login = slugify(author.login)[:140]
    found: Reviewer | None = former.leads_to(Reviewer, login) if login else None
    if found is None and login:
        ours = Reviewer.objects.filter(slug=login, bylines__article__imported_from__isnull=False)
        found = ours.first()
    return found or Reviewer.objects.filter(name__iexact=author.name).order_by("pk").first()


def reviewer(author: Author) -> Reviewer:
    """That, or a new one. The login stays a former address of the byline, so that it is known by it
    whatever is changed of it here."""
    login = slugify(author.login)[:140]
    found = known_reviewer(author)
    if found is None:
        slug = free(Reviewer, slug_of(author.name, Reviewer))
        found = Reviewer.objects.create(name=author.name[:120], slug=slug)
    if login not in ("", found.slug) and former.leads_to(Reviewer, login) != found:
        former.lead_on(login, to=found)
    return found


def section(term: Term) -> Section:
    found: Section = _named(Section, term)
    return found


def tag(term: Term) -> Tag:
    found: Tag = _named(Tag, term)
    return found


def _named(model: Any, term: Term) -> Any:
    """By name; else by the address it had, whatever it is called here by now; else a new one."""
    found = model.objects.filter(name__iexact=term.name).first()
    known = slugify(term.slug)[:60]  # “” of most that is not in Latin letters
    if found is None and known:
        found = model.objects.filter(slug=known).first() or former.leads_to(model, known)
    if found is None:
        slug = free(model, known or slug_of(term.name, model))
        found = model.objects.create(name=term.name, slug=slug)
    if known not in ("", found.slug) and former.leads_to(model, known) is None:
        former.lead_on(known, to=found)
    return found


def film(said: FilmSaid) -> Film:
    """That of the title, any of its titles, or the address, and the year; else a new one."""
    of_year = Film.objects.filter(year=said.year).order_by("pk")
    slug = slug_of(said.title, Film)
    found = (
        of_year.filter(title__iexact=said.title).first()
        or of_year.filter(titles__text__iexact=said.title).first()
        or of_year.filter(slug__in=[slug, f"{slug}-{said.year}"]).first()
    )
    if found is None:
        found = former.leads_to(Film, slug) or former.leads_to(Film, f"{slug}-{said.year}")
    if found is not None and found.year == said.year:
        return found
    made = Film.objects.create(
        kind=said.kind,
        title=said.title,
        year=said.year,
        slug=free(Film, slug, f"{slug}-{said.year}"),
    )
    for name in said.countries:
        made.countries.add(*Country.objects.filter(name__iexact=name))
    return made


def slug_of(words: str, model: type[Model]) -> str:
    """The words as the last part of an address; without letters for one it is called what it is."""
    return slugs.made_from(words, model) or slugs.what_it_is(model)


def free(model: type[Model], slug: str, *others: str) -> str:
    """It, one of the others, or it with a number."""
    return slugs.first_free(chain([slug, *others], slugs.numbered(slug, model)), model)
