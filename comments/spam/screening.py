"""All rules run over a submission; what each finds, and the score they make together."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, TypeVar

from django.conf import settings
from django.db import DatabaseError, transaction
from django.utils.module_loading import import_string

from reviews.models import written_once

from ..evidence import Evidence, said
from ..learning import learnt
from ..models import Limits, RuleSetting

T = TypeVar("T")
log = logging.getLogger(__name__)
Mode = RuleSetting.Mode

# From this score on a comment is set aside as spam, to be looked at but not in the queue. One sure
# sign (a filled honeypot, the very text of known spam) reaches it; links or haste alone do not.
SPAM_SCORE = 10


@dataclass(frozen=True)
class FormFacts:
    """What the form itself tells. `rendered_at` is None where it says nothing about haste: an
    import, or a form that came back from a refusal with the text already in it."""

    honeypot: str = ""
    rendered_at: datetime | None = None


@dataclass(frozen=True)
class Submission:
    """A post as the rules see it. `address_hashes` are the names its network address went by
    within the flood window; empty when the address is unknown. `spam_probability` is what the
    classifier says, and `read_by` which one; None when it was not or cannot be asked. `about` says
    the texts it talks about: the article's, and the comment's that it answers."""

    author_name: str
    author_email: str
    author_url: str
    text: str
    text_digest: str
    at: datetime
    address_hashes: frozenset[str] = frozenset()
    form: FormFacts = FormFacts()
    spam_probability: float | None = None
    about: Callable[[], tuple[str, ...]] = tuple
    read_by: learnt.InForce | None = None
    _asked: dict[str, Any] = field(default_factory=dict, compare=False, repr=False)

    def once(self, what: str, ask: Callable[[], T]) -> T:
        """What the database was asked before about this post, by whichever rule, or is now."""
        if what not in self._asked:
            self._asked[what] = ask()
        found: T = self._asked[what]
        return found

    def limits(self) -> Limits:
        """The numbers that editors set. One query, once."""
        return self.once("limits", Limits.objects.current)


@dataclass(frozen=True)
class FindingFacts:
    """What one rule saw: points, the evidence (codes and values, or a sentence of the rule's own),
    the pieces of the text it is about, and those that speak `against` the suspicion. Points that
    are not `counted` are those of a rule on dry run. `resembles` is the key of a comment that it is
    like."""

    rule: str
    points: int
    evidence: Evidence
    quotes: tuple[str, ...] = ()
    counted: bool = True
    against: tuple[str, ...] = ()
    resembles: int | None = None


# A comment never waits without a word: this stands where no rule had anything to say.
NOTHING_FOUND = FindingFacts("nothing_found", 0, said("nothing_found"))


Rule = Callable[[Submission], FindingFacts | None]


@dataclass(frozen=True)
class Screening:
    findings: tuple[FindingFacts, ...]
    spam_probability: float | None = None

    @property
    def score(self) -> int:
        return sum(finding.points for finding in self.findings if finding.counted)

    @property
    def is_spam(self) -> bool:
        return self.score >= SPAM_SCORE


def screen(submission: Submission, rules: Sequence[str] | None = None) -> Screening:
    """Run every rule of settings.COMMENTS_RULES, or the given dotted paths.

    A rule that fails is logged and leaves a finding of no points: it never loses a comment. What
    a rule on dry run finds does not count; one that is off is not asked. The classifier is asked
    whatever the rules, so that what it says can be held against what people decide. Three queries,
    and the rules'.
    """
    paths = settings.COMMENTS_RULES if rules is None else rules
    modes = _modes()
    submission = _read(submission)
    asked = [path for path in paths if modes.get(name_of(path)) != Mode.OFF]
    found = [
        replace(finding, counted=False) if modes.get(name_of(path)) == Mode.DRY_RUN else finding
        for path, finding in zip(asked, _ask_all(asked, submission), strict=True)
        if finding is not None
    ]
    return Screening(tuple(found), submission.spam_probability)


def said_of(found: Sequence[FindingFacts]) -> list[FindingFacts]:
    """What is kept of a screening: at least one finding that counts; nothing waits mutely."""
    counts = any(finding.counted for finding in found)
    return [*found] if counts else [*found, NOTHING_FOUND]


def name_of(path: str) -> str:
    """A rule's name: the last part of its dotted path."""
    return path.rpartition(".")[2]


def in_words(name: str) -> str:
    """As people read it: “Written too fast”."""
    return name.replace("_", " ").capitalize()


def _modes() -> dict[str, str]:
    """What editors said of the rules; nothing when that cannot be read: then all of them count."""
    try:
        with transaction.atomic():
            return dict(written_once.tuples("modes", _settings, {}))
    except DatabaseError:
        log.exception("The settings of the rules cannot be read; all of them count.")
        return {}


def _settings() -> Any:
    return RuleSetting.objects.order_by().values_list("rule", "mode")


def _read(submission: Submission) -> Submission:
    """With what the classifier says, and which one said it."""
    try:
        with transaction.atomic():
            now = learnt.in_force(submission.limits())
            score = now.classifier.score(submission.text)
            return replace(submission, spam_probability=score, read_by=now)
    except Exception:
        log.exception("The spam classifier cannot be asked; the comment is kept.")
        return replace(submission, spam_probability=None)


def _ask_all(paths: Sequence[str], submission: Submission) -> list[FindingFacts | None]:
    """All in one savepoint, since a query that fails must not spoil the caller's transaction; where
    one does, each once more in a savepoint of its own."""
    try:
        with transaction.atomic():
            return [_ask(path, submission) for path in paths]
    except DatabaseError:
        return [_ask_alone(path, submission) for path in paths]


def _ask_alone(path: str, submission: Submission) -> FindingFacts | None:
    try:
        with transaction.atomic():
            return _ask(path, submission)
    except DatabaseError:
        return _failed(path)


def _ask(path: str, submission: Submission) -> FindingFacts | None:
    """Raises DatabaseError; whatever else goes wrong is a finding."""
    try:
        rule: Rule = import_string(path)
        return rule(submission)
    except DatabaseError:
        raise
    except Exception:
        return _failed(path)


def _failed(path: str) -> FindingFacts:
    """To be called while the exception is handled."""
    name = name_of(path)
    log.exception("Rule %s failed; the comment is kept.", path)
    return FindingFacts(name, 0, said("rule_failed", rule=name))
