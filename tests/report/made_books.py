"""Evaluations whose workbooks an auditor changes: every sample, other profiles, formulas that read quality."""

from __future__ import annotations

import csv
import functools
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

from report.made_files import sample
from report.made_reports import evaluate, evaluated, policy_data, read_tender, write_folder
from supplier_eval.evaluation import Evaluation
from supplier_eval.policy import Policy

NAMES = ("Alpha IT", "Beta 服务", "Gamma AG", "Delta Ltd", "Epsilon", "Zeta")
TECHNICAL = {"criteria": ["qualification", "capability", "quality", "emergency"], "rescale_to_best": True}
WEIGHED = ("service-desk", "museum-services", "ratio", "corridor", "reduced", "benchmark", "outside", "weightless")


def changed(evaluation: Evaluation) -> Evaluation:
    """The same tender under moved weights."""
    policy = evaluation.tender.policy.replace(weights=moved(evaluation))
    return evaluate(evaluation.tender.with_policy(policy))


def moved(evaluation: Evaluation) -> dict[str, Decimal]:
    """Weights after the last criterion of every node gave up to three points to the first."""
    tree, out = evaluation.tender.tree, {}
    for node in ("", *tree.by_id):
        below = tree.children(node)
        if len(below) > 1 and below[-1].weight > 0:
            step = min(Decimal(3), below[-1].weight / 2)
            out |= {below[0].id: below[0].weight + step, below[-1].id: below[-1].weight - step}
    return out


def to_weigh(name: str, folder: Path) -> Evaluation:
    """One of `WEIGHED`."""
    return sample(name) if "-" in name else _MADE[name](folder / name)


def _policy(formula: str, parameters: Mapping[str, Any], reads: tuple[str, ...] = (), **rules: Any) -> Policy:
    data = policy_data(**rules)
    price = next(c for c in data["criteria"] if c["id"] == "price")
    price["price"] = {"formula": formula, "parameters": dict(parameters), "quality_from": list(reads)}
    return Policy.from_mapping(data)


def _ratio(folder: Path) -> Evaluation:
    """Quality over price; two lots, trimmed marks of which one is missing, nothing rounded."""
    panel = {"minimum_members": 3, "aggregation": "trimmed_mean", "trim": 1}
    policy = _policy("price_per_quality_point", {}, ("quality", "team"), panel=panel, rounding={})
    return evaluated(folder, NAMES, policy, lots=("north", "south"), conflicts={"E5": "B1"})


def _corridor(folder: Path) -> Evaluation:
    """Quality over price with a corridor, read from values that were stretched to the best; medians."""
    rules: dict[str, Any] = {"procedure": {"technical": TECHNICAL}, "panel": {"aggregation": "median"}}
    reads = tuple(TECHNICAL["criteria"])
    return evaluated(folder, NAMES, _policy("performance_per_price", {"corridor": "0.1"}, reads, **rules))


def _reduced(folder: Path) -> Evaluation:
    return evaluated(folder, NAMES, _policy("reduced_price", {"features_max": "0.3"}, ("capability",)))


def _benchmark(folder: Path) -> Evaluation:
    parameters = {"e1": 1, "e2": "0.5", "k": "0.97"}
    return evaluated(folder, NAMES, _policy("trimmed_mean_benchmark", parameters, rounding={"total": 1}))


def _outside(folder: Path) -> Evaluation:
    """Two envelopes; the best technical bid is out for its price and still sets the best of all that were opened."""
    asked = {"asked": "explain", "asked_on": "2026-03-08", "answer": "no", "answered_on": "2026-03-08"}
    ruling = {"bid": "B6", "case": "price.abnormal.below_share_of_mean", "ruling": "exclude", "value": "", **asked}
    ruling |= {"by": "Dr E2-Surname", "on": "2026-03-09", "reason": "not explained"}
    return evaluated(
        folder,
        NAMES,
        _policy("lowest_over_price", {}, procedure={"envelopes": 2, "technical": TECHNICAL}),
        notice={"technical_locked": "2026-03-08T09:00:00+08:00"},
        marks={(5, leaf, f"E{k}"): 99.0 for leaf in ("team", "method", "plan", "drills") for k in range(1, 6)},
        prices=["1000000", "1100000", "1050000", "1000000", "990000", "300000.50"],
        rulings=[ruling],
    )


def _weightless(folder: Path) -> Evaluation:
    """Quality weighs nothing beside the price that reads it (UK, price per quality point)."""
    data = policy_data(floors=[], ties={"keys": ["lower_price"]})
    kept = [c for c in data["criteria"] if {c["id"], c.get("parent")} & {"quality", "price"}]
    price, quality = (next(c for c in kept if c["id"] == name) for name in ("price", "quality"))
    price |= {"weight": 100, "price": {"formula": "price_per_quality_point", "quality_from": ["quality"]}}
    quality["weight"] = 0
    write_folder(folder, Policy.from_mapping({**data, "criteria": kept}), NAMES)
    table = folder / "requirements.csv"
    with table.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.reader(file) if row[1] in {"requirement", "licence", "certified"}]
    with table.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    return evaluate(read_tender(folder))


_MADE = {
    "ratio": functools.cache(_ratio),
    "corridor": functools.cache(_corridor),
    "reduced": functools.cache(_reduced),
    "benchmark": functools.cache(_benchmark),
    "outside": functools.cache(_outside),
    "weightless": functools.cache(_weightless),
}
