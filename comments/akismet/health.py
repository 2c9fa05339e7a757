"""How Akismet fares: what it answered last, whether it may be asked, and what it complains of."""

from dataclasses import asdict
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import F
from django.utils import timezone

from .. import keyed
from ..models import AkismetHealth
from ..spam.akismet import LONGEST_WAIT, Answer, Usage, Verdict

PAUSE = timedelta(minutes=1)  # after no answer: one knock on a closed door is enough


def current() -> AkismetHealth:
    """The one row. With another key, site or address than before everything begins anew: what was
    said of the old ones is of no account. One query, and two the first time."""
    health, _ = AkismetHealth.objects.get_or_create(pk=AkismetHealth.THE_ONE)
    mark = _key_mark()
    if health.key_mark != mark:
        fresh = AkismetHealth(pk=health.pk, key_mark=mark)
        rows = AkismetHealth.objects.filter(pk=health.pk, key_mark=health.key_mark)
        rows.update(
            **{f.name: getattr(fresh, f.name) for f in fresh._meta.fields if f.name != "id"}
        )
        health.refresh_from_db()
    return health


def may_be_asked(health: AkismetHealth, now: datetime) -> bool:
    """Not while key or site are at fault, nor for a while after it did not answer; but a pause that
    a clock that was ahead made longer than any is over."""
    until = health.paused_until
    paused = until is not None and now < until <= now + LONGEST_WAIT
    return health.stopped_at is None and not paused


def heard(answer: Answer) -> bool:
    """Keep what an answer says of the service itself; whether this is what stopped it."""
    now = timezone.now()
    rows = AkismetHealth.objects.filter(pk=AkismetHealth.THE_ONE)
    if answer.stops:
        _failed(answer, now)
        return bool(rows.filter(stopped_at=None).update(stopped_at=now))
    if answer.verdict is Verdict.UNKNOWN:
        _failed(answer, now)
        return False
    alert = {"alert_code": answer.alert_code, "alert": answer.alert}  # a warning, or none any more
    rows.update(succeeded_at=now)
    if answer.verdict is Verdict.VALID:
        rows.update(verified_at=now, stopped_at=None)
    at_work = rows.filter(stopped_at=None)  # else this was asked before it was stopped
    at_work.update(failures=0, problem="", paused_until=None, **alert)
    return False


def counted(usage: Usage | None) -> None:
    """Keep the calls of the month, or that they were asked for in vain."""
    kept = {"usage": asdict(usage)} if usage else {}
    rows = AkismetHealth.objects.filter(pk=AkismetHealth.THE_ONE)
    rows.update(usage_at=timezone.now(), **kept)


def _failed(answer: Answer, now: datetime) -> None:
    facts: dict[str, object] = {"failed_at": now, "failures": F("failures") + 1}
    if answer.is_down:
        facts["paused_until"] = now + max(PAUSE, answer.retry_after or PAUSE)
    if answer.stops or answer.alert_code:
        facts |= {"alert_code": answer.alert_code, "alert": answer.alert or answer.help}
    rows = AkismetHealth.objects.filter(pk=AkismetHealth.THE_ONE)
    rows.update(**facts)
    # What stopped it stays said until that is mended, whatever else fails meanwhile.
    (rows if answer.stops else rows.filter(stopped_at=None)).update(problem=answer.problem)


def _key_mark() -> str:
    told = "\n".join([settings.AKISMET_KEY, settings.AKISMET_SITE, settings.AKISMET_URL])
    return keyed.digest("comments.akismet.key", told)
