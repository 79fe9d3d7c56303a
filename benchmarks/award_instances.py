"""Award instances of any size from a seed: lognormal demands and prices, spend tiers, capacity of thrice the demand."""

from __future__ import annotations

import numpy as np

from supplier_eval.award import AwardProblem


def generated(lots: int, suppliers: int, bids_per_lot: int, seed: int = 0) -> dict:
    """An ``award-instance/1`` document: figures with the digits of a price list, a whole bid for every lot."""
    rng = np.random.default_rng(seed)
    lot_ids = [f"L{at:04d}" for at in range(lots)]
    supplier_ids = [f"S{at:03d}" for at in range(suppliers)]
    demand = np.maximum(10, np.round(rng.lognormal(5.0, 0.75, lots)))
    baseline = np.round(rng.lognormal(2.3, 0.65, lots), 2)
    spend = float(demand @ baseline) / suppliers
    room = rng.lognormal(0.0, 0.6, suppliers)
    capacity = np.maximum(np.round(3.1 * demand.sum() * room / room.sum()), 0.8 * demand.sum() / suppliers)
    level = rng.normal(0.0, 0.04, suppliers)
    bids = []
    for at, lot in enumerate(lot_ids):
        offering = np.sort(rng.choice(suppliers, size=min(bids_per_lot, suppliers), replace=False))
        whole = rng.random(offering.size) < 0.75
        whole[0] = True
        prices = np.round(baseline[at] * np.exp(level[offering] + rng.normal(0.0, 0.09, offering.size)), 2)
        bids += [
            {"lot": lot, "supplier": supplier_ids[who], "price": max(price, 0.01), "max_share": 1.0 if full else 0.6}
            for who, price, full in zip(offering.tolist(), prices.tolist(), whole.tolist(), strict=True)
        ]
    tiers = {
        name: {
            "kind": "all_units",
            "basis": "spend",
            "breaks": [0, round(low * spend, -1), round(high * spend, -1)],
            "discount": [0, round(some, 4), round(some + more, 4)],
        }
        for name, low, high, some, more in zip(
            supplier_ids,
            rng.uniform(0.4, 1.0, suppliers).tolist(),
            rng.uniform(1.1, 2.3, suppliers).tolist(),
            rng.uniform(0.005, 0.02, suppliers).tolist(),
            rng.uniform(0.005, 0.018, suppliers).tolist(),
            strict=True,
        )
    }
    return {
        "schema": "award-instance/1",
        "lots": [
            {"id": name, "demand": float(size), "baseline": float(price)}
            for name, size, price in zip(lot_ids, demand, baseline, strict=True)
        ],
        "suppliers": [
            {"id": name, "capacity": float(np.ceil(most)), "fixed_cost": round(spend * share)}
            for name, most, share in zip(supplier_ids, capacity, rng.uniform(0.01, 0.039, suppliers), strict=True)
        ],
        "bids": bids,
        "tiers": tiers,
        "rules": [
            {"id": "R1", "type": "max_winners", "value": round(0.6 * suppliers)},
            {"id": "R2", "type": "max_winners_per_lot", "value": 2},
            {"id": "R3", "type": "min_share_if_awarded", "value": 0.2},
        ],
    }


def generated_problem(lots: int, suppliers: int, bids_per_lot: int, seed: int = 0, **terms: object) -> AwardProblem:
    """The same as a problem."""
    made = generated(lots, suppliers, bids_per_lot, seed)
    return AwardProblem(
        made["lots"], made["suppliers"], made["bids"], tiers=made["tiers"], rules=made["rules"], **terms
    )
