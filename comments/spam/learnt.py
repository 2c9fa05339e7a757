"""The classifier in force: what was shipped, and what was learnt here by whatever process."""

import logging
from functools import cache
from hashlib import sha256

from ..models import Learnt
from .classifier import Classifier, Unreadable

log = logging.getLogger(__name__)

_read: tuple[str, Classifier] | None = None  # the last weights this process read, by their digest


def classifier() -> Classifier:
    """Shared by the threads of a process, for scoring alone. One short query, and one for the
    weights when they are others than last time (about 50 ms).

    Weights that cannot be read (damaged, or of another version) are as none: the seed alone, until
    the worker has built them again.
    """
    global _read
    row = Learnt.objects.filter(pk=Learnt.THE_ONE)
    digest = row.values_list("digest", flat=True).first()
    if not digest:
        return shipped()
    if _read is None or _read[0] != digest:
        digest, weights = row.values_list("digest", "weights").get()
        _read = digest, _or_the_seed(bytes(weights), digest)
    return _read[1]


@cache
def shipped() -> Classifier:
    """The seed alone."""
    return Classifier()


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
