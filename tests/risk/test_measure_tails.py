"""What measures do to bad years."""

from __future__ import annotations

import pandas as pd
import pytest

from risk_measures import MEASURES, RESPONSES, assessed
from risk_registers import AS_OF, TABLES
from supplier_eval.errors import InvalidInput
from supplier_eval.risk import RiskRegister, compare_tails, simulate_losses

FOUND = assessed()


def test_before_is_the_residual_loss_and_after_is_lowered_by_the_factors():
    got = compare_tails(FOUND, ["insurance"], years=2000)
    assert got.before.exact_mean == pytest.approx(simulate_losses(FOUND.losses_table(), years=2000).exact_mean)
    saved = 0.6 * FOUND.risks["leak"].residual.expected_loss  # insurance leaves 0.4 of each loss
    assert got.before.exact_mean - got.after.exact_mean == pytest.approx(saved)
    assert got.after.tvar(0.99).value < got.before.tvar(0.99).value
    frame = got.to_frame().set_index(["measure", "level"])
    assert len(frame) == 5
    row = frame.loc[("tvar", 0.99)]
    assert row["saved"] == pytest.approx(row["before"] - row["after"])
    assert row["saved_error"] ** 2 == pytest.approx(row["before_error"] ** 2 + row["after_error"] ** 2)


def test_the_simulated_means_agree_with_the_closed_forms():
    got = compare_tails(FOUND, ["insurance", "second source"], years=40_000, seed=7)
    assert abs(got.before.check) < 4
    assert abs(got.after.check) < 4


def test_bought_or_not_the_untouched_risk_has_the_same_years():
    """All measures of one risk leave the draws of the other as they were."""
    only = assessed(MEASURES[MEASURES["risk"].str.lower() == "leak"])
    got = compare_tails(only, [], years=2000)
    assert (got.before.losses == got.after.losses).all()
    assert got.measures == ()
    assert "Nothing is bought" in got.explain()
    assert "未购买任何措施" in got.explain("zh")


def test_of_an_avoided_risk_a_shock_brings_nothing():
    avoided = pd.DataFrame(
        {"risk": ["leak"], "response": ["avoid"], "approver": ["W"], "reason": ["r"], "decided_on": ["2025-01-01"],
         "expires": [None], "done_on": ["2025-02-01"]}
    )  # fmt: skip
    shocks = pd.DataFrame({"shock": ["s", "s"], "risk": ["LEAK", "rates"], "frequency": [0.5, 0.5]})
    got = compare_tails(assessed(MEASURES, avoided), [], shocks, years=2000)
    rates = FOUND.risks["rates"].residual
    assert got.before.exact_mean == pytest.approx((rates.frequency + 0.5) * rates.impact)


def test_sentences_name_the_measures_and_errors():
    got = compare_tails(FOUND, ["Second Source", "insurance"], years=2000)
    assert got.measures == ("insurance", "second source")
    said = got.explain().split("\n")
    assert said[0].startswith("With insurance, second source an average year costs ")
    assert said[1].startswith("The worst 5 % of the years cost ") and "standard errors" in said[1]
    assert said[2].startswith("The worst 1 % of the years")
    assert said[-1].startswith("Not assessed, and in no figure: ")
    assert "最差的 5 % 年份" in got.explain("zh")
    assert repr(got).startswith("TailComparison(2 measures; TVaR 0.99 ")
    assert got.standing == "exploratory"


@pytest.mark.parametrize(
    ("measures", "code"),
    [(["login"], "measures.unknown"), (["insurance", "x"], "measures.unknown"), ("insurance", "asked.names"),
     (None, "asked.names")],
)  # fmt: skip
def test_what_is_not_proposed_cannot_be_bought(measures, code):
    with pytest.raises(InvalidInput) as refused:
        compare_tails(FOUND, measures)
    assert [f.code for f in refused.value.findings] == [code]
    assert all(f.say("zh") for f in refused.value.findings)


def test_wrong_arguments_are_refused():
    with pytest.raises(InvalidInput, match="responses"):
        compare_tails(RESPONSES, [])
    with pytest.raises(InvalidInput, match="years"):
        compare_tails(FOUND, [], years=3)
    with pytest.raises(InvalidInput, match="shocks"):
        compare_tails(FOUND, [], pd.DataFrame({"shock": ["s"]}))


def test_where_no_risk_has_an_inherent_level_no_year_is_said_to_cost_nothing():
    blank = {f"inherent_{name}": None for name in ("frequency", "low", "high")}
    register = RiskRegister.read({"risks": TABLES["risks"].assign(**blank), "ratings": TABLES["ratings"]}, as_of=AS_OF)
    found = compare_tails(assessed(register=register), [], years=2000)
    assert "an average year" not in found.explain()
    assert "Not assessed, and in no figure: 3" in found.explain()
