"""Where the lines of the screens across tenders are drawn."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Literal, get_args

from supplier_eval.errors import Finding, InvalidInput
from supplier_eval.integrity.bid_columns import ARGUMENTS, refuse
from supplier_eval.integrity.false_alarms import METHODS, Method
from supplier_eval.integrity.screen_settings import plain_number

Period = Literal["year", "quarter", "month"]


@dataclass(frozen=True)
class MarketSettings:
    """Lines of the screens across tenders; every one of them is shown with the results.

    Parameters
    ----------
    false_discovery : float
        Expected share of false alarms among the flags of a screen, above 0 and below 1; a corrected p-value up to it is
        a flag.
    adjustment : {"bh", "by"}
        Correction by Benjamini and Hochberg, or by Benjamini and Yekutieli, which holds whatever the dependence.
    least_tenders : int
        Decided tenders, or wins, that a bidder or buyer needs to be tested.
    least_meetings : int
        Tenders in which a pair or a coalition must have met.
    least_wins : int
        Wins of a group in its own tenders that rotation and steady shares need.
    coalition_sizes : tuple of int
        Members of the coalitions that are searched, from 3.
    most_subsets : int
        Subsets of bids a size at most; larger tenders beyond are left out and counted.
    near_reserve : float
        A winner this close below the reserve price, as a share of it, is close.
    near_minimum : float
        A bid this close to the lowest price that may win, as a share of it, is on the line.
    near_tie : float
        Width of the window next to a tie, as a share of the reserve price.
    period : {"year", "quarter", "month"}
        What shares are compared over.
    draws, seed : int
        Monte-Carlo draws at most, and their seed (only steady shares are sampled).
    """

    false_discovery: float = 0.05
    adjustment: Method = "bh"
    least_tenders: int = 8
    least_meetings: int = 5
    least_wins: int = 6
    coalition_sizes: tuple[int, ...] = (3, 4)
    most_subsets: int = 8_000_000
    near_reserve: float = 0.01
    near_minimum: float = 0.001
    near_tie: float = 0.002
    period: Period = "year"
    draws: int = 9_999
    seed: int = 0

    def __post_init__(self) -> None:
        for field in fields(self):
            object.__setattr__(self, field.name, plain_number(getattr(self, field.name)))
        found = [
            *(_share(name, getattr(self, name)) for name in ("false_discovery", "near_reserve", "near_tie")),
            _share("near_minimum", self.near_minimum),
            *(_whole(name, getattr(self, name), 1) for name in ("least_tenders", "least_meetings", "most_subsets")),
            _whole("least_wins", self.least_wins, 2),
            _whole("draws", self.draws, 99),
            _whole("seed", self.seed, 0),
        ]
        given = self.coalition_sizes
        sizes = [plain_number(size) for size in given] if isinstance(given, tuple | list) else None
        whole = [
            size for size in sizes or [] if isinstance(size, int) and not isinstance(size, bool) and 3 <= size <= 8
        ]
        if sizes is None or len(whole) < len(sizes):
            found.append(Finding("market.settings.sizes", ARGUMENTS, "coalition_sizes", value=str(given)))
        else:
            object.__setattr__(self, "coalition_sizes", tuple(sorted(set(whole))))
        for name, known in (("period", get_args(Period)), ("adjustment", METHODS)):
            if getattr(self, name) not in known:
                facts = {"known": ", ".join(known)}
                found.append(
                    Finding("market.settings.choice", ARGUMENTS, name, value=str(getattr(self, name)), facts=facts)
                )
        wrong = [finding for finding in found if finding is not None]
        if wrong:
            raise InvalidInput(wrong, ARGUMENTS)


def read_market_settings(given: object) -> MarketSettings:
    """Take settings, or a mapping of some of them; None are the defaults.

    Raises
    ------
    InvalidInput
        With every name that is not known, or every value out of its range.
    """
    if given is None or isinstance(given, MarketSettings):
        return given or MarketSettings()
    if not isinstance(given, Mapping):
        refuse("asked.kind", "settings", given, kind="MarketSettings")
    known = [field.name for field in fields(MarketSettings)]
    found = []
    for name in given:
        if name not in known:
            near = difflib.get_close_matches(str(name), known, n=3, cutoff=0.5) or known
            facts = {"known": ", ".join(near)}
            found.append(Finding("market.settings.unknown", ARGUMENTS, str(name), value=str(name), facts=facts))
    try:
        settings = MarketSettings(**{str(name): value for name, value in given.items() if name in known})
    except InvalidInput as refused:
        raise InvalidInput([*found, *refused.findings], ARGUMENTS) from None
    if found:
        raise InvalidInput(found, ARGUMENTS)
    return settings


def _whole(name: str, given: object, least: int) -> Finding | None:
    if isinstance(given, int) and not isinstance(given, bool) and given >= least:
        return None
    return Finding("market.settings.whole", ARGUMENTS, name, value=str(given), facts={"least": least})


def _share(name: str, given: object) -> Finding | None:
    if isinstance(given, int | float) and not isinstance(given, bool) and 0 < given < 1:
        return None
    return Finding("market.settings.share", ARGUMENTS, name, value=str(given))
