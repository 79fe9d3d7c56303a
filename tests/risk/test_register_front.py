"""The register: order, counts, what moved, what goes on to losses and matrix."""

from __future__ import annotations

import pandas as pd
import pytest

from risk_registers import AS_OF, RATINGS, RISKS, TABLES
from supplier_eval.errors import InvalidInput, UnknownName
from supplier_eval.risk import RiskMatrix, RiskRegister, exact_losses, place_risks, simulate_losses
from supplier_eval.risk.matrix import Bands

REGISTER = RiskRegister.read(TABLES, as_of=AS_OF)


def test_not_assessed_is_a_state_that_is_counted_and_comes_last():
    frame = REGISTER.to_frame()
    assert frame["risk"].tolist() == ["rates", "leak", "交付"]
    assert frame["state"].tolist() == ["assessed", "assessed", "not_assessed"]
    assert frame.loc[2, ["age", "overdue"]].tolist() == [334, 334]
    assert frame.loc[2, ["current", "frequency"]].isna().all()
    assert REGISTER.not_assessed == ("交付",)
    assert REGISTER.later == 1
    assert repr(REGISTER) == "RiskRegister(2026-01-01: 3 risks, 1 not assessed, 2 reviews overdue)"
    assert REGISTER.reviews_overdue == ("交付", "leak")


def test_groups_have_sums_of_what_is_assessed_only():
    by = REGISTER.by("owner").set_index("owner")
    assert by.loc["Ma", ["risks", "assessed", "not_assessed", "oldest_not_assessed"]].tolist() == [1, 0, 1, 334]
    assert pd.isna(by.loc["Ma", "expected_loss"])
    whole = sum(one.current.expected_loss or 0 for one in REGISTER.risks.values())
    assert by.loc["Lin", "expected_loss"] == pytest.approx(whole)
    assert REGISTER.by("category")["category"].tolist() == list(REGISTER.categories)
    assert REGISTER.by("supplier")["supplier"].tolist() == ["", "S1", "S2"]
    with pytest.raises(UnknownName):
        REGISTER.by("name")


def test_it_feeds_losses_and_matrix():
    mean = sum(one.current.expected_loss or 0 for one in REGISTER.risks.values())
    losses = simulate_losses(REGISTER.losses_table(), years=1000, levels=0.9)
    assert losses.not_assessed == ("交付",)
    assert losses.model.moments()[0] == pytest.approx(mean)
    assert exact_losses(REGISTER.losses_table("inherent")).currency == "CNY"
    assert simulate_losses(REGISTER.losses_table("target"), years=1000, levels=0.9).not_assessed == ("rates", "交付")
    matrix = RiskMatrix.by_product(5, likelihood=Bands.even(5, 5), impact=Bands.even(5, 1e6))
    placed = place_risks(matrix, REGISTER.places_table())
    assert placed.not_assessed == ("交付",)
    assert placed.risks["rates"].expected_loss == pytest.approx(2e5)
    with pytest.raises(UnknownName):
        REGISTER.losses_table("gross")


def test_what_moved_and_by_what():
    moved = REGISTER.moved("2025-08-31").set_index("risk")
    assert moved.loc["rates", ["change", "factor", "by_frequency", "by_impact"]].tolist() == pytest.approx(
        ["up", 2, 1, 2]
    )
    assert moved.loc["leak", ["change", "factor", "by_frequency", "by_impact"]].tolist() == ["down", 0.5, 0.5, 1]
    assert moved.loc["leak", "reason"] == "two-factor login"
    assert "交付" not in moved.index
    assert REGISTER.moved("2025-02-01")["change"].tolist() == ["newly_assessed"] * 2
    assert REGISTER.moved(AS_OF).empty
    with pytest.raises(InvalidInput, match="after the day of the register"):
        REGISTER.moved("2026-01-02")


def test_a_withdrawn_assessment_has_moved():
    gone = pd.concat([RATINGS, RATINGS.iloc[[1]].assign(on="2025-12-01", frequency=None)], ignore_index=True)
    register = RiskRegister.read({"risks": RISKS, "ratings": gone}, as_of=AS_OF)
    assert register.risks["leak"].state == "not_assessed"
    moved = register.moved("2025-11-01").set_index("risk")
    assert moved.loc["leak", "change"] == "not_assessed_any_more"
    assert pd.isna(moved.loc["leak", "now"])


def test_sentences_in_both_languages():
    said = REGISTER.explain("leak")
    assert "data leak, before controls: 1 events a year" in said
    assert "the knowledge behind it: medium" in said and "32 days overdue" in said
    assert "已有 334 天未评定" in REGISTER.explain("交付", "zh")
    with pytest.raises(UnknownName):
        REGISTER.explain("x")


def test_a_current_level_above_the_inherent_one_is_a_warning():
    worse = RATINGS.assign(frequency=[0.5, 3.0, 2.0, 2.0, 1.0])
    register = RiskRegister.read({"risks": RISKS, "ratings": worse}, as_of=AS_OF)
    assert [(f.code, f.severity) for f in register.notes] == [
        ("register.above_inherent", "warning"), ("register.above_inherent", "warning"),
    ]  # fmt: skip
    assert [f.facts["risk"] for f in REGISTER.notes] == ["rates"]


def test_rows_in_any_order_give_the_same():
    turned = {"risks": RISKS[::-1], "ratings": RATINGS.sample(frac=1, random_state=2)}
    other = RiskRegister.read(turned, as_of=AS_OF)
    for name in ("to_frame", "history_frame", "losses_table", "places_table"):
        pd.testing.assert_frame_equal(getattr(other, name)(), getattr(REGISTER, name)())
    for group in ("owner", "category"):
        pd.testing.assert_frame_equal(other.by(group), REGISTER.by(group))


def test_a_register_without_rows_is_refused_because_it_would_read_as_no_risk():
    with pytest.raises(InvalidInput, match="no risk is registered"):
        RiskRegister.read({"risks": RISKS.iloc[:0]}, as_of=AS_OF)


def test_without_ratings_nothing_is_assessed_and_nothing_moved():
    bare = RiskRegister.read({"risks": RISKS}, as_of=AS_OF)
    assert bare.history_frame().empty and bare.moved("2025-01-01").empty
    assert len(bare.not_assessed) == bare.by("category")["not_assessed"].sum() == 3
    assert bare.standing == "exploratory"


def test_wrong_arguments_are_refused_in_words():
    with pytest.raises(InvalidInput) as refused:
        RiskRegister.read(TABLES, as_of=5, categories=[3], matrix="5x5")
    assert [f.code for f in refused.value.findings] == ["indicator.day", "asked.names", "asked.kind"]
