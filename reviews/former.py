"""Slugs that readers may have of what has another one by now: their addresses lead there.

For every model with `former_addresses` (models/former.py).
"""

from typing import Any

from django.db.models import Model


def lead_on(slug: str, *, to: Any) -> None:
    """From now on a former slug leads to a row of its kind; what led away from the row's own does
    not any more."""
    field = _field(type(to))
    addresses = field.model._default_manager
    addresses.filter(slug=to.slug).delete()
    addresses.update_or_create(slug=slug, defaults={field.name: to})


def leads_to(model: type[Model], slug: str) -> Any:
    """The row that a former slug leads to, or None. One query."""
    field = _field(model)
    found = field.model._default_manager.select_related(field.name).filter(slug=slug).first()
    return getattr(found, field.name) if found else None


def _field(model: type[Model]) -> Any:
    return model._meta.get_field("former_addresses").field  # type: ignore[union-attr]
