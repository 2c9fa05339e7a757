"""What others had been told before of what was decided now: words cannot be taken back."""

from collections.abc import Iterable, Sequence

from ..models import AkismetFeedback, Comment, Decision, Notice
from ..spam.akismet import why_off

APPROVED, SPAM = Comment.Status.APPROVED, Comment.Status.SPAM


def before(decisions: Sequence[Decision]) -> str:
    """In sentences; “” where nobody was. One query where something left the page, and one where
    something was undone."""
    return " ".join(filter(None, (by_mail(decisions), to_akismet(decisions))))


def by_mail(decisions: Iterable[Decision]) -> str:
    """How many writers a mail had told of what left the page now, in words; “” for none. One query,
    where something left."""
    left = [decision.comment_id for decision in decisions if decision.from_status == APPROVED]
    mails = Notice.objects.filter(kind=Notice.Kind.REPLY, about__in=left, sent_at__isnull=False)
    told = mails.count() if left else 0
    if not told:
        return ""
    whom = "1 writer" if told == 1 else f"{told:,} writers"
    return f"A mail had told {whom} of it before: who replied, and where, not the words."


def to_akismet(decisions: Iterable[Decision]) -> str:
    """Of how many it holds what was undone now, and whether it hears of that."""
    undone = {each.comment_id: each.to_status for each in decisions if each.undoes_id}
    if not undone or why_off():
        return ""
    sent = AkismetFeedback.objects.filter(comment__in=undone, sent_at__isnull=False)
    told: dict[int, list[bool]] = {}
    for comment, is_spam in sent.order_by("sent_at").values_list("comment", "is_spam"):
        told.setdefault(comment, []).append(is_spam)
    wrong = [
        comment
        for comment, said in told.items()
        if len(said) == 1 and undone[comment] != (SPAM if said[0] else APPROVED)
    ]
    if not wrong:
        return ""
    hears = sum(undone[comment] in (SPAM, APPROVED) for comment in wrong)
    in_an_hour = hears == len(wrong)
    if len(undone) > 1:
        when = "in an hour" if in_an_hour else "once somebody decides the other way"
        how_many = f"{len(wrong):,} of them"
        return f"Akismet has been told the opposite of {how_many}, and is corrected {when}."
    was_spam = told[wrong[0]][0]
    said, needed = ("spam", "approves it") if was_spam else ("not spam", "marks it as spam")
    when = "in an hour" if in_an_hour else f"once somebody {needed}"
    return f"Akismet has been told that it is {said}, and is corrected {when}."
