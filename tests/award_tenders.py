"""Small evaluated tenders with several lots, for the tests of the award."""

from __future__ import annotations

import pandas as pd

from strategies import flat, make_tender, policy_mapping
from supplier_eval.flags import Ruling
from supplier_eval.intake.notice import Lot
from supplier_eval.policy import Policy
from supplier_eval.procedure import evaluate

TWO_LOTS = (("A1", "L1", "A", 80, "100"), ("B1", "L1", "B", 60, "80.5"), ("a2", "L2", "a", 50, "33.33"))


def evaluated(rows=TWO_LOTS, lots=("L1", "L2"), small=(), rulings=(), award=None, **rules):
    """An evaluation of bids (bid, lot, bidder, mark everywhere, price); `small` names bids of small businesses."""
    policy = Policy.from_mapping(policy_mapping(**({"award": award} if award else {}), **rules))
    offers = [flat(bid, mark, price) for bid, _, _, mark, price in rows]
    table = pd.DataFrame(
        {
            "lot": [row[1] for row in rows],
            "bidder": [row[2] for row in rows],
            "name": [f"Firm {row[2]}".strip() for row in rows],
            "received": None,
            "small_business": [row[0] in small for row in rows],
            "row": range(2, len(rows) + 2),
        },
        index=pd.Index([row[0] for row in rows], name="bid"),
    ).sort_index()
    notice = {"lots": [Lot(id=lot) for lot in lots]}
    return evaluate(make_tender(offers, policy, notice=notice, bids=table, rulings=tuple(rulings)))


def withdrawal(bid):
    """A ruling by which a bid withdraws after the lock."""
    from datetime import date

    return Ruling(bid=bid, case="withdrawal", ruling="note", by="the board", on=date(2026, 3, 1), reason="-")
