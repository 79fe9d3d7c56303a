"""From a register to a model: what is assessed, what is refused."""

from __future__ import annotations

import pandas as pd

from supplier_eval.risk.loss_register import read_register

REGISTER = pd.DataFrame(
    {
        "risk": ["b", "a", "c"],
        "low": [5, 1, None],
        "high": [40, 9, 3],
        "frequency": [2, 3, 1],
        "dispersion": [3, None, 1],
    }
)
SHOCKS = pd.DataFrame(
    {"shock": ["s", "s", "t"], "risk": ["A", "c", "c"], "frequency": [0.5, 0.5, 1], "probability": [None, 0.4, 0]}
)


def codes(findings):
    return [finding.code for finding in findings]


def test_a_risk_without_an_interval_is_not_assessed_and_leaves_its_shocks():
    register, findings = read_register(REGISTER, SHOCKS)
    assert not findings
    assert register.not_assessed == ("c",)
    assert register.keys == ("a", "b")
    assert [risk.frequency.dispersion for risk in register.model.risks] == [1.0, 3.0]
    assert [(shock.shock, shock.hits) for shock in register.model.shocks] == [("s", ((0, 1.0),)), ("t", ())]
    assert register.shock_keys == ("s", "t")


def test_a_probability_of_zero_is_zero():
    register, _ = read_register(REGISTER, SHOCKS.assign(risk=["a", "b", "b"]))
    assert register.model.shocks[0].hits == ((0, 1.0), (1, 0.4))
    assert register.model.shocks[1].hits == ((1, 0.0),)


def test_everything_wrong_in_both_tables_is_found_at_once():
    broken = REGISTER.assign(low=[50, -1, None], dispersion=[0.5, None, 1], currency=["CNY", "EUR", "CNY"])
    _, findings = read_register(broken, SHOCKS.assign(frequency=[0.5, "x", 1]))
    wrong = ["risk_table.not_number", "risk_table.out_of_range", "risk_table.out_of_range"]
    assert sorted(codes(findings)) == ["losses.currencies", "losses.interval", *wrong]
    _, findings = read_register(
        REGISTER.assign(low=50, currency=["CNY", "EUR", "CNY"]), SHOCKS.assign(frequency=[1, 2, 1])
    )
    assert codes(findings) == [*["losses.interval"] * 3, "losses.currencies", "losses.shock_frequency"]


def test_an_interval_of_more_than_nine_powers_of_ten_is_refused():
    _, findings = read_register(REGISTER.assign(low=[5, 1e-9, None]))
    assert [(finding.code, finding.rows) for finding in findings] == [("losses.interval_wide", (3,))]
    _, findings = read_register(REGISTER.assign(high=[40, 1e300, 3]))
    assert codes(findings) == ["risk_table.out_of_range"]


def test_a_shock_of_an_unknown_risk_is_refused_with_its_row():
    _, findings = read_register(REGISTER, SHOCKS.assign(risk=["a", "q", "b"]))
    assert [(finding.code, finding.rows, finding.value) for finding in findings] == [("losses.shock_risk", (3,), "q")]


def test_tables_of_another_kind_are_refused():
    _, findings = read_register([1], {"a": 2})
    assert codes(findings) == ["asked.frame", "asked.frame"]
