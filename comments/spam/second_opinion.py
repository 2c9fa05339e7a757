"""The rule that stands for Akismet, and its findings.

The rule itself asks nobody: it says that the comment is not checked yet, which keeps it from being
published without a person. The worker asks (comments/akismet/verdicts.py) and puts the answer in
its place.
"""

from datetime import datetime

from django.db.models import Q

from ..evidence import Said, said
from ..models import AKISMET, RuleSetting
from .akismet import Answer, Verdict, why_off
from .screening import SPAM_SCORE, FindingFacts, Submission

RULE = AKISMET
AGAINST_NOBODY = Q(rule=RULE, points=0)  # findings that it is not checked, or not spam
NOT_YET = said("akismet_is_asked")
NO_ADDRESS = said("akismet_no_address")
IMPORTED = said("akismet_imported")
TOO_OLD = said("akismet_too_old")
BROKEN = said("akismet_never_finished")
DECIDED = said("akismet_decided")


def akismet(post: Submission) -> FindingFacts | None:
    """The service Akismet says that it is spam: 10 points, or 20 where it has no doubt. Without a
    key nobody asks."""
    return None if why_off() else FindingFacts(RULE, 0, NOT_YET)


def is_on() -> bool:
    """Whether comments are sent to it now: a key is set and no editor switched the rule off.
    One query at most."""
    off = RuleSetting.objects.filter(rule=RULE, mode=RuleSetting.Mode.OFF)
    return not why_off() and not off.exists()


def found(answer: Answer, again_at: datetime | None) -> FindingFacts:
    """A verdict as a finding. `again_at`: when it is asked again, which it asked for itself."""
    if answer.verdict is Verdict.SPAM and answer.discard:
        return FindingFacts(RULE, 2 * SPAM_SCORE, said("akismet_sure"))
    if answer.verdict is Verdict.SPAM:
        return FindingFacts(RULE, SPAM_SCORE, said("akismet_spam"))
    if again_at:
        return FindingFacts(RULE, 0, said("akismet_looks_on", again_at=again_at.isoformat()))
    return FindingFacts(RULE, 0, said("akismet_honest"))


def told(why: Said) -> Said:
    """It is not checked, and administrators know why."""
    return said("akismet_told", problem=[why.code, why.values])


def never(why: Said) -> Said:
    """It is not checked, and is not asked about any more."""
    return said("akismet_never", problem=[why.code, why.values])


def again(why: Said, at: datetime) -> Said:
    """Why it is not checked, and when it is tried again."""
    return said("akismet_again", problem=[why.code, why.values], again_at=at.isoformat())
