"""Many files at once: each is judged by itself, so that one bad file never stops the others."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from django.core.files import File

from . import library, picture_words
from .models import CreditSource, FestivalEdition, Film, Image, Person
from .pictures import UnusablePicture

log = logging.getLogger(__name__)

NOT_THE_FILES_FAULT = (
    "Try again in a while; if that fails too, tell whoever runs this server: its log says why."
)
TYPED = ("credit_line", "alt_text")
SAID_OF_ALL = (*TYPED, "film", "edition")


@dataclass(frozen=True)
class Batch:
    """What is true of every file that comes in together; its words go before those of the files."""

    source: CreditSource | None = None
    film: Film | None = None
    edition: FestivalEdition | None = None
    people: Sequence[Person] = ()
    credit_line: str = ""
    alt_text: str = ""


@dataclass(frozen=True)
class Outcome:
    """What became of one file. `image` is the new picture, or the one that is there already;
    `refusal` a sentence that names the file; `read` the fields that the file filled itself;
    `alike` pictures that look like it; `filled` what one that is there lacked and was told now."""

    name: str
    image: Image | None = None
    refusal: str = ""
    read: Sequence[str] = ()
    alike: Sequence[Image] = field(default=())
    filled: Sequence[str] = ()

    def is_new(self) -> bool:
        return self.image is not None and not self.refusal


def take_in(
    file: File,  # type: ignore[type-arg]
    batch: Batch,
    told: Callable[[Image], object] | None = None,
) -> Outcome:
    """Take one file of a batch in, and have what is `told` of a new picture be part of that. Never
    raises for what the file is; about eight queries.

    What was typed goes before what the file says of itself, and that before the words of the
    credit source.
    """
    name = file.name or "The file"
    try:
        return _taken(file, name, batch, told)
    except library.InLibrary as there:
        return Outcome(name, image=there.image, refusal=str(there))
    except UnusablePicture as refusal:
        return Outcome(name, refusal=str(refusal))
    except Exception:
        log.exception("“%s” could not be taken into the library.", name)
        return Outcome(name, refusal=f"“{name}” could not be taken in. {NOT_THE_FILES_FAULT}")


def fill_in(image: Image, batch: Batch) -> list[str]:
    """What was said of a file that is there already, where its picture says nothing: the fields.
    Whoever filled one meanwhile is not overwritten."""
    filled = []
    for name in SAID_OF_ALL:
        said = getattr(batch, name)
        empty = Image.objects.filter(pk=image.pk, **{name: "" if name in TYPED else None})
        if name == "alt_text":
            empty = empty.filter(decorative=False)
        if said and empty.update(**{name: said}):
            filled.append(name)
    if filled:
        image.refresh_from_db()
        library.words_changed(image, filled)
    return filled


def _taken(
    file: File,  # type: ignore[type-arg]
    name: str,
    batch: Batch,
    told: Callable[[Image], object] | None,
) -> Outcome:
    facts = library.accept(file)
    typed = {name: getattr(batch, name) for name in TYPED if getattr(batch, name)}
    said = {k: v for k, v in picture_words.said_by(facts.rights).items() if k not in typed}
    image = Image(**said, **typed, film=batch.film, edition=batch.edition)
    if batch.source:
        picture_words.fill_from(image, batch.source)
    library.take_in(image, file, facts, batch.people, told)
    return Outcome(name, image=image, read=tuple(said), alike=library.similar(image))
