"""The tables of risks as they are shown."""

from __future__ import annotations

from report.made_risks import made
from supplier_eval.report import tables_risk as rows
from supplier_eval.risk import choose_measures


def test_risks_come_by_expected_loss_and_those_not_assessed_last_with_their_age():
    table = rows.risks_table(made(), "en", 100)
    assert len(table.rows) == 25
    assert table.rows[0][0] == "R01"
    assert [row[0] for row in table.rows[-3:]] == ["R22", "R23", "R24"]
    assert table.rows[-3][5] == "not assessed, 204 days"
    cut = rows.risks_table(made(), "en")
    assert len(cut.rows) == rows.MOST_RISKS + 1
    assert cut.rows[-1][1] == "Rows not shown: 10."
    assert rows.few(tuple("abcdefghijklmn"), "zh").endswith("k、l … (+2)")


def test_losses_have_their_error_beside_the_closed_form():
    table = rows.losses_rows(made().losses, "en")
    mean = dict(zip([name for name, _ in table.columns], table.rows[0], strict=True))
    assert mean["Closed form"] == f"{made().losses.exact_mean:,.0f}"
    assert table.rows[3][0] == "Not exceeded in (VaR) 95 %"
    assert table.rows[3][3] == "–"


def test_the_chosen_measures_stand_out():
    table = rows.measures_table(made().choice, "en")
    (at,) = table.marked
    assert "P03" in table.rows[at][1]
    assert table.rows[0][1] == "–"
    assert len(table.rows) < 20
    assert table.rows[1] == table.rows[-1] == rows.CUT
    every = rows.measures_table(choose_measures(made().responses, 0), "en")
    assert every.marked == {0: "first"}
    assert every.rows[1] != rows.CUT


def test_suppliers_come_from_the_highest_risk_with_reasons_by_weight_and_the_unrated_last():
    table = rows.suppliers_table(made().rating, "en")
    assert table.rows[0][0] == "S03"
    assert [row[0] for row in table.rows[-2:]] == ["S11", "S12"]
    points = [float(part.rsplit(" ", 1)[1]) for part in table.rows[0][6].split(", ")]
    assert points == sorted(points, reverse=True)
    assert table.rows[-1][2] == "not rated"


def test_concentration_and_portfolio_say_what_is_not_known():
    shown = {row[0]: row[-1] for row in rows.concentration_table(made().concentration, "en").rows}
    assert shown["KPO"] == "yes"
    assert shown["ITO"].startswith("unknown, open:")
    places = {row[0]: row for row in rows.portfolio_table(made().portfolio, "en").rows}
    assert places["models"][4] == "not placed"
    assert places["network"][5]


def test_bad_years_stand_without_and_with_the_measures():
    table = rows.tails_table(made().tails, "en")
    assert [row[0] for row in table.rows] == [
        "Mean", "Not exceeded in (VaR) 95 %", "Not exceeded in (VaR) 99 %", "Mean of the years beyond (TVaR) 95 %",
        "Mean of the years beyond (TVaR) 99 %",
    ]  # fmt: skip
    without, with_them, saved = (float(cell.replace(",", "")) for cell in table.rows[0][1:4])
    assert abs(without - with_them - saved) <= 1
    assert table.rows[0][4] == "–"
    assert "CNY" in table.columns[1][0]


def test_failure_modes_come_by_action_priority_with_the_number_beside_it():
    table = rows.failures_table(made().failures, "en")
    assert [row[5] for row in table.rows] == ["H", *"MMMM", *"LLLL", "–"]
    assert [row[7] for row in table.rows] == [*"123456789", "–"]
    numbers = [int(row[6]) for row in table.rows[:-1]]
    assert numbers != sorted(numbers, reverse=True)
    few = rows.failures_table(made().failures, "zh", most=4)
    assert few.rows[-1][0] == "另有 6 行未显示。"


def test_long_tables_are_cut_with_a_row_that_counts_the_rest_before_the_whole():
    many = [(str(n), "x") for n in range(7)]
    assert rows.first_rows(many, "en", 7) == tuple(many)
    cut = rows.first_rows(many, "en", 5, ("all", "y"))
    assert cut[5:] == (("Rows not shown: 2.", ""), ("all", "y"))
    assert rows.first_rows([], "zh", 5, ("all", "y")) == (("all", "y"),)
