"""What the demo articles are about: people, films, festivals, sections, tags and reviewers."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from publication.demo import content
from reviews.models import (
    Country,
    Credit,
    Festival,
    FestivalEdition,
    Film,
    FilmTitle,
    Image,
    Language,
    Person,
    Reviewer,
    ReviewerLink,
    Screening,
    Section,
    Tag,
)


@dataclass(frozen=True)
class Catalogue:
    """All of it, by slug; editions by their key, screenings by edition key and film slug."""

    people: dict[str, Person]
    films: dict[str, Film]
    editions: dict[str, FestivalEdition]
    screenings: dict[tuple[str, str], Screening]
    sections: dict[str, Section]
    tags: dict[str, Tag]
    reviewers: dict[str, Reviewer]


def make(images: Mapping[str, Image], today: date) -> Catalogue:
    """Write it all. Festival editions that say no date are dated back from `today`."""
    sections = content.read("sections")
    people = _people()
    films = _films(images, people)
    festivals = content.read("festivals")
    editions = _editions(festivals, today)
    return Catalogue(
        people=people,
        films=films,
        editions=editions,
        screenings={
            (facts["edition"], facts["film"]): Screening.objects.create(
                film=films[facts["film"]],
                edition=editions[facts["edition"]],
                strand=facts["strand"],
            )
            for facts in festivals["screening"]
        },
        sections={
            facts["slug"]: Section.objects.create(position=position, **facts)
            for position, facts in enumerate(sections["section"], start=1)
        },
        tags={facts["slug"]: Tag.objects.create(**facts) for facts in sections["tag"]},
        reviewers=_reviewers(images),
    )


def _films(images: Mapping[str, Image], people: Mapping[str, Person]) -> dict[str, Film]:
    films: dict[str, Film] = {}
    for facts in content.read("films")["film"]:
        titles, credited = facts.pop("titles"), facts.pop("credits")
        countries, languages = facts.pop("countries"), facts.pop("languages")
        poster = facts.pop("poster", None)
        film = Film.objects.create(poster=images[poster] if poster else None, **facts)
        film.countries.set(Country.objects.filter(pk__in=countries))
        film.languages.set(Language.objects.filter(pk__in=languages))
        FilmTitle.objects.bulk_create(
            FilmTitle(film=film, kind=kind, text=text, language=language)
            for kind, text, language in titles
        )
        Credit.objects.bulk_create(
            Credit(
                film=film,
                person=people[person],
                role=role,
                character=character[0] if character else "",
                position=position,
            )
            for position, (person, role, *character) in enumerate(credited)
        )
        films[film.slug] = film
    return films


def _people() -> dict[str, Person]:
    rows = (
        Person(
            slug=slug,
            name=name,
            sort_name=sort_name,
            native_name=native_name,
            native_language=native_language,
        )
        for slug, name, sort_name, native_name, native_language in content.read("people")["people"]
    )
    return {person.slug: person for person in Person.objects.bulk_create(rows)}


def _editions(facts: content.Facts, today: date) -> dict[str, FestivalEdition]:
    festivals = {row["slug"]: Festival.objects.create(**row) for row in facts["festival"]}
    editions: dict[str, FestivalEdition] = {}
    for edition in facts["edition"]:
        if "starts_on" in edition:
            starts_on, ends_on = edition["starts_on"], edition["ends_on"]
        else:
            starts_on = today - timedelta(days=edition["starts_days_ago"])
            ends_on = starts_on + timedelta(days=edition["days"] - 1)
        editions[edition["key"]] = FestivalEdition.objects.create(
            festival=festivals[edition["festival"]],
            year=starts_on.year,
            starts_on=starts_on,
            ends_on=ends_on,
            city=edition["city"],
        )
    return editions


def _reviewers(images: Mapping[str, Image]) -> dict[str, Reviewer]:
    reviewers: dict[str, Reviewer] = {}
    for facts in content.read("reviewers")["reviewer"]:
        reviewer = Reviewer.objects.create(
            slug=facts["slug"],
            name=facts["name"],
            bio=facts["bio"].strip(),
            portrait=images[facts["portrait"]],
        )
        ReviewerLink.objects.bulk_create(
            ReviewerLink(reviewer=reviewer, position=position, **link)
            for position, link in enumerate(facts["links"])
        )
        reviewers[reviewer.slug] = reviewer
    return reviewers
