"""Figures and flags of the screens as tables."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import numpy as np

from supplier_eval.flags import Flag
from supplier_eval.integrity.price_figures import LEAST, NEEDS_LOSERS, NEEDS_SPREAD
from supplier_eval.messages import Lang

if TYPE_CHECKING:
    import pandas as pd

    from supplier_eval.integrity.bid_screens import BidScreens

TESTS = ("ks_uniform", "ks_inner", "ks_p", "ks_q", "gap_share", "gap_p", "gap_q")
FLAG_COLUMNS = ("tender", "screen", "bidders", "figure", "threshold", "clause", "state", "says")


def screens_frame(screens: BidScreens) -> pd.DataFrame:
    """One row a tender, see `BidScreens.to_frame`."""
    import pandas as pd

    table, n = screens.table, len(screens.table.tenders)
    new = np.ones(len(table), dtype=np.int64)
    new[1:] = (table.tender[1:] != table.tender[:-1]) | (table.bidder[1:] != table.bidder[:-1])
    count, names = np.zeros(n, dtype=np.int64), np.full(n, "", dtype=object)
    place = {label: at for at, label in enumerate(table.labels)} if screens.flags else {}
    seen: dict[int, set[str]] = {}
    for flag in screens.flags:
        if flag.lot:
            at = place[flag.lot]
            count[at] += 1
            seen.setdefault(at, set()).add(flag.code.removeprefix("screens."))
    for at, codes in seen.items():
        names[at] = ", ".join(sorted(codes))
    columns = {
        "tender": np.array(table.tenders, dtype=object),
        "lot": np.array(table.lots, dtype=object),
        "n_bids": table.n_bids,
        "n_bidders": np.add.reduceat(new, table.start[:-1]),
        **screens.figures,
        "flags": count,
        "screens": names,
        "not_defined": _reasons(screens),
    }
    return pd.DataFrame(columns).astype({"tender": "str", "lot": "str", "screens": "str", "not_defined": "str"})


def why_not(n_bids: int, all_equal: bool, losers_equal: bool) -> dict[str, list[str]]:
    """Reason → the figures that are not defined for it.

    Reasons: ``few_bids``, ``equal_prices`` (all prices equal) and ``equal_losers`` (all losing prices equal).
    """
    reasons: dict[str, list[str]] = {}
    needs = {**LEAST, **dict.fromkeys(TESTS, 3)}
    for figure, least in needs.items():
        if n_bids < least:
            reasons.setdefault("few_bids", []).append(figure)
        elif all_equal and (figure in NEEDS_SPREAD or figure in TESTS):
            reasons.setdefault("equal_prices", []).append(figure)
        elif losers_equal and figure in NEEDS_LOSERS:
            reasons.setdefault("equal_losers", []).append(figure)
    return reasons


def equalities(screens: BidScreens) -> tuple[np.ndarray, np.ndarray]:
    """Whether all prices of a tender are equal, and whether all but the lowest are."""
    figures = screens.figures
    all_equal = figures["lowest"] == figures["highest"]
    return all_equal, figures["second"] == figures["highest"]


def _reasons(screens: BidScreens) -> np.ndarray:
    """The reasons of every tender as text, made once for each combination."""
    all_equal, losers_equal = equalities(screens)
    sizes = np.minimum(screens.table.n_bids, max(LEAST.values()))
    key = sizes * 4 + all_equal * 2 + losers_equal
    words = np.full(len(key), "", dtype=object)
    for one in np.unique(key).tolist():
        reasons = why_not(one // 4, bool(one & 2), bool(one & 1))
        words[key == one] = "; ".join(f"{reason}: {', '.join(figures)}" for reason, figures in reasons.items())
    return words


def flags_frame(flags: Iterable[Flag], lang: Lang) -> pd.DataFrame:
    """One row a flag; `tender` is empty where the pattern goes across tenders."""
    import pandas as pd

    rows = [
        (f.lot, f.code.removeprefix("screens."), f.bid, f.figure, f.threshold, f.clause, f.state, f.say(lang))
        for f in flags
    ]
    frame = pd.DataFrame(rows, columns=list(FLAG_COLUMNS))
    return frame.astype({"figure": "float64", "threshold": "float64"})
