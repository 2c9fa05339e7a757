"""Files leave the storages as they do with time."""

from datetime import timedelta

from django.utils import timezone

from reviews import retired_files
from reviews.models import RetiredFile


def pruned_days_later() -> None:
    RetiredFile.objects.update(retired_at=timezone.now() - timedelta(days=2))
    retired_files.prune()
    assert not RetiredFile.objects.exists()
