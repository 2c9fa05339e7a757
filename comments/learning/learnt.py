"""The classifier in force: what was shipped, and what was learnt here by whatever process."""

import logging
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from typing import Any

from reviews.models import written_once

from ..models import Learnt, Limits
from ..spam.classifier import Classifier, Unreadable
from . import zones
from .zones import Zones

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class InForce:
    """What screens now. The classifier is for scoring alone: threads share it."""

    digest: str
    allowed: float
    classifier: Classifier
    zones: Zones


_read: InForce | None = None  # what this process read last


def in_force(limits: Limits | None = None) -> InForce:
    """What was learnt last, by whatever process. Two short queries, one with the `limits` at hand,
    and three more (about 50 ms) when something was learnt or allowed since this process asked.

    Weights that cannot be read (damaged, or of another version) are as none: the seed alone, until
    the worker has built them again.
    """
    global _read
    found = written_once.tuples("learnt", _digest, {})
    digest = found[0][0] if found else ""
    allowed = (limits or Limits.objects.current()).share_of_honest_lost()
    if _read is None or (_read.digest, _read.allowed) != (digest, allowed):
        _read = _now(allowed)
    return _read


def _digest() -> Any:
    return Learnt.objects.filter(pk=Learnt.THE_ONE).values_list("digest")


def classifier() -> Classifier:
    """The classifier in force."""
    return in_force().classifier


@cache
def shipped() -> Classifier:
    """The seed alone."""
    return Classifier()


def _now(allowed: float) -> InForce:
    row = Learnt.objects.filter(pk=Learnt.THE_ONE).first() or Learnt()
    classifier = _or_the_seed(bytes(row.weights), row.digest) if row.digest else shipped()
    found = zones.from_the_log(row.begins_after, allowed)
    return InForce(row.digest, allowed, classifier, found)


def unpacked(weights: bytes, digest: str) -> Classifier:
    """The classifier of a row. Raises `Unreadable` when it is not what was saved."""
    if digest_of(weights) != digest:
        raise Unreadable("The weights are not those that were saved.")
    return Classifier.from_bytes(weights)


def digest_of(weights: bytes) -> str:
    """What tells one version from another, in every process."""
    return sha256(weights).hexdigest()


def _or_the_seed(weights: bytes, digest: str) -> Classifier:
    try:
        return unpacked(weights, digest)
    except Unreadable as error:
        log.warning("The seed alone screens until the classifier is built again: %s", error)
        return shipped()
