"""The rule that stands for Akismet, and its findings in words.

The rule itself asks nobody: it says that the comment is not checked yet, which keeps it from being
published without a person. The worker asks (comments/akismet/verdicts.py) and puts the answer in
its place.
"""

from datetime import datetime

from django.utils import timezone
from django.utils.formats import date_format

from ..models import RuleSetting
from .akismet import Answer, Verdict, why_off
from .screening import SPAM_SCORE, FindingFacts, Submission

RULE = "akismet"
NOT_YET = "Not checked yet: Akismet is being asked."
NO_ADDRESS = "Not checked by Akismet, which has to know a network address: there is none here."
IMPORTED = "Not checked by Akismet: it was taken over from elsewhere."
TOO_OLD = "Not checked by Akismet: what was to be sent is no longer kept."
BROKEN = "Not checked by Akismet: asking was begun many times and never finished."
DECIDED = "Not checked by Akismet: somebody decided before it was asked."
TOLD = "Not checked: Akismet {problem}. Administrators have been told."
NEVER = "Not checked: Akismet {problem}, whenever it was asked for three days."


def akismet(post: Submission) -> FindingFacts | None:
    """What the service Akismet says of it, once it has been asked; nothing without its key."""
    return None if why_off() else FindingFacts(RULE, 0, NOT_YET)


def is_on() -> bool:
    """Whether comments are sent to it now: a key is set and no editor switched the rule off.
    One query at most."""
    off = RuleSetting.objects.filter(rule=RULE, mode=RuleSetting.Mode.OFF)
    return not why_off() and not off.exists()


def found(answer: Answer, again_at: datetime | None) -> FindingFacts:
    """A verdict as a finding. `again_at`: when it is asked again, which it asked for itself."""
    if answer.verdict is Verdict.SPAM and answer.discard:
        return FindingFacts(RULE, 2 * SPAM_SCORE, "Akismet says that it is spam beyond any doubt.")
    if answer.verdict is Verdict.SPAM:
        return FindingFacts(RULE, SPAM_SCORE, "Akismet says that it is spam.")
    if again_at:
        so_far = "Akismet says that it is not spam so far and looks on"
        return FindingFacts(RULE, 0, f"{so_far}; it is asked again {_clock(again_at)}.")
    return FindingFacts(RULE, 0, "Akismet says that it is not spam.")


def unknown(problem: str, again_at: datetime) -> str:
    """Why it is not checked, and when it is tried again."""
    return f"Not checked: Akismet {problem}. It is asked again {_clock(again_at)}."


def _clock(at: datetime) -> str:
    at = timezone.localtime(at)
    today = at.date() == timezone.localdate()
    return date_format(at, r"\a\t H:i" if today else r"\o\n j F \a\t H:i")
