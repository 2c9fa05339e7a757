"""The media library of an export taken into ours, each file once, with the words it has there."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePath

from django.core.files import File

from .. import addresses, intake, library
from ..addresses import whole
from ..intake import Batch
from ..models import LONGEST_ADDRESS, Image, Imported
from ..pictures import ENDINGS
from . import whose
from .bodies import Wanted
from .items import Attachment, Site, origin, path_in
from .media import Media, path_of, place, unscaled
from .report import About, Report

PICTURES = frozenset(ending for endings in ENDINGS.values() for ending in endings)
CAME, THERE, OTHERS = "pictures came", "pictures were here already", "other files were left out"
Tell = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Placed:
    """A picture of a piece, and what was said of it there."""

    key: int
    credit: str = ""
    alt: str = ""


class Pictures:
    """Of one export. Keys are those of the library; None is a picture that readers do not get."""

    def __init__(self, site: Site, media: Media, report: Report, *, rehearsal: bool) -> None:
        self.site, self.media, self.report, self.rehearsal = site, media, report, rehearsal
        self._keys: dict[str, int | None] = dict(
            Imported.objects.filter(article=None).values_list("origin", "image")
        )
        self._by_path = {_key(each.url): each for each in site.attachments.values()}
        for each in site.attachments.values():
            self._by_path.setdefault(unscaled(_key(each.url)), each)
        self._said: set[str] = set()  # of files that are not there, once

    def take_all(self, tell: Tell) -> None:
        """The whole library, whether a piece shows it or not."""
        every = list(self.site.attachments.values())
        for number, attachment in enumerate(every, 1):
            if _is_picture(attachment.url):
                self._taken(attachment)
            else:
                self.report.count(OTHERS)
            tell("pictures", number, len(every))

    def caption_of(self, number: int) -> str:
        """What the library says under the picture of an attachment."""
        attachment = self.site.attachments.get(number)
        return whose.parted(whose.words(attachment.caption))[0] if attachment else ""

    def attached_to(self, post: int) -> list[int]:
        """The numbers of what was uploaded to a piece."""
        every = self.site.attachments.values()
        return [a.number for a in every if a.parent == post and _is_picture(a.url)]

    def wanted(self, wanted: Wanted, headline: str) -> int | None:
        """The one that a body asks for; where there is none, that is said."""
        attachment = self.site.attachments.get(wanted.number) or self._by_address(wanted.url)
        key = self._taken(attachment) if attachment else None
        if key is None and not self._comes(attachment):
            name = attachment.name() if attachment else wanted.url or f"number {wanted.number}"
            under = f", under which stood “{wanted.caption}”" if wanted.caption else ""
            self.report.note(About.MISSING, f"“{name}” in “{headline}”{under}")
        return key

    def say(self, placed: list[Placed]) -> None:
        """What a piece says of its pictures, for those that say nothing themselves."""
        for each in placed:
            image = Image.objects.filter(pk=each.key).first()
            if image and (each.credit or each.alt):
                self._fill_in(image, each.credit, each.alt)

    def look_over(self) -> None:
        """Says which pictures lack what readers need."""
        lacking = Image.objects.filter(imported_from__isnull=False).distinct().order_by("pk")
        for image in lacking.without_credit().iterator():
            self.report.note(About.NO_CREDIT, _where(image))
        for image in lacking.undescribed().iterator():
            self.report.note(About.NO_ALT, _where(image))

    def _by_address(self, url: str) -> Attachment | None:
        """That of a file or of a smaller one of it; or what lies in the media without being in the
        export."""
        path = path_of(url)
        found = self._by_path.get(path.casefold()) or self._by_path.get(unscaled(path).casefold())
        if found:
            return found
        there = next((p for p in (unscaled(path), path) if self.media.has(p)), "")
        if not there:
            return None
        guid = f"{self.site.address}/{there}"
        return Attachment(0, guid, guid.replace(there, f"uploads/{there}"), "", "", "", "", "", 0)

    def _comes(self, attachment: Attachment | None) -> bool:
        """In a rehearsal, in which nothing is taken."""
        return bool(self.rehearsal and attachment and self.media.has(path_of(attachment.url)))

    def _taken(self, attachment: Attachment) -> int | None:
        known = origin(attachment.guid)
        if known in self._keys:
            if known not in self._said:
                self.report.count(THERE)
            self._said.add(known)
            return self._keys[known]
        path = path_of(attachment.url)
        if known in self._said or not self.media.has(path):
            self._miss(attachment, known)
            return None
        self._said.add(known)
        if self.rehearsal:
            self.report.count(CAME)
            return None
        key = self._take_in(attachment, path)
        if key is not None:
            row = {"number": attachment.number, "image_id": key, "address": _address_of(path)}
            Imported.objects.get_or_create(origin=known, defaults=row)
            self._keys[known] = key
        return key

    def _miss(self, attachment: Attachment, known: str) -> None:
        if known not in self._said and self.media.given is not None:
            self.report.note(About.MISSING, f"“{attachment.name()}”: no such file in the media")
        self._said.add(known)

    def _take_in(self, attachment: Attachment, path: str) -> int | None:
        with self.media.open(path) as opened:
            file = File(opened, name=PurePath(path).name)
            outcome = intake.take_in(file, Batch(alt_text=attachment.alt[: _limit("alt_text")]))
        image = outcome.image
        if image is None:
            self.report.note(About.MISSING, outcome.refusal)
            return None
        self.report.count(CAME if outcome.is_new() else THERE)
        said = whose.parted(whose.words(attachment.caption))[1]
        credit = attachment.credit or said or whose.parted(whose.words(attachment.description))[1]
        self._say_under(image, self.caption_of(attachment.number), is_new=outcome.is_new())
        self._fill_in(image, credit, attachment.alt)
        if attachment.decorative and outcome.is_new():
            Image.objects.filter(pk=image.pk, alt_text="").update(decorative=True)
        return image.pk

    def _fill_in(self, image: Image, credit: str, alt: str) -> None:
        """Where the picture says nothing itself."""
        batch = Batch(
            credit_line=self._fitting("credit_line", credit, image),
            alt_text=self._fitting("alt_text", alt, image),
        )
        intake.fill_in(image, batch)

    def _say_under(self, image: Image, caption: str, *, is_new: bool) -> None:
        """What was typed goes before what the file says, and not before what is in the library."""
        to_be_told = Image.objects.filter(pk=image.pk, **({} if is_new else {"caption": ""}))
        if caption and to_be_told.update(caption=self._fitting("caption", caption, image)):
            library.words_changed(image, ["caption"])

    def _fitting(self, name: str, words: str, image: Image) -> str:
        """Words that a field can hold; that they were longer is said."""
        limit = _limit(name)
        if len(words) <= limit:
            return words
        self.report.note(
            About.LOOK,
            f"The {name.replace('_', ' ')} of “{image}” is longer than {limit} characters: {words}",
        )
        return f"{words[: limit - 1]}…"


def _address_of(path: str) -> str:
    address = place(path)
    return address if len(address) <= LONGEST_ADDRESS else ""


def _where(image: Image) -> str:
    """Which picture, and the address of its form."""
    return f"“{image}”: {whole(addresses.to('admin:reviews_image_change', image.pk))}"


def _limit(name: str) -> int:
    return Image._meta.get_field(name).max_length or 0  # type: ignore[union-attr]


def _is_picture(url: str) -> bool:
    return path_in(url).lower().rpartition(".")[2] in PICTURES


def _key(url: str) -> str:
    return path_of(url).casefold()
