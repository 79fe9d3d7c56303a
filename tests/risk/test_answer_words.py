"""What the sample's README promises is what the sentences say."""

from __future__ import annotations

import pandas as pd

from report.made_risks import made
from risk_measures import assessed, many_measures
from supplier_eval.risk import choose_measures, concentration
from supplier_eval.risk.answer_words import SAY


def test_what_is_not_assessed_is_said_with_its_age():
    said = made().explain("register")
    assert "Not assessed (3), for so long: R22 (204 days), R23 (182 days), R24 (90 days)." in said
    assert "R12 (139 days), R15 (60 days), R18 (29 days)" in said


def test_expired_acceptances_and_void_controls_are_said():
    said = made().explain("responses")
    assert "R15" in said
    assert "M03, M04" in said


def test_the_misordering_stands_beside_the_conditions():
    said = made().explain("matrix")
    assert said.count("%") >= 4
    assert "correlation of −0.9" in said


def test_suppliers_that_nobody_knows_are_not_rated():
    assert "S11, S12" in made().explain("rating")
    assert "S11、S12" in made().explain("rating", "zh")


def test_late_data_is_grey_and_an_item_without_a_factor_has_no_place():
    assert "is grey" in made().explain("indicators")
    assert "models" in made().explain("portfolio").split("\n")[-1]
    assert "S05" not in made().explain("concentration")  # it goes by its owner


def test_long_lists_are_cut_with_the_number_of_the_rest():
    many = choose_measures(assessed(many_measures(24)), 1e6)
    assert len(many.measures) == 24
    assert "m00, m01, " in many.explain() and "m11 … (+12) for" in many.explain()


def test_where_nobody_is_told_and_nothing_is_stated_that_is_said():
    said = made().explain("indicators")
    assert "Escalated to: nobody. Action: none stated." in said
    assert "已升级至：无人。措施：未规定。" in made().explain("indicators", "zh")


def test_failure_modes_are_counted_by_priority_and_those_not_rated_are_named():
    said = made().explain("failures").split("\n")
    assert said[0].startswith("Failure modes by action priority (10): H 1, M 4, L 4 (")
    assert said[1] == "Act first on: 密码重置发给错误的人."
    assert said[2] == "Not rated, and neither low nor high: translation of a reply by an unchecked tool."
    assert "优先处理：" in made().explain("failures", "zh")


def test_of_many_categories_the_first_are_said_and_the_rest_is_counted():
    spend = pd.DataFrame({"supplier": "A", "category": [f"c{n:02d}" for n in range(30)], "amount": 1.0})
    lines = SAY["concentration"](concentration(spend), "en")
    assert lines[-1] == "Not said here, but in the tables: 19 more."
    assert not any(line.startswith("c11") for line in lines)
    assert SAY["concentration"](concentration(spend), "zh")[-1] == "……其余 19 项从略。"
