"""Flags and reasons: what a result wants a person to look at, and why a bid is out.

A flag opens a case and never excludes by itself; only a ruling does (convention §15). Both say themselves in
either language from the catalogue of messages.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from supplier_eval.messages import Lang, clean, message, with_clause
from supplier_eval.messages.days import said_day
from supplier_eval.shown import Shown


def _frozen(facts: Mapping[str, object]) -> Mapping[str, object]:
    return MappingProxyType({key: _clean(key, fact) if isinstance(fact, str) else fact for key, fact in facts.items()})


def _clean(key: str, fact: str) -> str:
    """A text of one line; a list of cases is not cut as a whole, only what a single case quotes."""
    return ", ".join(map(clean, fact.split(", "))) if key == "cases" else clean(fact)


def _rebuilt(what: Reason | Flag) -> tuple[Any, ...]:
    """How to pickle: the fields, with the facts as a plain dict."""
    given = {field.name: getattr(what, field.name) for field in fields(what)}
    return (functools.partial(type(what), **{**given, "facts": dict(what.facts)}), ())


@dataclass(frozen=True)
class Reason(Shown):
    """Why a bid is not considered: code, clause, and the figures that the words quote."""

    code: str
    clause: str = ""
    facts: Mapping[str, object] = field(default_factory=dict)

    def __post_init__(self) -> None:
        object.__setattr__(self, "facts", _frozen(self.facts))

    def __hash__(self) -> int:
        return hash((self.code, self.clause))

    def __reduce__(self) -> tuple[Any, ...]:
        return _rebuilt(self)

    def say(self, lang: Lang = "en") -> str:
        """Give the sentence, with the clause."""
        said = message(self.code, lang, **_spoken(self.facts, lang))
        return with_clause(said, self.clause, lang)


@dataclass(frozen=True)
class Ruling:
    """What named people decided on a case, and why (one row of rulings.csv).

    Parameters
    ----------
    ruling : {"accept", "exclude", "note"}
        Accept closes the case, exclude takes the bid out, note records a fact (a draw, an adjustment).
    lot, criterion, evaluator : str
        What the case concerns beside the bid; empty where the case is the only one of its code and bid.
    value : Decimal or None
        The figure that goes with it: the place drawn, the amount of an adjustment.
    """

    bid: str
    case: str
    ruling: str
    by: str
    on: date
    reason: str
    value: Decimal | None = None
    asked: str = ""
    asked_on: date | None = None
    answer: str = ""
    answered_on: date | None = None
    lot: str = ""
    criterion: str = ""
    evaluator: str = ""


@dataclass(frozen=True)
class Flag(Shown):
    """A figure beyond its line, for people to look at.

    Parameters
    ----------
    code : str
        Stable code of the rule; it is also the `case` that a ruling names.
    lot, bid, evaluator, criterion : str
        Whom it concerns; empty where not applicable.
    figure, threshold : float or None
        What was seen, and the line.
    holds : bool
        Whether an open case keeps the result from being binding.
    ruling : Ruling or None
        The answer of the people who ruled; None while the case is open.
    """

    code: str
    lot: str = ""
    bid: str = ""
    evaluator: str = ""
    criterion: str = ""
    figure: float | None = None
    threshold: float | None = None
    clause: str = ""
    holds: bool = False
    ruling: Ruling | None = None
    facts: Mapping[str, object] = field(default_factory=dict)

    def __post_init__(self) -> None:
        object.__setattr__(self, "facts", _frozen(self.facts))

    def __reduce__(self) -> tuple[Any, ...]:
        return _rebuilt(self)

    def __hash__(self) -> int:
        return hash((self.code, self.lot, self.bid, self.evaluator, self.criterion))

    @property
    def state(self) -> str:
        """``open``, ``accepted``, ``excluded`` or ``noted``."""
        said = {"accept": "accepted", "exclude": "excluded", "note": "noted"}
        return said[self.ruling.ruling] if self.ruling else "open"

    def ruled(self, rulings: tuple[Ruling, ...]) -> Flag:
        """Attach the last ruling that fits this case; what a ruling leaves empty fits anything."""
        mine = [r for r in rulings if self.fits(r)]
        return replace(self, ruling=mine[-1]) if mine else self

    def fits(self, ruling: Ruling) -> bool:
        """Whether a ruling is about this case."""
        named = (ruling.bid, ruling.lot, ruling.criterion, ruling.evaluator)
        mine = (self.bid, self.lot, self.criterion, self.evaluator)
        return ruling.case == self.code and all(n in {"", m} for n, m in zip(named, mine, strict=True))

    def say(self, lang: Lang = "en") -> str:
        """Give the sentence, with the clause."""
        shown = {
            "bid": self.bid,
            "evaluator": self.evaluator,
            "criterion": self.criterion,
            "figure": _figure(self.figure),
            "threshold": _figure(self.threshold),
            **self.facts,
        }
        said = message(self.code, lang, **_spoken(shown, lang))
        return with_clause(said, self.clause, lang)


def rule_on(flags: Iterable[Flag], rulings: tuple[Ruling, ...]) -> tuple[Flag, ...]:
    """Attach rulings to the cases that they name.

    A ruling that fits several open cases closes none of them: which one the people meant must be written
    down (lot, criterion, evaluator). An item of a price sheet is one case with its bid.
    """
    cases = tuple(flags)
    clear = []
    for ruling in rulings:
        fitting = {(f.lot, f.bid, f.criterion, f.evaluator) for f in cases if f.fits(ruling)}
        if len(fitting) <= 1:
            clear.append(ruling)
    return tuple(flag.ruled(tuple(clear)) for flag in cases)


def _spoken(facts: Mapping[str, object], lang: Lang) -> dict[str, object]:
    """Facts in one language: ``name_en`` and ``name_zh`` are also there as ``name``; days as the language has them."""
    own = {key.removesuffix(f"_{lang}"): fact for key, fact in facts.items() if key.endswith(f"_{lang}")}
    told = {**facts, **own}
    return {key: said_day(fact, lang) if isinstance(fact, str) else fact for key, fact in told.items()}


def _figure(value: float | None) -> str:
    return "" if value is None else f"{value:,.4f}".rstrip("0").rstrip(".")
