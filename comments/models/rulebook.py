"""What editors and moderators list, phrases and senders to hold or to set aside; and limits."""

import re
from datetime import date
from decimal import Decimal

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator, validate_email
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from reviews.models import written_once
from reviews.models.articles import LONGEST_OPEN

from .. import keyed, plain_text

PHRASE_LIMIT = 100  # characters; a sentence at most, so that it can be quoted in a finding
SENDER_LIMIT = 254  # the longest e-mail address (RFC 5321, 4.5.3.1.3)
NOTE_LIMIT = 200
FEWEST_LETTERS = 2  # in a phrase, and beside a wildcard: one letter would be everywhere
MOST_LINKS = 20
ERASED_SENDER = "an address that its owner had erased"
ERASED = "erased:"  # what stands before the keyed hash of an address; no address has a colon
MOST_LOST = 5  # per cent of honest comments; who would allow more should switch the rule off

# Of regular expressions, what no phrase has: it would be listed, and never found.
_EXPRESSION = re.compile(r"^\^|\.[*+]|\\[a-z]|\(\?|\[[^\]]+-[^\]]+\]")
_DOMAIN = re.compile(r"(?:[^\W_](?:[\w-]{0,61}[^\W_])?\.)+[^\W_][\w-]{0,61}[^\W_]")
_BEFORE_A_DOMAIN = re.compile(r"^(?:https?://)?(?:www\.)?")


class Action(models.TextChoices):
    """What becomes of a comment in which something listed is found."""

    HOLD = "hold", _("Hold for a moderator")
    SET_ASIDE = "set_aside", _("Set aside as spam")


class Listed(models.Model):
    """What the entries of both lists have in common."""

    action = models.CharField(max_length=9, choices=Action, default=Action.HOLD)
    note = models.CharField(
        max_length=NOTE_LIMIT, blank=True, help_text="Why it is listed; for your colleagues."
    )
    listed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        editable=False,
        on_delete=models.PROTECT,
        related_name="listed_%(class)s",
    )
    listed_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        abstract = True


class Phrase(Listed):
    """A word or some words, folded as comments/plain_text.py folds a text."""

    words = models.CharField(
        "word or phrase",
        max_length=PHRASE_LIMIT,
        help_text="Looked for as whole words in the text, the author’s name and the website. Case, "
        "full-width letters and invisible characters make no difference. * stands for up to 30 "
        "letters of the same word: casino* also finds “casinos”. Chinese, Japanese, Korean, Thai, "
        "Lao, Khmer and Burmese words are found inside longer ones too.",
    )

    class Meta:
        verbose_name = "listed phrase"
        ordering = ["words"]
        constraints = [
            models.UniqueConstraint(
                fields=["words"],
                name="phrase_is_listed_once",
                violation_error_message="This phrase is listed already.",
            ),
            models.CheckConstraint(
                name="phrase_says_something",
                condition=~Q(words=""),
                violation_error_message="Write a word or a phrase.",
            ),
            models.CheckConstraint(
                name="phrase_action_is_known", condition=Q(action__in=["hold", "set_aside"])
            ),
        ]

    def __str__(self) -> str:
        return self.words

    def clean(self) -> None:
        """Fold the words; refuse what would be found nearly everywhere."""
        self.words = plain_text.fold(self.words)
        words = self.words.split()
        if words and (problem := _problem(self.words, words)):
            raise ValidationError({"words": problem})


def erased_names(email: str) -> list[str]:
    """What a listed address goes by once its owner had it erased: it can still be recognised when
    it is typed, and not be read. The first is written down now; the others were under former
    secrets."""
    return [ERASED + each for each in keyed.digests("comments.senders", plain_text.fold(email))]


class SenderQuerySet(models.QuerySet["Sender"]):
    def in_force(self, today: date | None = None) -> "SenderQuerySet":
        """Those whose last day is not over."""
        return self.filter(Q(last_day=None) | Q(last_day__gte=today or timezone.localdate()))

    def of_email(self, email: str) -> "SenderQuerySet":
        """The entry of this very address, not of its domain."""
        return self.filter(who=plain_text.fold(email)) if email else self.none()

    def erase(self, email: str) -> int:
        """Take an address out of the list without taking its owner off it; how many there were."""
        names = erased_names(email)
        if Sender.objects.filter(who__in=names).exists():  # listed again after an earlier erasure
            return self.of_email(email).delete()[0]
        return self.of_email(email).update(who=names[0], note="")


