"""Which suppliers fail together, how much they lose, how likely that is: counted out, cut off, drawn, or as given.

Suppliers fail independently of each other unless scenarios are given. All sets of failures are counted out where they
are few; else all with up to so many failures at once, and the probability of more is told; or they are drawn.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from itertools import combinations
from math import comb, prod
from types import MappingProxyType
from typing import Literal, TypeAlias

import numpy as np

from supplier_eval.award.parts import ONE, ZERO

Method: TypeAlias = Literal["all", "at_most", "drawn", "given"]
MOST_SETS = 128
NOTHING = "-"


@dataclass(frozen=True)
class Failure:
    """One scenario: who loses how much.

    Parameters
    ----------
    id : str
        Name; the failing suppliers joined by ``+`` where none is given, ``-`` where nobody fails.
    lost : mapping
        Supplier → fraction of its capacity that is lost, 0 < lost <= 1, in canonical order.
    probability : Fraction
        0-1, as stated.
    draws : int
        How often it was drawn; 0 where nothing is.
    """

    id: str
    lost: Mapping[str, Fraction]
    probability: Fraction
    draws: int = 0

    def __post_init__(self) -> None:
        object.__setattr__(self, "lost", MappingProxyType(dict(sorted(self.lost.items()))))

    def __hash__(self) -> int:
        return hash((self.id, tuple(self.lost.items()), self.probability))

    def __reduce__(self) -> tuple[object, ...]:
        return (type(self), (self.id, dict(self.lost), self.probability, self.draws))


@dataclass(frozen=True)
class Failures:
    """All scenarios that are looked at.

    Parameters
    ----------
    scenarios : tuple of Failure
        Nobody fails first, then in canonical order. Probabilities add up to 1 less `leftover`.
    method : {"all", "at_most", "drawn", "given"}
        All sets of failures; those with at most so many at once; drawn ones; as they were given.
    leftover : Fraction
        Probability of scenarios that are not looked at (more failures at once); 0 but for ``at_most``.
    at_once : int or None
        For ``at_most``: so many failures at once.
    draws : int
        For ``drawn``: how many.
    seed : int
        Of the draws.
    """

    scenarios: tuple[Failure, ...]
    method: Method
    leftover: Fraction = ZERO
    at_once: int | None = None
    draws: int = 0
    seed: int = field(default=0, repr=False)

    def share(self, scenario: Failure) -> Fraction:
        """Probability of a scenario given that one of those looked at comes about."""
        return scenario.probability / (1 - self.leftover) if self.leftover < 1 else ZERO


def likeliest(failures: Failures, most: int) -> Failures:
    """The same scenarios where at most so many are likely at all; else the likeliest, the others left over.

    Of equally likely ones those first in canonical order are taken.
    """
    likely = [one for one in failures.scenarios if one.probability]
    if len(likely) <= most:
        return failures
    kept = set(sorted(likely, key=lambda one: (-one.probability, likely.index(one)))[:most])
    scenarios = tuple(one for one in likely if one in kept)
    leftover = ONE - sum((one.probability for one in scenarios), ZERO)
    return replace(failures, scenarios=scenarios, leftover=leftover)


def independent_failures(
    chances: Mapping[str, Fraction], *, draws: int | None = None, seed: int = 0, most: int = MOST_SETS
) -> Failures:
    """Scenarios of suppliers that fail wholly and independently of each other.

    Parameters
    ----------
    chances : mapping
        Supplier → probability of failing, 0-1.
    draws : int, optional
        Draw so many scenarios instead of counting them out; >= 2.
    seed : int
        Of the draws.
    most : int
        Most sets of failures that are counted out.

    Returns
    -------
    Failures
        All sets of failures where they are at most `most`; else the sets with up to the largest number of failures at
        once (at least one) that keeps to `most`, and the probability of more as `leftover`.
    """
    known = {key: chance for key, chance in sorted(chances.items()) if chance}
    if draws is not None:
        return _drawn(known, draws, seed)
    certain = [key for key, chance in known.items() if chance == 1]
    open_ = [key for key, chance in known.items() if chance < 1]
    deep = _depth(len(open_), most)
    found = tuple(_set(known, open_, certain, some) for some in _sets(open_, deep))
    leftover = ONE - sum((scenario.probability for scenario in found), ZERO)
    if deep == len(open_):
        return Failures(found, "all")
    return Failures(found, "at_most", leftover=leftover, at_once=deep + len(certain))


def _depth(count: int, most: int) -> int:
    """How many may fail at once so that there are at most `most` sets; at least one."""
    deep, sets = 0, 1
    while deep < count and (deep == 0 or sets + comb(count, deep + 1) <= most):
        deep += 1
        sets += comb(count, deep)
    return deep


def _sets(names: list[str], deep: int) -> Iterator[tuple[str, ...]]:
    for size in range(deep + 1):
        yield from combinations(names, size)


def _set(known: Mapping[str, Fraction], names: list[str], certain: list[str], some: tuple[str, ...]) -> Failure:
    failing = sorted([*certain, *some])
    chance = prod((known[key] if key in some else 1 - known[key] for key in names), start=ONE)
    return Failure(name_of(failing), dict.fromkeys(failing, ONE), chance)


def name_of(failing: list[str]) -> str:
    """The name of a scenario: who fails."""
    return "+".join(failing) or NOTHING


def _drawn(known: Mapping[str, Fraction], draws: int, seed: int) -> Failures:
    """Suppliers in canonical order, one uniform number for each and each draw."""
    names = list(known)
    chances = np.array([float(chance) for chance in known.values()])
    fails = np.random.default_rng(seed).random((draws, len(names))) < chances
    found = Counter(tuple(row) for row in fails.tolist())
    found.setdefault((False,) * len(names), 0)
    scenarios = []
    for row, often in found.items():
        failing = [name for name, out in zip(names, row, strict=True) if out]
        scenarios.append(Failure(name_of(failing), dict.fromkeys(failing, ONE), Fraction(often, draws), often))
    ordered = sorted(scenarios, key=lambda scenario: (len(scenario.lost), tuple(scenario.lost)))
    return Failures(tuple(ordered), "drawn", draws=draws, seed=seed)
