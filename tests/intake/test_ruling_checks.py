"""Rulings: what does not fit its case is refused, because it would change nothing unnoticed."""

from __future__ import annotations

import inspect
import re
from datetime import date
from decimal import Decimal
from typing import get_args

import pytest

from supplier_eval.intake import panel_checks
from supplier_eval.intake.gathered import Gathered
from supplier_eval.intake.ruling_checks import CASES, check_rulings
from supplier_eval.intake.typed import UNREAD
from supplier_eval.policy.rules import AbnormalRule
from supplier_eval.score import evaluated_price, panel_marks, price_climb

BLANK = {"asked_on": None, "asked": "", "answered_on": None, "answer": "", "value": None, "row": 2}


def codes(**given: object) -> list[str]:
    record = {**BLANK, "bid": "B1", "ruling": "note", "on": date(2026, 3, 3), UNREAD: set(), **given}
    gathered = Gathered("rulings")
    check_rulings(gathered, [record])
    found = gathered.findings()
    assert all(f.message and f.advise("zh") for f in found)
    return [f.code.removeprefix("rulings.") for f in found]


ASKED = {"asked": "why?", "asked_on": date(2026, 3, 1)}


@pytest.mark.parametrize(
    "fitting",
    [
        {"case": "price.abnormal.below_share_of_mean", "ruling": "exclude", **ASKED},
        {"case": "price.abnormal.points_fraction", "ruling": "accept"},
        {"case": "prices.correction.needs_consent", "ruling": "accept"},
        {"case": "price.adjustment", "value": Decimal("-12.5")},
        {"case": "draw", "value": Decimal("2.0")},
        {"case": "withdrawal"},
        {"case": "qualification.licence", "ruling": "exclude"},
        {"case": "qualification", "ruling": "note"},
        {"case": "panel.even", "ruling": "accept", "bid": ""},
        {"case": "panel.outlier_mark", "ruling": "note"},
        {"case": "x_own", "ruling": "accept", "bid": "", "value": Decimal(1)},
        {"case": ""},
    ],
)
def test_a_ruling_that_fits_its_case_passes(fitting):
    assert codes(**fitting) == []


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"case": "price.abnormal"}, "case.unknown_case"),
        ({"case": "qualify"}, "case.unknown_case"),
        ({"case": "qualification.licence", "ruling": "accept"}, "ruling.not_for_case"),
        ({"case": "price.adjustment", "ruling": "accept", "value": Decimal(3)}, "ruling.not_for_case"),
        ({"case": "panel.experts", "ruling": "exclude", "bid": ""}, "ruling.not_for_case"),
        ({"case": "prices.item.unbalanced", "ruling": "accept", "bid": ""}, "bid.missing"),
        ({"case": "panel.too_few", "ruling": "accept"}, "bid.not_expected"),
        ({"case": "withdrawal", "value": Decimal(1)}, "value.not_expected"),
        ({"case": "draw"}, "value.no_place"),
        ({"case": "draw", "value": Decimal("1.5")}, "value.no_place"),
        ({"case": "draw", "value": Decimal(0)}, "value.no_place"),
        ({"case": "price.adjustment"}, "value.no_amount"),
        ({"case": "price.adjustment", "value": Decimal(0)}, "value.no_amount"),
        ({"case": "price.abnormal.below_share_of_mean", "ruling": "exclude"}, "asked.not_asked"),
        ({"case": "withdrawal", **ASKED, "answered_on": date(2026, 2, 1)}, "answered_on.before_asked"),
        ({"case": "withdrawal", **ASKED, "answered_on": date(2026, 4, 1)}, "on.before_answer"),
    ],
)
def test_a_ruling_that_would_change_nothing_is_refused(wrong, code):
    assert codes(**wrong) == [code]


def test_a_bid_or_figure_that_could_not_be_read_is_not_called_missing():
    assert codes(case="draw", bid="", **{UNREAD: {"bid", "value"}}) == []


def test_an_unknown_case_names_the_nearest():
    gathered = Gathered("rulings")
    record = {**BLANK, "bid": "B1", "case": "price.adjustement", "ruling": "note", "on": None, UNREAD: set()}
    check_rulings(gathered, [record])
    assert gathered.findings()[0].facts["near"] == "price.adjustment"


def test_every_flag_that_scoring_raises_can_be_ruled_on():
    kinds = get_args(AbnormalRule.model_fields["kind"].annotation)
    assert {f"price.abnormal.{kind}" for kind in kinds} <= set(CASES)
    source = "".join(inspect.getsource(module) for module in (panel_marks, panel_checks, price_climb, evaluated_price))
    raised = set(re.findall(r'"(panel\.[a-z_]+|prices\.[a-z]+\.(?:needs_consent|differs|unbalanced))"', source))
    assert len(raised) == 9
    assert raised <= set(CASES)
