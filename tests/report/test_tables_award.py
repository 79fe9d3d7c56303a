"""The rows of an award: shares, money, discounts, winners, cost, rules."""

from __future__ import annotations

import pytest

from report.made_awards import one_lot_each, rich, shop
from supplier_eval.award.front import award_lots
from supplier_eval.report import tables_award as tables
from supplier_eval.report.formats import NOTHING


@pytest.fixture(scope="module")
def full():
    return rich()


def heads(table):
    return [label for label, _ in table.columns]


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_table_has_a_cell_under_every_head(full, lang):
    audit = full.audit
    made = [tables.awards_table(full, lang), tables.winners_table(audit, lang)]
    made += [tables.costs_table(audit, lang), tables.rules_table(audit, lang)]
    for table in made:
        assert table.rows
        assert {len(row) for row in table.rows} == {len(table.columns)}
        assert all(isinstance(cell, str) for row in table.rows for cell in row)


def test_awards_show_kind_share_and_money_before_and_after_the_discount(full):
    table = tables.awards_table(full, "en")
    # 60 % of 10 at 20 is 120, in the second tier 108; 40 % of 10 at 15 is 60.
    assert table.rows[0] == ("L1", "A", "bid", "60 %", "6", "20.00", "120.00", "108.00", "2")
    assert table.rows[1] == ("L1", "B", "alternate remote", "40 %", "4", "15.00", "60.00", "60.00", NOTHING)
    kinds = [row[2] for row in table.rows]
    assert kinds == ["bid", "alternate remote", "in bundle P", "price of bundle P", "in bundle P", "unserved", "bid"]
    assert table.rows[3][:2] == ("L2 + L3", "B")
    assert table.rows[3][6] == "90.00"
    assert table.rows[5] == ("L4", NOTHING, "unserved", "25 %", "1", "9.00", "9.00", "9.00", NOTHING)
    assert table.marked == {5: "open"}


def test_money_has_its_currency_and_columns_that_say_nothing_are_left_out(full):
    assert "After discount (CNY)" in heads(tables.awards_table(full, "en"))
    plain = award_lots(shop(), gap=0)
    assert "Discount tier" not in heads(tables.awards_table(plain, "en"))
    assert "Score" in heads(tables.awards_table(plain, "en"))
    assert tables.with_money("Cost", shop().with_terms(currency="")) == "Cost"


def test_only_the_first_rows_are_given_where_that_is_asked(full):
    assert len(tables.awards_table(full, "en", most=2).rows) == 2


def test_winners_come_by_spend_with_their_part_of_it(full):
    # A 108; B 60 + 90 + 15 = 165; together 273.
    first, second = tables.winners_table(full.audit, "en").rows
    assert first == ("B", "4", "27", "165.00", "60.4 %", "0.00", NOTHING, NOTHING)
    assert second == ("A", "1", "6", "108.00", "39.6 %", "12.00", "2", "50 %")


def test_costs_add_up_and_nothing_that_is_zero_is_shown(full):
    table = tables.costs_table(full.audit, "en")
    assert [row[0] for row in table.rows] == [
        "Bids", "Bundles", "Discounts", "Emergency supply of unserved demand", "Total",
    ]  # fmt: skip
    assert table.rows[-1][1] == "282.00"
    assert table.marked == {4: "sum"}


def test_a_rule_that_is_broken_says_by_how_much(full):
    (row,) = tables.rules_table(full.audit, "en").rows
    assert row[:6] == ("R-soft", "at least so many suppliers win something", "3", "§1.3.2", "soft", "no")
    assert "broken by 1 (suppliers)" in row[6]
    kept = tables.rules_table(award_lots(shop([one_lot_each()]), gap=0).audit, "zh")
    assert kept.rows[0][4:] == ("硬性", "是", "")
    assert kept.marked == {}


def test_a_bidders_name_has_a_column_where_there_is_one():
    from dataclasses import replace

    problem = shop()
    named = {key: replace(part, attributes={"name": f"{key} Ltd"}) for key, part in problem.suppliers.items()}
    table = tables.winners_table(award_lots(problem.replace(suppliers=named), gap=0).audit, "en")
    assert table.rows[0][:2] == ("B", "B Ltd")


def test_a_measure_has_its_unit():
    assert tables.measure_label("cost", shop(), "en") == "cost (CNY)"
    assert tables.measure_label("max_attr:uptime", shop(), "en") == "uptime"
    assert tables.measure_figure("cost", shop(), 12.3) == "12.30"
    assert tables.measure_figure("score", shop(), 1350.0) == "1,350"
    assert tables.objective_label("Price", shop(objective="score"), "en") == "Price (score (points × volume))"
    assert tables.figure(shop(), None) == NOTHING
    assert tables.cell_of(float("inf")) is None
