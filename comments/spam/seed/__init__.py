"""The shipped seed: what a new installation knows of spam before its first decision. Pure.

Weights only, one signed byte a bucket, gzipped; made by `manage.py train_spam_seed`, which prints
the digest below. NOTICE names the texts it was learnt from.
"""

import gzip
import hashlib
from array import array
from dataclasses import dataclass
from functools import cache
from math import sqrt
from pathlib import Path

from ..features import BUCKETS

WEIGHTS = Path(__file__).with_name("weights.gz")
DIGEST = "979cc3fcca0168afcf91e27e7f7b581ef22dd3ba9c6a67c3c72685c4e78b1bc2"
LARGEST = 4.0  # the weight that 127 stands for; the largest learnt so far is half of it
MOST_BYTES = 200_000  # of the file


class Spoilt(ValueError):
    """The file is not the one whose digest is written above."""


@dataclass(frozen=True)
class Seed:
    """A table of weights, and the digest of the file it came in."""

    weights: "array[float]"
    digest: str


@cache
def shipped() -> Seed:
    """The seed of this version, read and checked once. OSError, Spoilt."""
    data = WEIGHTS.read_bytes()
    if digest(data) != DIGEST:
        raise Spoilt("The spam seed is not the file that was shipped: install it again.")
    return unpacked(data)


def packed(table: "array[float]") -> bytes:
    """Weights as they are shipped: the byte is the root of the weight, so small ones stay fine."""
    if max(map(abs, table)) > LARGEST:
        raise ValueError(f"A weight is larger than {LARGEST}.")
    small = (round(127 * sqrt(abs(weight) / LARGEST)) for weight in table)
    signed = array("b", (-n if w < 0 else n for n, w in zip(small, table, strict=True)))
    return gzip.compress(signed.tobytes(), compresslevel=9, mtime=0)


def unpacked(data: bytes) -> Seed:
    """The weights of what `packed` made. Spoilt if they are of another size."""
    signed = array("b", gzip.decompress(data))
    if len(signed) != BUCKETS:
        raise Spoilt("The spam seed has another number of weights than this version reads.")
    meant = {n: (n / 127) * (abs(n) / 127) * LARGEST for n in range(-128, 128)}
    return Seed(array("f", map(meant.__getitem__, signed)), digest(data))


def digest(data: bytes) -> str:
    """SHA-256 of the file, as 64 hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()
