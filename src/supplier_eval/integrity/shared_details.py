"""Contact, bank account or address that different bidders of one tender have in common.

Details are compared after NFKC, case folding, without spaces, punctuation and control characters; so that
``＋86 10-1234`` and ``+86101234`` are the same number. Details that differ only by letters that look alike (0 and O,
Latin and Cyrillic) are reported as look-alikes, not as the same. Blank, and words that stand for nothing, are no
details.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations, islice

import numpy as np

from supplier_eval.intake.identifiers import TWINS, id_key
from supplier_eval.integrity.market_arrays import IntArray

NOTHING = {"", "na", "none", "nil", "null", "nan", "unknown", "tbd", "0", "x"}
NOTHING |= {"无", "没有", "不详", "未知", "暂无", "同上"}
MOST_PAIRS = 10_000


@dataclass(frozen=True)
class Shared:
    """Two bidders of one tender with a detail in common.

    Parameters
    ----------
    tender, first, second : int
        Codes; first below second.
    kind : str
        ``contact``, ``bank`` or ``address``.
    value : str
        As compared.
    alike : bool
        Whether the two only look alike.
    """

    tender: int
    first: int
    second: int
    kind: str
    value: str
    alike: bool


def detail_key(text: object) -> str:
    """A detail as it is compared; empty where it says nothing."""
    folded = id_key(str(text))
    kept = "".join(c for c in folded if unicodedata.category(c)[0] in "LNSM" and unicodedata.category(c) != "Zs")
    plain = kept.replace("+", "").replace("|", "")
    return "" if plain in NOTHING or (len(set(plain)) == 1 and plain.isdigit()) else plain


def shared_details(
    tender: IntArray, bidder: IntArray, details: Sequence[object], kind: str, most: int = MOST_PAIRS
) -> tuple[list[Shared], int]:
    """Find the pairs of bidders of one tender whose detail is the same, or looks the same.

    Parameters
    ----------
    tender, bidder : ndarray of int, shape (n_bids,)
        Codes.
    details : sequence of length n_bids
        One detail a bid; blank where there is none.
    kind : str
        What it is.
    most : int
        Pairs at most.

    Returns
    -------
    tuple of (list of Shared, int)
        Pairs in the order of tender and bidders, and how many were left out.
    """
    seen: dict[str, str] = {}
    groups: dict[tuple[int, str], dict[int, str]] = defaultdict(dict)
    for t, b, text in zip(np.asarray(tender).tolist(), np.asarray(bidder).tolist(), details, strict=True):
        written = "" if text is None else str(text)
        key = seen.setdefault(written, detail_key(written))
        if key:
            groups[t, key.translate(TWINS)].setdefault(b, key)
    found = (
        Shared(t, a, b, kind, group[a], group[a] != group[b])
        for (t, _), group in sorted(groups.items())
        if len(group) > 1
        for a, b in combinations(sorted(group), 2)
    )
    pairs = list(islice(found, most))
    total = sum(len(group) * (len(group) - 1) // 2 for group in groups.values())
    return sorted(pairs, key=lambda s: (s.tender, s.first, s.second)), total - len(pairs)
