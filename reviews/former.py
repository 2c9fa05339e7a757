"""Addresses that readers may have of what has another one by now: they lead there.

For every model with a slug and `former_addresses` (models/former.py), and for festivals' editions.
"""

from collections.abc import Iterable
from typing import Any

from django.db.models import Model

from .models import (
    LONGEST_ADDRESS,
    Article,
    Festival,
    FestivalEdition,
    FormerEdition,
    Image,
    Imported,
    written_once,
)
from .models.written_once import TEXT


def lead_on(slug: str, *, to: Any) -> None:
    """From now on a former slug leads to a row of its kind; what led away from the row's own does
    not any more."""
    field = _field(type(to))
    addresses = field.model._default_manager
    addresses.filter(slug=to.slug).delete()
    addresses.update_or_create(slug=slug, defaults={field.name: to})


def named(model: type[Model], slug: str) -> Any:
    """The row that has that slug, or None. One query."""

    def write() -> Any:
        return model._default_manager.filter(slug=TEXT)

    found = written_once.rows(("named", model), write, {TEXT: slug})
    return found[0] if found else None


def leads_to(model: type[Model], slug: str) -> Any:
    """The row that a former slug leads to, or None. One query."""
    field = _field(model)

    def write() -> Any:
        return field.model._default_manager.select_related(field.name).filter(slug=TEXT)

    found = written_once.rows(("leads to", model), write, {TEXT: slug})
    return getattr(found[0], field.name) if found else None


def edition_leads_on(festival: int, year: int, *, to: FestivalEdition) -> None:
    """From now on a festival's former year leads to the edition."""
    FormerEdition.objects.filter(festival=to.festival_id, year=to.year).delete()
    FormerEdition.objects.update_or_create(
        festival_id=festival, year=year, defaults={"edition": to}
    )


def edition_led_to(slug: str, year: int) -> FestivalEdition | None:
    """The edition that a festival, by any slug it ever had, and a year, as it is or was, lead to.
    At most four queries."""
    festival = Festival.objects.filter(slug=slug).first() or leads_to(Festival, slug)
    if festival is None:
        return None
    there = FestivalEdition.objects.filter(festival=festival, year=year).first()
    if there is not None:
        return there
    known = FormerEdition.objects.select_related("edition__festival")
    found = known.filter(festival=festival, year=year).first()
    return found.edition if found else None


def there(paths: Iterable[str]) -> Article | Image | None:
    """What had its place at one of these paths before it moved here, if readers see it; of several
    the first one's. One query."""
    asked = dict.fromkeys(paths)
    found = _shown_at(asked)
    return next((found[path] for path in asked if path in found), None)


def pieces_at(paths: Iterable[str]) -> dict[str, Article]:
    """Those that had their pages at some of these paths, if readers see them. One query."""
    found = _shown_at(dict.fromkeys(paths))
    return {path: row for path, row in found.items() if isinstance(row, Article)}


def piece_of_number(number: int) -> Article | None:
    """The piece that had a number there, as in “/?p=123”. One query."""
    pieces = Article.objects.published().filter(imported_from__number=number)
    return pieces.order_by("pk").first()


def _shown_at(paths: Iterable[str]) -> dict[str, Article | Image]:
    """By path. Who had an address last has it, not who had it before."""
    asked = [path for path in paths if 0 < len(path) <= LONGEST_ADDRESS and "\0" not in path]
    wanted = written_once.several(asked)
    stand_ins = [f"{TEXT}{number}" for number in range(len(wanted))]

    def write() -> Any:
        rows = Imported.objects.filter(address__in=stand_ins).select_related("article", "image")
        return rows.defer("article__body")

    values = dict(zip(stand_ins, wanted, strict=True))
    rows = written_once.rows(("was there", len(wanted)), write, values) if wanted else []
    found: dict[str, Article | Image] = {}
    for row in sorted(rows, key=lambda row: (not row.said, row.pk)):
        if row.article and row.article.is_live():
            found.setdefault(row.address, row.article)
        elif row.image and row.image.is_showable():
            found.setdefault(row.address, row.image)
    return found


def _field(model: type[Model]) -> Any:
    return model._meta.get_field("former_addresses").field  # type: ignore[union-attr]
