"""What stands still and is seen nowhere else, in words for the newsroom's front page."""

from datetime import datetime, timedelta

from django.conf import settings
from django.utils import timezone

from . import health
from .models import Heartbeat, Purge

PATIENCE = timedelta(minutes=15)  # cron may be the worker, and a CDN may be away for a while


def now() -> list[str]:
    """Two queries; one without CDN_PURGE."""
    return [said for said in (_worker(), _cdn(), _disk()) if said]


def _disk() -> str:
    if not (said := health.disk_problem()):
        return ""
    return (
        f"{said} Until then a comment, a piece or a picture may not be kept. Tell whoever runs "
        "this server."
    )


def _worker() -> str:
    last = Heartbeat.objects.filter(pk=Heartbeat.WORKER).first()
    if last is not None and timezone.now() - last.beat_at <= PATIENCE:
        return ""
    since = f"since {_when(last.beat_at)}" if last else "yet"
    return (
        f"The worker has not been at work {since}: new pictures keep one small size, and no mail "
        "goes out. Nothing is lost. Tell whoever runs this server (manage.py work)."
    )


def _cdn() -> str:
    row = Purge.objects.filter(pk=Purge.THE_ONE).first() if settings.CDN_PURGE else None
    if row is None or not row.failing_since:
        return ""
    if timezone.now() - row.failing_since <= PATIENCE:
        return ""
    return (
        f"Readers may see pages as they were at {_when(row.failing_since)}: the CDN has not taken "
        f"in what changed since. It {row.problem}. It is told again by itself; tell whoever runs "
        "this server."
    )


def _when(at: datetime) -> str:
    return f"{timezone.localtime(at):%H:%M on %-d %B}"
