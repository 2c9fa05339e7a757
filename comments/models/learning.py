"""What the spam classifier learnt here, and how far in the log of decisions it has read."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from .claims import Claimed


class Learnt(Claimed):
    """One row: the weights in force, and the labels they come from.

    `weights` is what `Classifier.to_bytes` made and `digest` its SHA-256, by which processes see
    that it is another. `labels` labels were learnt; `chain` is a digest of their keys in order,
    which the log must give again. Decisions up to the key `read_to` were read, but not those up to
    `begins_after`: they were forgotten. `recent` are the keys last read, since transactions may end
    in another order than they were numbered. `wanted_at`: it is to be built again from the log;
    `asked` counts how often that was said.
    """

    THE_ONE = 1

    weights = models.BinaryField(default=b"")
    digest = models.CharField(max_length=64, blank=True)
    labels = models.PositiveIntegerField(default=0)
    chain = models.CharField(max_length=64, blank=True)
    read_to = models.BigIntegerField(default=0)
    recent = models.JSONField(default=list)
    begins_after = models.BigIntegerField(default=0)
    forgotten_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    forgotten_at = models.DateTimeField(null=True)
    saved_at = models.DateTimeField(null=True)
    wanted_at = models.DateTimeField(null=True)
    asked = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = verbose_name_plural = "spam classifier"
        constraints = [
            models.CheckConstraint(name="learnt_is_one_row", condition=Q(pk=1)),
            models.CheckConstraint(
                name="learnt_is_claimed_when_wanted",
                condition=Q(claimed_at__isnull=True) | Q(wanted_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.labels} labels, read to decision {self.read_to}"
