"""Logistic regression learnt example by example with AdaGrad (Duchi, Hazan, Singer, 2011). Pure.

Sums are exact (`math.fsum`), so that the same labels in the same order give the same bits on every
version of Python.
"""

from array import array
from dataclasses import dataclass, field
from math import exp, fsum, sqrt

from .features import BUCKETS, Example

RATE = 0.3  # the first step of a weight
CAUTION = 0.02  # added to the squared gradients: the first few steps are smaller
HONEST_COUNTS = 1.5  # an honest comment taken for spam is worse than spam that a person looks at
SURE_ENOUGH = 0.03  # an error of probability below this changes nothing


def _zeros() -> "array[float]":
    return array("f", bytes(4 * BUCKETS))


@dataclass
class Regression:
    """A weight per bucket, positive for spam, and the sum of its squared gradients."""

    weights: "array[float]" = field(default_factory=_zeros)
    squares: "array[float]" = field(default_factory=_zeros)
    rate: float = RATE
    honest_counts: float = HONEST_COUNTS
    shrinking: float = 0.0  # of each weight that a step touches, added to its gradient (L2)

    def margin(self, example: Example) -> float:
        """The log-odds of spam."""
        return margin(self.weights, example)

    def learn(
        self, example: Example, is_spam: bool, offset: float = 0.0, counts: float = 1.0
    ) -> None:
        """One step towards the label. `offset` is what others already say of it, in log-odds.

        `counts` is what this label weighs beside others.
        """
        error = counts * (probability(offset + self.margin(example)) - is_spam)
        if error > 0:
            error *= self.honest_counts
        if -SURE_ENOUGH < error < SURE_ENOUGH:
            return
        weights, squares = self.weights, self.squares
        for value, numbers in example.valued():
            gradient = error * value
            if self.shrinking:
                self._step_shrinking(numbers, gradient)
                continue
            square, change = gradient * gradient, self.rate * gradient
            for number in numbers:
                total = squares[number] + square
                squares[number] = total
                weights[number] -= change / sqrt(CAUTION + total)

    def _step_shrinking(self, numbers: tuple[int, ...], common: float) -> None:
        weights, squares = self.weights, self.squares
        for number in numbers:
            gradient = common + self.shrinking * weights[number]
            total = squares[number] + gradient * gradient
            squares[number] = total
            weights[number] -= self.rate * gradient / sqrt(CAUTION + total)


def margin(weights: "array[float]", example: Example) -> float:
    """The log-odds that a table of weights gives an example."""
    get = weights.__getitem__
    return fsum(value * fsum(map(get, numbers)) for value, numbers in example.valued())


def probability(log_odds: float) -> float:
    """The logistic function, safe for any number."""
    return 1 / (1 + exp(-max(-500.0, min(500.0, log_odds))))
