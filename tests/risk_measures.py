"""Measures and responses for the small register of tests."""

from __future__ import annotations

import itertools

import pandas as pd

from risk_registers import AS_OF, TABLES
from supplier_eval.risk import RiskRegister, assess_responses

REGISTER = RiskRegister.read(TABLES, as_of=AS_OF)
MEASURE_COLUMNS = ["measure", "risk", "state", "cost", "frequency_factor", "severity_factor", "tested_on", "test_due"]
MEASURES = pd.DataFrame(
    [
        ("login", "leak", "in_place", None, 0.5, None, "2025-11-01", "2026-05-01"),
        ("backup", "leak", "in_place", None, None, 0.2, "2025-01-01", "2025-12-31"),
        ("insurance", "LEAK", "proposed", 1000.0, None, 0.4, None, None),
        ("second source", "rates", "proposed", 5000.5, 0.5, 0.5, None, None),
        ("second source", "交付", "proposed", 5000.5, 0.5, None, None, None),
    ],
    columns=MEASURE_COLUMNS,
)
RESPONSES = pd.DataFrame(
    [
        ("leak", "reduce", "Wang", "cheap", None, None),
        ("rates", "accept", "Wang", "market", "2025-06-01", "2025-12-31"),
    ],
    columns=["risk", "response", "approver", "reason", "decided_on", "expires"],
)


def assessed(measures=MEASURES, responses=RESPONSES, register=REGISTER):
    return assess_responses(register, measures, responses)


def many_measures(count):
    """So many proposed measures, half of them at each of two risks: each halves one of them."""
    rows = [(f"m{n:02d}", "leak" if n % 2 else "rates", "proposed", 1.0, 0.5, None, None, None) for n in range(count)]
    return pd.DataFrame(rows, columns=MEASURE_COLUMNS)


def brute_force(problem, budget):
    """The least loss within a budget, by trying every set."""
    every = range(len(problem.costs))
    sets = itertools.chain.from_iterable(itertools.combinations(every, n) for n in range(len(problem.costs) + 1))
    return min(problem.loss(held) for held in sets if problem.cost(held) <= budget)
