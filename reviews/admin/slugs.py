"""Web addresses: left empty they are made from a name, and one that readers had leads on."""

from collections.abc import Iterator
from itertools import chain
from typing import Any

from django.db.models import Model
from django.http import HttpRequest

from .. import former, slugs
from .mixin import Mixin
from .readable import ReadableForm

MADE = "The last part of its web address. Leave it empty and it is made from the {}."


class SlugForm(ReadableForm):
    """A form whose `slug` may be left empty.

    Made from the field `slug_from` when the form is saved, so it works without a script; what a
    script wrote from that field into a new row's form counts as left empty. Korean is written as it
    sounds, and what has no other letter is called what it is. When the first choice
    is taken, the first free one of `other_slugs` is used; when none is free, the model says so at
    the field. One that readers were given for another row is not free: it leads there.
    """

    slug_from = "name"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if slug := self.fields.get("slug"):
            slug.required = False
            slug.help_text = slug.help_text or MADE.format(self.slug_from)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        source = cleaned.get(self.slug_from)
        if "slug" in self.fields and source and self._was_left(cleaned.get("slug"), source):
            cleaned["slug"] = self._made_from(source)
        if "slug" in self.fields and (other := self._led_to(cleaned.get("slug", ""))):
            said = f"Readers who have this address are led to “{other}”. Choose another."
            self.add_error("slug", said)
        return cleaned

    def other_slugs(self, slug: str) -> Iterator[str]:
        """What to try when `slug` is taken."""
        yield from ()

    def what_it_is(self) -> str:
        """A slug for what is called by nothing that an address can hold."""
        return slugs.what_it_is(type(self.instance))

    def _was_left(self, slug: str | None, source: str) -> bool:
        written = slugs.shortened(source, type(self.instance))
        return slug == "" or (self.instance._state.adding and slug == written)

    def _made_from(self, source: str) -> str:
        model = type(self.instance)
        made = slugs.made_from(source, model)
        slug = made or self.what_it_is()
        numbered = () if made else slugs.numbered(slug, model)
        wished = chain([slug], self.other_slugs(slug), numbered)
        return next((each for each in wished if not self._is_taken(each)), slug)

    def _is_taken(self, slug: str) -> bool:
        return slugs.is_taken(slug, type(self.instance), but=self.instance.pk)

    def _led_to(self, slug: str) -> Model | None:
        """Another row that readers come to by it."""
        row = slugs.leads_to(slug, type(self.instance))
        return None if row == self.instance else row


class LeadsOn(Mixin):
    """For admins of such rows: whoever has the former address of one comes to where it is now."""

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        if change and "slug" in form.changed_data:
            former.lead_on(form.initial["slug"], to=obj)