class Sender(Listed):
    """An e-mail address, or a domain: then of addresses, websites and links, with all below it."""

    who = models.CharField(
        "e-mail address or domain",
        max_length=SENDER_LIMIT,
        help_text="someone@example.org, or example.org. A domain is looked for in the e-mail "
        "address, the website and the text, and what stands before it (shop.example.org) counts.",
    )
    last_day = models.DateField(
        null=True, blank=True, help_text="It counts until the end of this day; empty: for good."
    )

    objects = SenderQuerySet.as_manager()

    class Meta:
        verbose_name = "listed sender"
        ordering = ["who"]
        constraints = [
            models.UniqueConstraint(
                fields=["who"],
                name="sender_is_listed_once",
                violation_error_message="This address or domain is listed already.",
            ),
            models.CheckConstraint(
                name="sender_is_somebody",
                condition=~Q(who=""),
                violation_error_message="Write an e-mail address or a domain.",
            ),
            models.CheckConstraint(
                name="sender_action_is_known", condition=Q(action__in=["hold", "set_aside"])
            ),
        ]

    def __str__(self) -> str:
        return ERASED_SENDER if self.is_erased() else self.who

    def is_erased(self) -> bool:
        """Whether only a keyed hash of the address is left."""
        return self.who.startswith(ERASED)

    def clean(self) -> None:
        """Fold it; a pasted link becomes its domain."""
        if self.is_erased():
            return
        self.who = plain_text.fold(self.who).removeprefix("@")
        if "@" in self.who and "/" not in self.who:
            try:
                validate_email(self.who)
            except ValidationError as error:
                raise ValidationError({"who": "This is not an e-mail address."}) from error
            return
        host = re.split(r"[/?#:]", _BEFORE_A_DOMAIN.sub("", self.who), maxsplit=1)[0].rstrip(".")
        if not _DOMAIN.fullmatch(host):
            raise ValidationError({"who": "Write an address or a domain, such as example.org."})
        self.who = host


class LimitsManager(models.Manager["Limits"]):
    def current(self) -> "Limits":
        """The one row, or its defaults when nobody has saved it yet. One query."""
        found: list[Limits] = written_once.rows("limits", self._the_one, {})
        return found[0] if found else Limits(pk=Limits.THE_ONE)

    def _the_one(self) -> "models.QuerySet[Limits]":
        return self.filter(pk=Limits.THE_ONE)


class Limits(models.Model):
    """Numbers that rules go by; one row only."""

    THE_ONE = 1

    links_for_newcomers = models.PositiveSmallIntegerField(
        "links allowed to newcomers",
        default=2,
        validators=[MaxValueValidator(MOST_LINKS)],
        help_text="In a comment under an e-mail address of which no comment is approved. "
        "Each link beyond it gives 2 points. 0: every link of a newcomer does.",
    )

    close_after_days = models.PositiveSmallIntegerField(
        "days until comments close",
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(LONGEST_OPEN)],
        help_text="From an article’s first publication on; then it takes no more replies. Empty: "
        "never. It counts for every article that has no setting of its own, old ones too.",
    )
    honest_lost_at_most = models.DecimalField(
        "honest comments that may be lost, in per cent",
        max_digits=3,
        decimal_places=1,
        default=Decimal("0.5"),
        validators=[MinValueValidator(0), MaxValueValidator(MOST_LOST)],
        help_text="The spam classifier sets a comment aside for how it reads only above the score "
        "that would have cost no more than this share of the honest comments decided about here. "
        "0.5 is one in two hundred. 0: none is ever set aside for how it reads, it only waits.",
    )

    objects = LimitsManager()

    class Meta:
        verbose_name = "limits"
        verbose_name_plural = "limits"
        constraints = [
            models.CheckConstraint(name="limits_are_one_row", condition=Q(pk=1)),
            models.CheckConstraint(
                name="links_for_newcomers_are_few",
                condition=Q(links_for_newcomers__lte=MOST_LINKS),
            ),
            models.CheckConstraint(
                name="comments_close_on_a_date",
                condition=Q(close_after_days__isnull=True)
                | Q(close_after_days__gte=1, close_after_days__lte=LONGEST_OPEN),
                violation_error_message=f"From 1 to {LONGEST_OPEN} days, or empty.",
            ),
            models.CheckConstraint(
                name="honest_lost_is_a_small_share",
                condition=Q(honest_lost_at_most__gte=0, honest_lost_at_most__lte=MOST_LOST),
            ),
        ]

    def __str__(self) -> str:
        return "Limits"

    def share_of_honest_lost(self) -> float:
        """From 0 to 0.05."""
        return float(self.honest_lost_at_most) / 100


def _problem(folded: str, words: list[str]) -> str:
    """Why a phrase cannot be listed, or “”."""
    if len(folded) > PHRASE_LIMIT:
        return f"At most {PHRASE_LIMIT} characters, please."
    if _EXPRESSION.search(folded):
        return "Write the words themselves, with * for what varies: regular expressions do nothing."
    if any(word.count("*") > 1 for word in words):
        return "One * in a word, please."
    least = [word for word in words if "*" in word] or [folded]
    if any(sum(map(str.isalnum, word)) < FEWEST_LETTERS for word in least):
        return f"Write at least {FEWEST_LETTERS} letters, beside a * too; fewer are everywhere."
    return ""
