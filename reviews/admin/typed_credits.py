"""A film's people typed as press notes have them, a role a line: saved, they are its credits."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Max, Q

from ..finding import asking, folding, near
from ..models import Credit, Film, Person
from .in_order import after
from .newcomers import ANOTHER, Unasked
from .people import PersonForm
from .readable import ReadableForm

TYPED, OTHERS = "typed_credits", "are_others"
FIELDS = (TYPED, OTHERS)
MOST_AT_ONCE = 100  # people; each is looked for, and meanwhile SQLite lets nobody else write
ALIKE = 0.88  # of 1: a letter that is another, an accent, a hyphen, the family name first
SAME = 0.95  # of 1: a letter of a whole name; in a cast, more than that is another name
_ROLE = Credit.Role
_CALLED = {  # what press notes call the roles, besides their names
    _ROLE.DIRECTOR: ("directors", "directed by"),
    _ROLE.WRITER: (
        "writers",
        "written by",
        "screenplay",
        "screenwriter",
        "screenwriters",
        "script",
    ),
    _ROLE.CAST: ("with", "starring", "actor", "actors"),
    _ROLE.CINEMATOGRAPHER: ("cinematography", "director of photography", "dop", "photography"),
    _ROLE.EDITOR: ("editors", "editing", "edited by"),
    _ROLE.COMPOSER: ("music", "music by", "score", "original score"),
    _ROLE.PRODUCER: ("producers", "produced by"),
}
_ROLES = {word: role for role, words in _CALLED.items() for word in (role.value, *words)}
_CHARACTER = Credit._meta.get_field("character").formfield()
_LINE = re.compile(r"(?:([^:()]+):)?(.*)")
_UNMARKED = re.compile(  # “CAST” above its names, “Directed by Hong Sung-eun”, “Editor – A B”
    rf"({'|'.join(sorted(_ROLES, key=len, reverse=True))})(?:$|(?<=\bby)\s|\t|\s+[-–—]\s)(.*)",
    re.IGNORECASE,
)
_OUTSIDE = r"(?![^(]*\))"  # not within brackets
_BETWEEN_ROLES = re.compile(r"\s*/\s*|\s*,\s*|\s+(?:and|&)\s+")
_BETWEEN_NAMES = re.compile(rf"(?:\s*[,;]\s*|\s+(?:and|&)\s+){_OUTSIDE}")
_PERSON = re.compile(
    r"(.+?)(?:\s*\((.+)\)|(?:\s+as\s+|\s+[-–—]\s+|\s*(?:\t|…|\.{2,})[\s.…]*)(.+))?"
)


@dataclass(frozen=True)
class Line:
    """Somebody, what they did, and whom they play."""

    name: str
    roles: tuple[Credit.Role, ...]
    character: str

    @property
    def whose(self) -> str:
        """By which one who is named twice is known."""
        return self.name.casefold()


def read(text: str) -> list[Line]:
    """Raises `ValidationError`, of all lines that are not understood."""
    found: list[Line] = []
    wrong: list[str] = []
    roles: tuple[Credit.Role, ...] = ()
    for line in filter(None, map(str.strip, text.splitlines())):
        said, names = (_UNMARKED.fullmatch(line) or _LINE.fullmatch(line)).groups()  # type: ignore[union-attr]
        if said:
            try:
                roles = tuple(_ROLES[one.casefold()] for one in _BETWEEN_ROLES.split(said.strip()))
            except KeyError:
                known = ", ".join(map(str, _ROLE.labels))
                wrong.append(f"“{said.strip()}” is not a role here. The roles are: {known}.")
                continue
        if not roles:
            wrong.append(f"Begin with a role and a colon, such as “Director: {line}”.")
            continue
        for each in filter(None, _BETWEEN_NAMES.split(names.strip(" .,;"))):
            name, within, played = _PERSON.fullmatch(each).groups()  # type: ignore[union-attr]
            if (within or played) and roles != (_ROLE.CAST,):
                wrong.append(f"“{each}”: only cast play somebody. Write the name alone.")
            found.append(Line(name, roles, within or played or ""))
    if len(found) > MOST_AT_ONCE:
        wrong.append(f"{len(found)} people: type {MOST_AT_ONCE} at most, save, then the others.")
    if wrong:
        raise ValidationError(wrong)
    return found


class _Typed(forms.CharField):
    def has_changed(self, initial: Any, data: Any) -> bool:
        """The history tells of the credits."""
        return False


class TypesCredits(ReadableForm):
    """For the film's form. Who is here already by that name is credited; others are added. Whoever
    is called almost as somebody who is here, or as another of them, is asked about first."""

    typed_credits = _Typed(
        label="Add people",
        required=False,
        max_length=5_000,
        widget=forms.Textarea(attrs={"rows": 4, "class": "vLargeTextField"}),
        help_text="As in press notes, one role to a line: “Director: Hong Sung-eun”, “Cast: Gong "
        "Seung-yeon (Jina), Jung Da-eun (Su-jin)”. Anybody who is not here yet is added.",
    )
    are_others = forms.BooleanField(label="They are other people", required=False, widget=Unasked)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._lines: list[Line] = []
        self._known: dict[str, Person] = {}
        self.credited: list[Credit] = []
        if self.data.get(OTHERS):
            self._show_others()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        try:
            self._lines = read(cleaned.get(TYPED, ""))
        except ValidationError as wrong:
            self.add_error(TYPED, wrong)
            return cleaned
        for line in self._lines:
            self._judge(line.character, _CHARACTER)
        names = {line.whose: line.name for line in self._lines}
        new = [name for name in names.values() if self._is_new(name)]
        if new and not cleaned.get(OTHERS) and (alike := [*_alike(new), *_alike_each_other(new)]):
            self.add_error(OTHERS, ValidationError(alike, code="namesake"))
            self._show_others()
        return cleaned

    def credit(self, film: Film) -> list[Person]:
        """After the rows of the form are saved, in the order in which they were typed. Who was
        added to the people here."""
        added = []
        last = film.credits.aggregate(last=Max("position"))["last"]
        for line in self._lines:
            if line.whose not in self._known:
                self._known[line.whose] = _person(line.name).save()
                added.append(self._known[line.whose])
            for role in line.roles:
                person = self._known[line.whose]
                said = {"person": person, "role": role, "character": line.character}
                credit, is_new = film.credits.get_or_create(
                    **said, defaults={"position": after(last)}
                )
                if is_new:
                    self.credited.append(credit)
                    last = credit.position
        return added

    def _is_new(self, name: str) -> bool:
        there = Person.objects.filter(Q(name__iexact=name) | Q(native_name=name))[:2]
        if len(there) > 1:
            said = f"Several people here are called {name}: choose one in the list above."
            self.add_error(TYPED, said)
        elif there:
            self._known[name.casefold()] = there[0]
        elif (form := _person(name)).errors:
            self.add_error(TYPED, [f"{name}: {said}" for of in form.errors.values() for said in of])
        return not there

    def _judge(self, said: str, field: Any) -> None:
        try:
            field.clean(said)
        except ValidationError as wrong:
            self.add_error(TYPED, [f"{said}: {message}" for message in wrong.messages])

    def _show_others(self) -> None:
        self.fields[OTHERS].widget = forms.CheckboxInput()


def _person(name: str) -> Any:
    """Their own form, filled in."""
    fields = ["name", "native_name", "sort_name", "slug"]
    return forms.modelform_factory(Person, PersonForm, fields)({"name": name, ANOTHER: "on"})


def _alike(names: Sequence[str]) -> Iterator[str]:
    unread = asking.unread().rows["person"]
    for name in names:
        found = near.nearest(name, {"person": unread})["person"]
        keys = [key for key, nearness in found.items() if nearness >= ALIKE]
        people = Person.objects.filter(pk__in=keys).values_list("name", flat=True)
        if there := ", ".join(dict.fromkeys(people)):
            yield (
                f"{name} looks like {there}, who is here already. If you mean the same person, "
                "spell it that way above; if not, tick this and save again."
            )


def _alike_each_other(names: Sequence[str]) -> Iterator[str]:
    folded = [folding.name(name) for name in names]
    for place, name in enumerate(names):
        found = near.among(name, folded[:place], "\n".join(folded[:place]))
        before = (names[at] for at, nearness in found.items() if nearness >= SAME)
        if there := ", ".join(before):
            yield (
                f"{name} looks like {there}, whom you typed before. If you mean the same "
                "person, spell it the same way each time; if not, tick this and save again."
            )
