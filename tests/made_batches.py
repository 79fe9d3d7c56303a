"""Random policies with tenders under them, once as tenders for `evaluate`, once as rows of a long table."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import numpy as np
import pandas as pd

from strategies import MARK_COLUMNS
from supplier_eval.intake.envelope import Envelope
from supplier_eval.intake.notice import Item, Lot, Notice
from supplier_eval.intake.raw_table import RawTable
from supplier_eval.intake.tender import Evaluator, Fact, PastScore, Tender
from supplier_eval.intake.typed import Reading
from supplier_eval.policy import Policy

DEADLINE = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
FORMULAS: dict[str, dict[str, object]] = {
    "lowest_over_price": {},
    "linear_to_twice_lowest": {"factor": "1.7"},
    "min_max": {},
    "linear_to_ceiling": {},
    "share_of_ceiling": {},
    "power_discount": {"alpha": "0.4"},
    "bilinear": {"x": "0.85"},
    "concave_ceiling": {"exponent": "2"},
    "trimmed_mean_benchmark": {"e1": "1", "e2": "0.5", "k": "0.97"},
    "mean_ratio": {},
    "distance_from_mean": {"at_mean": "50", "per_percent": "1.5"},
    "price_per_quality_point": {},
    "performance_per_price": {"corridor": "0.1"},
    "reduced_price": {"features_max": "0.2"},
}
VALUES: tuple[tuple[str, dict[str, Any] | None], ...] = (
    ("marks", None),
    ("marks", {"kind": "linear", "floor": "20", "target": "90"}),
    ("marks", {"kind": "piecewise_linear", "knots": [["0", "0"], ["50", "70"], ["100", "100"]]}),
    ("facts", {"kind": "step", "steps": [["20", "30"], ["50", "60"], ["80", "100"]]}),
    ("facts", {"kind": "threshold", "at": "40"}),
    ("facts", {"kind": "exponential", "floor": "0", "target": "100", "curvature": "2.5"}),
    ("facts", {"kind": "yes_no", "no": "10"}),
    ("marks", {"kind": "rubric", "levels": {"优": "100", "良": "75", "中": "50", "差": "0"}}),
    ("past", None),
)
GATES: tuple[dict[str, object], ...] = (
    {"id": "licence", "name": "licence", "kind": "yes"},
    {"id": "iso", "name": "iso", "kind": "valid_until", "margin_days": 30},
    {"id": "penalty", "name": "penalty", "kind": "none_since", "look_back_years": 3},
    {"id": "staff", "name": "staff", "kind": "at_least", "limit": "40"},
    {"id": "turnover", "name": "turnover", "kind": "at_most", "limit": "80"},
)


@dataclass(frozen=True)
class Made:
    """A policy, tenders under it, and the same bids as a long table."""

    policy: Policy
    tenders: list[Tender]
    frame: pd.DataFrame


def random_policy(rng: np.random.Generator) -> Policy:
    """Criteria of several sources below a node and at the top, one price or two, and some of all rules."""
    kinds = [VALUES[i] for i in rng.choice(len(VALUES), rng.integers(2, 6), replace=False)]
    points = rng.multinomial(60, np.ones(len(kinds)) / len(kinds)) + 1
    total = int(points.sum())
    criteria: list[dict[str, object]] = [
        {"id": "technical", "name": "technical", "weight": 60, "total": total},
    ]
    for i, ((source, value), weight) in enumerate(zip(kinds, points.tolist(), strict=True)):
        made: dict[str, object] = {"id": f"c{i}", "name": f"criterion {i}", "weight": weight, "source": source}
        made |= {"parent": "technical"} | ({} if value is None else {"value": value})
        if source in {"facts", "past"}:
            made["when_missing"] = 35
        else:
            made["anchors"] = [{"mark": 0, "words": "absent"}, {"mark": 100, "words": "excellent"}]
        criteria.append(made)
    split = rng.random() < 0.3
    names = list(FORMULAS)
    used = [names[i] for i in rng.integers(0, len(names), 2)]
    fed = {"price_per_quality_point", "performance_per_price", "reduced_price"}
    ceilings = {"linear_to_ceiling", "share_of_ceiling", "power_discount", "bilinear", "concave_ceiling"}
    for i in range(2 if split else 1):
        given = dict(FORMULAS[used[i]])
        if used[i] in ceilings and (split or rng.random() < 0.3):
            given["ceiling"] = "900"
        price: dict[str, object] = {"formula": used[i], "parameters": given}
        if split:
            price["items"] = [f"item{i}"] if i else ["item0", "item2"]
        if used[i] in fed and rng.random() < 0.5:
            price["quality_from"] = ["c0", "c1"]
        weight = (25, 15)[i] if split else 40
        criteria.append({"id": f"p{i}", "name": f"price {i}", "weight": weight, "source": "price", "price": price})
    floors = [
        {"criterion": str(rng.choice(["technical", "c0", "c1"])), "minimum": int(rng.integers(5, 40)), "unit": unit}
        for unit in rng.choice(["value", "points"], rng.integers(0, 3))
    ]
    floors = [f | {"minimum": min(int(f["minimum"]), 1)} if f["unit"] == "points" else f for f in floors]
    abnormal = [
        {"kind": str(kind), "limit": limit, "minimum_bids": int(rng.integers(1, 4))}
        for kind, limit in (
            ("below_share_of_mean", "0.8"),
            ("above_share_of_mean", "1.2"),
            ("below_share_of_ceiling", "0.6"),
            ("below_share_of_second", "0.9"),
            ("points_fraction", "0.4"),
        )
        if rng.random() < 0.4
    ] or [{"kind": "below_share_of_mean", "limit": "0.7"}]
    if all(str(line["kind"]).startswith(("above", "points")) for line in abnormal):
        abnormal.append({"kind": "below_share_of_mean", "limit": "0.7"})
    keys = [k for k in ("higher:c0", "lower_price", "higher:technical", "higher:p0") if rng.random() < 0.5]
    procedure: dict[str, object] = {"minimum_valid_bids": int(rng.choice([1, 1, 2, 3]))}
    if rng.random() < 0.4 and "reduced_price" not in used:  # coefficients that add up to more than can be had
        procedure["technical"] = {"criteria": ["technical"], "rescale_to_best": True}
    if rng.random() < 0.3:
        procedure["envelopes"] = 2
    places = [None if rng.random() < 0.5 else int(rng.integers(0, 3)) for _ in range(3)]
    rounding = {k: p for k, p in zip(("mark", "criterion", "total"), places, strict=True) if p is not None}
    rate = str(rng.choice(["0", "0", "0.1", "0.06"]))
    return Policy.from_mapping(
        {
            "name": "random",
            "regime": "service-outsourcing",
            "categories": [],
            "minor_units": int(rng.choice([0, 2])),
            "criteria": criteria,
            "gates": [g for g in GATES if rng.random() < 0.3],
            "floors": floors,
            "ties": {"keys": keys},
            "rounding": rounding,
            "procedure": procedure,
            "price": {"abnormal": abnormal, "small_business_deduction": rate},
            "adoption": {"by": "the board", "on": "2026-01-01"},
        }
    )


def random_rows(policy: Policy, tender: str, rng: np.random.Generator, n_bids: int) -> list[dict[str, object]]:
    """Bids of one tender as rows: coarse figures, so that ties and equal prices come up."""
    top = float(rng.choice([np.nan, 600.0, 900.0])) if not _needs_ceiling(policy) else 900.0
    bottom = float(rng.choice([np.nan, np.nan, 250.0]))
    rows: list[dict[str, object]] = []
    for b in range(n_bids):
        if rows and rng.random() < 0.25:  # the twin of another bid, at times at another price
            twin = rows[int(rng.integers(len(rows)))] | {"bid": f"B{b}"}
            rows.append(twin | ({"price": 333.0} if rng.random() < 0.3 else {}))
            continue
        row: dict[str, object] = {"tender": tender, "bid": f"B{b}", "ceiling": top, "price_floor": bottom}
        row["deadline"] = pd.Timestamp(DEADLINE)
        row["received"] = pd.Timestamp(DEADLINE) + pd.Timedelta(
            minutes=int(rng.choice([-50, -5, 0, 1], p=[0.4, 0.4, 0.1, 0.1]))
        )
        row["small_business"] = bool(rng.random() < 0.3)
        for gate in policy.gates:
            row[gate.id] = _gate_cell(gate.kind, rng)
        for leaf in policy.criteria:
            if leaf.source in {"marks", "facts", "past"}:
                row[leaf.id] = _cell(leaf, rng)
        cents = int(rng.integers(2, 9)) * 10_000 if rng.random() < 0.5 else int(rng.integers(15_000, 89_000))
        row["price"] = cents / 100
        for i in range(3):
            row[f"item{i}"] = int(rng.integers(5_000, 29_000)) / 100
        rows.append(row)
    return rows


def _needs_ceiling(policy: Policy) -> bool:
    return any(
        c.price is not None
        and c.price.formula
        in {"linear_to_ceiling", "share_of_ceiling", "power_discount", "bilinear", "concave_ceiling"}
        for c in policy.criteria
    )


def _gate_cell(kind: str, rng: np.random.Generator) -> object:
    if rng.random() < 0.04:
        return None
    if kind == "yes":
        return "yes" if rng.random() < 0.9 else "no"
    if kind == "valid_until":
        return str(rng.choice(["2026-03-31", "2026-04-01", "2027-01-01", "长期"]))
    if kind == "none_since":
        return str(rng.choice(["none", "none", "2023-03-02", "2023-03-01", "2020-01-01"]))
    return float(rng.choice([39, 40, 41, 60, 80, 80.5], p=[0.1, 0.2, 0.2, 0.3, 0.1, 0.1]))


def _cell(leaf: Any, rng: np.random.Generator) -> object:
    kind = getattr(leaf.value, "kind", None)
    if kind == "rubric":
        return str(rng.choice(list(leaf.value.levels)))
    if kind == "yes_no":
        return "yes" if rng.random() < 0.7 else "no"
    if leaf.source == "past" and rng.random() < 0.15:
        return None
    return float(rng.integers(0, 21) * 5) if rng.random() < 0.6 else round(float(rng.uniform(0, 100)), 2)


def as_tender(policy: Policy, rows: list[dict[str, object]]) -> Tender:
    """The rows of one tender as a tender with a panel of one."""
    first = rows[0]
    limits = {k: Decimal(str(first[k])) for k in ("ceiling", "price_floor") if first[k] == first[k]}
    items = sorted({name for c in policy.criteria if c.price is not None for name in c.price.items})
    notice = Notice(
        id=str(first["tender"]),
        title="t",
        policy="policy.toml",
        policy_fingerprint=policy.fingerprint,
        deadline=DEADLINE,
        published=DEADLINE - timedelta(days=30),
        technical_locked=DEADLINE,
        lots=(Lot(id="1", **limits),),
        items=tuple(Item(id=name) for name in items),
    )
    ids = sorted(str(row["bid"]) for row in rows)
    by_id = {str(row["bid"]): row for row in rows}
    bids = pd.DataFrame(
        {
            "lot": "1",
            "bidder": ids,
            "name": ids,
            "received": pd.Series([by_id[i]["received"].to_pydatetime() for i in ids], index=ids, dtype=object),
            "small_business": [by_id[i]["small_business"] for i in ids],
            "row": 2,
        },
        index=pd.Index(ids, name="bid"),
    )
    leaves = [c for c in policy.criteria if c.source in {"marks", "facts", "past"}]
    marks, facts, past = [], {}, {}
    for bid in ids:
        row = by_id[bid]
        for leaf in leaves:
            cell = row[leaf.id]
            if leaf.source == "marks":
                level = str(cell) if getattr(leaf.value, "kind", "") == "rubric" else ""
                figure = float(leaf.value.levels[level]) if level else float(cell)
                marks.append((bid, leaf.id, "E", "independent", figure, level, "", 0))
            elif leaf.source == "facts":
                facts[(bid, leaf.id)] = Fact(_fact(leaf, cell), str(cell))
            elif cell is not None:
                past[bid] = PastScore(Decimal(str(cell)), "2025")
        for gate in policy.gates:
            if row[gate.id] is not None:
                facts[(bid, gate.id)] = Fact(_gate_fact(gate.kind, row[gate.id]), str(row[gate.id]))
    priced = [(i, name, str(by_id[i][name])) for i in ids for name in items] or [
        (i, "total", str(by_id[i]["price"])) for i in ids
    ]
    table = RawTable("prices", "prices.csv", ("bid", "item", "amount"), tuple(priced), tuple(range(2, len(priced) + 2)))
    return Tender(
        notice=notice,
        policy=policy,
        bids=bids,
        facts=facts,
        marks=pd.DataFrame(marks, columns=MARK_COLUMNS),
        evaluators={"E": Evaluator("E", "E", "expert")},
        past=past,
        rulings=(),
        envelope=Envelope(lambda: (table, []), Reading(decimal="."), tuple(ids)),
        digests={"made": "x"},
    )


def _fact(leaf: Any, cell: Any) -> object:
    return cell == "yes" if getattr(leaf.value, "kind", "") == "yes_no" else Decimal(str(cell))


def _gate_fact(kind: str, cell: Any) -> object:
    if kind == "yes":
        return cell == "yes"
    if cell == "none":
        return "none"
    if kind in {"valid_until", "none_since"}:
        return date.max if cell == "长期" else date.fromisoformat(cell)
    return Decimal(str(cell))


def made_batch(seed: int, tenders: int) -> Made:
    """A random policy and tenders under it, their rows shuffled."""
    rng = np.random.default_rng(seed)
    policy = random_policy(rng)
    groups = [random_rows(policy, f"T{t:03d}", rng, int(rng.integers(1, 8))) for t in range(tenders)]
    frame = pd.DataFrame([row for rows in groups for row in rows])
    for name in [g.id for g in policy.gates if g.kind in {"yes", "valid_until", "none_since"}]:
        frame[name] = frame[name].astype("str").where(frame[name].notna())
    frame = frame.iloc[rng.permutation(len(frame))]
    return Made(policy, [as_tender(policy, rows) for rows in groups], frame)
