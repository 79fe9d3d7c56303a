"""All Hypothesis strategies in one place: tables of values, weights, whole small tenders."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

import numpy as np
import numpy.typing as npt
from hypothesis import strategies as st

from supplier_eval.intake.envelope import Envelope
from supplier_eval.intake.notice import Lot, Notice
from supplier_eval.intake.raw_table import RawTable
from supplier_eval.intake.tender import Evaluator, Tender
from supplier_eval.intake.typed import Reading
from supplier_eval.policy import Policy

MARK_COLUMNS = ["bid", "criterion", "evaluator", "round", "mark", "label", "comment", "row"]


def policy_mapping(weights: dict[str, object] | None = None, **changes: object) -> dict[str, object]:
    """A small valid policy: three judged criteria and the price, adopted."""
    points = {"quality": 30, "capability": 20, "emergency": 10, "price": 40} | (weights or {})
    criteria: list[dict[str, object]] = [
        {
            "id": name,
            "name": name,
            "weight": points[name],
            "source": "marks",
            "anchors": [{"mark": 0, "words": "absent"}, {"mark": 100, "words": "excellent"}],
        }
        for name in ("quality", "capability", "emergency")
    ]
    criteria.append(
        {
            "id": "price",
            "name": "price",
            "weight": points["price"],
            "source": "price",
            "price": {"formula": "lowest_over_price"},
        }
    )
    return {
        "name": "test-policy",
        "regime": "service-outsourcing",
        "categories": [],
        "criteria": criteria,
        "price": {"abnormal": [{"kind": "below_share_of_ceiling", "limit": "0.001"}]},
        "adoption": {"by": "the board", "on": "2026-01-01"},
        **changes,
    }


@dataclass(frozen=True)
class Offer:
    """One bid of a made-up tender: marks by evaluator and criterion, and a price."""

    bid: str
    marks: dict[str, dict[str, float]]
    price: Decimal


def make_tender(
    offers: list[Offer],
    policy: Policy,
    ceiling: Decimal | None = None,
    notice: dict[str, object] | None = None,
    **changes: object,
) -> Tender:
    """A one-lot tender straight from objects, published with its policy's fingerprint."""
    import pandas as pd

    head = {"id": "t", "title": "t", "policy": "policy.toml", "policy_fingerprint": policy.fingerprint}
    published = Notice.model_validate({**head, "lots": [Lot(id="1", ceiling=ceiling)], **(notice or {})})
    ids = sorted(offer.bid for offer in offers)
    bids = pd.DataFrame(
        {"lot": "1", "bidder": ids, "name": ids, "received": None, "small_business": False, "row": 2},
        index=pd.Index(ids, name="bid"),
    )
    rows = [
        (o.bid, criterion, evaluator, "independent", mark, "", "", 0)
        for o in offers
        for evaluator, given in o.marks.items()
        for criterion, mark in given.items()
    ]
    marks = pd.DataFrame(rows, columns=MARK_COLUMNS)
    members = sorted({evaluator for o in offers for evaluator in o.marks})
    table = RawTable(
        "prices",
        "prices.csv",
        ("bid", "item", "amount"),
        tuple((o.bid, "total", f"{o.price:f}") for o in offers),
        tuple(range(2, len(offers) + 2)),
    )
    tender = Tender(
        notice=published,
        policy=policy,
        bids=bids,
        facts={},
        marks=marks,
        evaluators={m: Evaluator(m, m, "expert") for m in members},
        past={},
        rulings=(),
        envelope=Envelope(lambda: (table, []), Reading(decimal="."), tuple(ids)),
        digests={"made": repr(sorted((o.bid, str(o.price)) for o in offers))},
    )
    return replace(tender, **changes)


def flat(bid: str, mark: float, price: str, evaluators: int = 3) -> Offer:
    """An offer with the same mark everywhere."""
    marks = dict.fromkeys(("quality", "capability", "emergency"), float(mark))
    return Offer(bid, {f"E{i + 1}": dict(marks) for i in range(evaluators)}, Decimal(price))


@st.composite
def offers(draw: st.DrawFn, fewest: int = 1, most: int = 6) -> list[Offer]:
    """Some bids with marks of three evaluators on three criteria (0-100 in halves), and prices in cents."""
    n = draw(st.integers(fewest, most))
    half_marks = st.integers(0, 200).map(lambda x: x / 2)
    made = []
    for i in range(n):
        marks = {
            evaluator: {name: draw(half_marks) for name in ("quality", "capability", "emergency")}
            for evaluator in ("E1", "E2", "E3")
        }
        price = Decimal(draw(st.integers(1_00, 1_000_00))) / 100
        made.append(Offer(f"B{i + 1}", marks, price))
    return made


@st.composite
def blocks(draw: st.DrawFn) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64], npt.NDArray[np.bool_]]:
    """A block of tenders: values (criteria, bids, tenders), weights, and who is eligible."""
    n_criteria, n_bids, n_tenders = draw(st.tuples(st.integers(1, 8), st.integers(1, 12), st.integers(1, 5)))
    seed = draw(st.integers(0, 2**32 - 1))
    rng = np.random.default_rng(seed)
    values = np.round(rng.uniform(0, 100, (n_criteria, n_bids, n_tenders)), draw(st.integers(0, 8)))
    weights = rng.dirichlet(np.ones(n_criteria))
    eligible = rng.uniform(size=(n_bids, n_tenders)) < 0.8
    return values, weights, eligible
