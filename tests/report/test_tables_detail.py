from __future__ import annotations

import dataclasses
import math

import pytest

from report.made_files import sample
from supplier_eval.intake.ruling_checks import CASES
from supplier_eval.messages import LANGS
from supplier_eval.report import tables_detail
from supplier_eval.report.formats import number, signed
from supplier_eval.report.titles import case_title


def test_the_weights_are_a_tree_with_exact_shares(desk):
    table = tables_detail.weights_table(desk, "en")
    rows = {row[0].strip("\u2003"): row for row in table.rows}
    assert rows["team (en)"][1:4] == ("50 / 100", "12.5 %", "panel marks")
    assert rows["Price"][2:4] == ("30 %", "evaluated price: lowest price over price")
    assert len(table.rows) == len(desk.tender.tree.criteria)
    assert table.rows[1][0].startswith("\u2003")


def test_measures_of_agreement_are_those_of_the_result(desk):
    agreement = desk.only_lot.agreement
    table = tables_detail.agreement_table(agreement, "en")
    assert table.rows[0][:2] == ("Kendall's W", number(agreement.kendall_w.value, 3))
    assert len(table.rows) == 8


def test_a_measure_without_an_answer_says_why(lonely):
    table = tables_detail.agreement_table(lonely.only_lot.agreement, "zh")
    assert all(row[1] == "–" for row in table.rows)
    assert table.rows[0][4] == "可比较的投标不足两份"


def test_severity_names_the_evaluators_for_those_inside(desk):
    table = tables_detail.severity_table(desk.only_lot.agreement, desk.tender.evaluators, "en")
    effects = desk.only_lot.agreement.severity
    assert table.rows[2][0] == "E3 · Dr E3-Surname"
    assert [row[2] for row in table.rows] == [signed(float(x), 2) for x in effects]


def test_flags_carry_state_and_ruling(desk):
    table = tables_detail.flags_table(desk.flags, "en")
    by_case = {row[3]: row for row in table.rows}
    assert by_case["mark far from the others (panel.outlier_mark)"][1] == "open"  # the ruling has to name the code
    accepted = by_case["abnormally low price, against the mean"]
    assert accepted[1] == "accepted"
    assert accepted[2] == "accepted by Dr E2-Surname on 9 March 2026: calculation shown"
    assert list(table.marked.values()) == ["open"]
    assert tables_detail.flags_table((), "en") is None


def test_every_case_that_people_rule_on_has_a_short_name_in_both_languages():
    for lang in LANGS:
        assert all(case_title(code, lang) != code for code in CASES if "." in code)
    assert case_title("x_own", "zh") == "x_own"


def test_every_value_of_every_scored_bid_is_shown(desk):
    result = desk.only_lot
    (table,) = tables_detail.value_tables(result, "en")
    assert [label for label, _ in table.columns][2:] == ["B1", "B2", "B4", "B6"]
    sheet = result.sheet
    for i, row in enumerate(table.rows):
        for cell, bid in zip(row[2:], ("B1", "B2", "B4", "B6"), strict=True):
            value = float(sheet.values[i, sheet.position(bid)])
            assert f"value {value:.4f}" in cell or math.isclose(
                value, float(cell.split("value ")[1].split()[0]), abs_tol=1e-4
            )
            points = float(result.ranking.points[i, sheet.position(bid)])
            assert float(cell.split("\n")[-1].split()[0]) == pytest.approx(points, abs=5e-5)


def test_many_bids_come_in_several_tables(sixty):
    made = tables_detail.value_tables(sixty.only_lot, "en")
    assert len(made) == 10
    assert sum(len(table.columns) - 2 for table in made) == 60


def test_a_price_that_is_closed_has_no_value(sealed):
    (table,) = tables_detail.value_tables(sealed.only_lot, "en")
    price = next(row for row in table.rows if row[0] == "Price")
    assert set(price[2:]) == {"not scored yet"}


def test_a_declared_value_is_shown_as_declared(desk):
    technical = desk.only_lot.sheet.technical
    assert not technical.declared
    import dataclasses

    leaves = [leaf.id for leaf in technical.leaves]
    raw = technical.raw.copy()
    raw[leaves.index("past"), technical.bids.index("B1")] = math.nan
    declared = dataclasses.replace(technical, raw=raw, declared={("past", "B1"): 70.0})
    sheet = dataclasses.replace(desk.only_lot.sheet, technical=declared)
    (table,) = tables_detail.value_tables(dataclasses.replace(desk.only_lot, sheet=sheet), "en")
    assert table.rows[leaves.index("past")][2].startswith("“none”: value declared beforehand")


def test_a_level_and_a_yes_stand_as_the_bid_says_them():
    evaluation = sample("service-desk")
    table = tables_detail.value_tables(evaluation.lots["L1"], "en", evaluation.tender.facts)[0]
    rows = {row[0]: dict(zip([label for label, _ in table.columns], row, strict=True)) for row in table.rows}
    assert rows["Tax credit grade"]["YX-1"].split("\n")[0] == evaluation.tender.facts["YX-1", "tax_credit"].text == "A"
    assert rows["Quality system certified for this service"]["YX-1"].split("\n")[0] == "是"
    assert rows["Confirmed client references"]["YX-1"].split("\n")[0].startswith("6")


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_open_cases_beside_a_binding_result_are_explained(lang):
    lots = sample("service-desk").lots
    still = sum(flag.state == "open" for flag in lots["L1"].flags)
    assert str(still) in tables_detail.open_flags(lots["L1"], lang)
    assert tables_detail.open_flags(lots["L3"], lang) == ""
    exploratory = dataclasses.replace(
        lots["L1"], ranking=dataclasses.replace(lots["L1"].ranking, standing="exploratory")
    )
    assert tables_detail.open_flags(exploratory, lang) == ""
