"""Tables for the file: who is out and why, what was read out, the candidates, every member's own marks."""

from __future__ import annotations

import dataclasses
from decimal import Decimal

import numpy as np
import pytest

from report.made_files import bank, desk_record, plain_figure, sample
from supplier_eval.report.file_tables import (
    bidders_table,
    candidates_table,
    invalid_table,
    marks_tables,
    panel_table,
    parted,
    read_out_table,
)
from supplier_eval.report.tables import Table


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_bid_that_came_in_is_listed_late_ones_too(desk, lang):
    table = bidders_table(desk, lang)
    assert [row[0] for row in table.rows] == list(desk.tender.bids.index)
    late = {"en": "Late: refused", "zh": "逾期送达，拒收"}[lang]
    assert "17:30" in table.rows[4][3]  # B5
    assert [row[0] for row in table.rows if late in row[3]] == ["B5"]
    assert table.marked == {4: "out"}


def test_bids_stand_lot_by_lot(two_lots):
    rows = bidders_table(two_lots, "en").rows
    assert [row[2] for row in rows] == ["north"] * 3 + ["south"] * 3
    assert len({row[0] for row in rows}) == len(two_lots.tender.bids)


def test_invalid_bids_stand_with_all_their_reasons(desk):
    result = desk.only_lot
    table = invalid_table(result, "en")
    out = [bid for bid in result.qualification.bids if result.qualification.reasons.get(bid)]
    assert [row[0] for row in table.rows] == out
    for row in table.rows:
        assert row[2].split("\n") == [reason.say("en") for reason in result.qualification.reasons[row[0]]]


def test_where_every_bid_is_valid_there_is_no_such_table(hostile):
    assert invalid_table(hostile.only_lot, "en") is None


def test_only_opened_prices_are_read_out(below_floor, sealed):
    read = {row[0]: row[3] for row in read_out_table(below_floor, None, "en").rows}
    assert read == {"B1": "987,654.00", "B2": "876,543.00"}
    assert read_out_table(sealed, None, "en") is None


def test_what_the_registry_noted_stands_beside_the_price_as_read():
    record, evaluation = desk_record(), sample("service-desk")
    bids = tuple(
        dataclasses.replace(one, record=one.record.model_copy(update={"price_read": Decimal("12.34")}))
        if one.id == "YX-1"
        else one
        for one in record.of("bid")
    )
    table = read_out_table(evaluation, dataclasses.replace(record, parts={**record.parts, "bid": bids}), "en")
    noted = {row[0]: row[4] for row in table.rows}
    assert noted["YX-1"] == "12.34"
    assert table.columns[4][0] == "As noted in the registry"


def test_candidates_are_those_of_the_ranking(desk, stopped, sealed):
    ranking = desk.ranking
    table = candidates_table(desk.only_lot, "en")
    assert [row[1] for row in table.rows] == list(ranking.candidates())
    assert [int(row[0]) for row in table.rows] == [ranking.rank_of(bid) for bid in ranking.candidates()]
    assert table.marked == {0: "first"}
    assert candidates_table(stopped.only_lot, "en") is None
    assert candidates_table(sealed.only_lot, "en") is None


def test_a_tender_without_totals_in_money_has_no_price_of_candidates():
    assert len(candidates_table(sample("museum-services").only_lot, "en").columns) == 4


def test_every_members_marks_are_shown_as_given(tmp_path):
    evaluation = bank(tmp_path)
    result = evaluation.only_lot
    panel = result.sheet.technical.panel
    shown = np.full_like(panel.marks, np.nan)
    counted = np.full_like(panel.raw, np.nan)
    for label, table in marks_tables(evaluation, result, "en"):
        bids = [panel.bids.index(name) for name, _ in table.columns[1:]]
        cells = np.array([[plain_figure(cell) for cell in row[1:]] for row in table.rows])
        if table.name == "counted":
            counted[:, bids] = cells
        else:
            shown[panel.members.index(label.split(" ")[0])][:, bids] = cells
    assert np.array_equal(shown, panel.marks)
    assert counted == pytest.approx(panel.raw, abs=1e-6)


def test_the_registry_adds_seats_and_the_lots_that_a_member_left():
    alone = panel_table(sample("service-desk"), None, "en")
    table = panel_table(sample("service-desk"), desk_record(), "en")
    assert len(table.columns) == len(alone.columns) + 2
    left = {row[0].split(" ")[0]: row[5] for row in table.rows}
    assert left["E4"].startswith("L2\n")
    assert left["E1"] == "–"


@pytest.mark.parametrize(("bids", "parts"), [(1, 1), (6, 1), (7, 2), (60, 10)])
def test_a_table_with_many_bids_is_parted_and_nothing_is_lost(bids, parts):
    columns = (("Item", "text"), ("Unit", "text"), *((f"B{n}", "figure") for n in range(bids)))
    rows = (("desk", "CNY", *(str(n) for n in range(bids))),)
    made = parted(Table("items", columns, rows, {}), 2)
    assert len(made) == parts
    assert all(table.columns[:2] == columns[:2] and table.rows[0][:2] == rows[0][:2] for table in made)
    assert tuple(cell for table in made for cell in table.rows[0][2:]) == rows[0][2:]
    assert tuple(column for table in made for column in table.columns[2:]) == columns[2:]
