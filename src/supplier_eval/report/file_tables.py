"""Tables of the documents for the file: bidders, panel, invalid bids, prices read out, candidates, single marks (§3.2).

Figures come from results and are only set here.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from supplier_eval.intake.identifiers import id_key
from supplier_eval.messages import Lang
from supplier_eval.report.formats import NOTHING, day, moment, money, names, number, plain, short, zone_of
from supplier_eval.report.tables import Kind, Table, qualification_table, ranking_table, total_places
from supplier_eval.report.tables_detail import BIDS_A_TABLE, member_label
from supplier_eval.report.tables_registry import choice_words, state_words
from supplier_eval.report.words import words

if TYPE_CHECKING:
    from datetime import datetime, tzinfo

    from supplier_eval.evaluation import Evaluation, LotResult
    from supplier_eval.report.tender_record import TenderRecord

Columns = tuple[tuple[str, Kind], ...]
LATE = "qualify.late"
MOST_COLUMNS = 7
"""Of the ranking in one table on paper."""
RANKED, TOTAL = 5, 3
"""Columns of the ranking before the points by criterion, and the place of the total among them."""


def bidders_table(evaluation: Evaluation, lang: Lang) -> Table:
    """Every bid that came in, lot by lot, with its bidder and when; one that came late is marked so."""
    say, notice = words(lang), evaluation.tender.notice
    late = {
        bid
        for result in evaluation.lots.values()
        for bid, reasons in result.qualification.reasons.items()
        if any(reason.code == LATE for reason in reasons)
    }
    known = evaluation.tender.bids.to_dict("index")
    in_lots = [(bid, known[bid]) for result in evaluation.lots.values() for bid in result.qualification.bids]
    zone = zone_of(notice.timezone, notice.deadline, notice.opened, notice.published)
    columns: Columns = (
        (say["column.bid"], "id"),
        (say["column.bidder"], "text"),
        (say["filed.lot"], "id"),
        (say["filed.received"], "text"),
        (say["filed.small_business"], "id"),
    )
    rows = [
        (
            plain(bid),
            plain(row["name"]),
            plain(row["lot"]),
            _received(row["received"], bid in late, lang, zone),
            say["text.yes" if row["small_business"] else "text.no"],
        )
        for bid, row in in_lots
    ]
    return Table("bidders", columns, tuple(rows), {i: "out" for i, (bid, _) in enumerate(in_lots) if bid in late})


def _received(at: datetime | None, late: bool, lang: Lang, zone: tzinfo | None) -> str:
    """When a bid came in, and that it came late."""
    if at is None:
        return NOTHING
    return moment(at, lang, zone) + (f"\n{words(lang)['filed.late']}" if late else "")


def panel_table(evaluation: Evaluation, record: TenderRecord | None, lang: Lang) -> Table | None:
    """The panel: role, declared conflicts and, from the registry, seat and lots left; None where nobody is named."""
    say, evaluators = words(lang), evaluation.tender.evaluators
    seats = {id_key(one.person): one for one in record.of("evaluator")} if record is not None else {}
    by_key = {id_key(key): member for key, member in evaluators.items()}
    everybody = [*by_key, *(key for key in seats if key not in by_key)]
    if not everybody:
        return None
    columns: list[tuple[str, Kind]] = [(say["column.evaluator"], "text"), (say["filed.role"], "id")]
    columns += [(say["filed.conflicts"], "text"), (say["filed.declared_on"], "text")]
    columns += [(say["column.state"], "id"), (say["filed.left"], "text")] if seats else []
    rows = []
    for key in everybody:
        member, seat = by_key.get(key), seats.get(key)
        label = member_label(member.id, evaluators) if member is not None else plain(seat.person if seat else key)
        role = member.kind if member is not None else seat.panel_role if seat is not None else ""
        cells = [label, choice_words(role, lang), NOTHING, NOTHING]
        if member is not None:
            cells[2:] = [names(member.conflict_with, lang) or NOTHING, day(member.declared_on, lang)]
        if seats:
            left = f"{names(seat.recused_lots, lang)}\n{plain(seat.reasons)}".strip() if seat is not None else ""
            cells += [state_words(seat.state, lang) if seat is not None else NOTHING, left or NOTHING]
        rows.append(tuple(cells))
    return Table("members", tuple(columns), tuple(rows), {})


def invalid_table(result: LotResult, lang: Lang) -> Table | None:
    """Bids that are not considered, with every reason; None where all are."""
    everybody = qualification_table(result, lang)
    keep = (0, 1, 3)
    rows = tuple(tuple(row[i] for i in keep) for at, row in enumerate(everybody.rows) if at in everybody.marked)
    return Table("invalid", tuple(everybody.columns[i] for i in keep), rows, {}) if rows else None


def read_out_table(evaluation: Evaluation, record: TenderRecord | None, lang: Lang) -> Table | None:
    """Prices as read, of every bid whose envelope was opened; what the registry wrote down stands beside it."""
    say, policy = words(lang), evaluation.tender.policy
    noted = {id_key(one.id): one.price_read for one in record.of("bid")} if record is not None else {}
    noted = {bid: price for bid, price in noted.items() if price is not None}
    columns: list[tuple[str, Kind]] = [
        (say["column.bid"], "id"),
        (say["column.bidder"], "text"),
        (say["filed.lot"], "id"),
        (say["column.with_unit"].format(name=say["rung.read"], unit=policy.currency), "figure"),
    ]
    columns += [(say["filed.noted"], "figure")] if noted else []
    rows: list[tuple[str, ...]] = []
    for result in evaluation.lots.values():
        prices = result.sheet.prices
        if prices is None or all(price is None for price in prices.read.values()):
            continue
        for bid, price in prices.read.items():
            cells = (plain(bid), plain(result.qualification.names[bid]), plain(result.lot))
            told = money(price, policy.minor_units)
            mine = (money(noted.get(id_key(bid)), policy.minor_units),) if noted else ()
            rows.append((*cells, told, *mine))
    return Table("read_out", tuple(columns), tuple(rows), {}) if rows else None


def parted(table: Table, fixed: int, several: int = BIDS_A_TABLE) -> tuple[Table, ...]:
    """A table with a column a bid in parts that paper can hold; the first `fixed` columns stand in each."""
    parts = []
    for first in range(fixed, len(table.columns), several):
        last = first + several
        rows = tuple((*row[:fixed], *row[first:last]) for row in table.rows)
        parts.append(replace(table, columns=(*table.columns[:fixed], *table.columns[first:last]), rows=rows))
    return tuple(parts)


def ranking_tables(result: LotResult, lang: Lang) -> tuple[Table, ...]:
    """The order with totals and margins, then the points by criterion: one table where paper can hold both."""
    whole = ranking_table(result.ranking, lang)
    if len(whole.columns) <= MOST_COLUMNS:
        return (whole,)
    parts = ((*range(RANKED),), (0, 1, *range(RANKED, len(whole.columns)), TOTAL))
    order, points = (
        replace(
            whole, columns=tuple(whole.columns[i] for i in part), rows=tuple(_cells(row, part) for row in whole.rows)
        )
        for part in parts
    )
    return order, replace(points, name="criteria_points")


def _cells(row: tuple[str, ...], places: tuple[int, ...]) -> tuple[str, ...]:
    return tuple(row[i] for i in places)


def candidates_table(result: LotResult, lang: Lang) -> Table | None:
    """The candidates in order, with total and evaluated price; None where there are none."""
    say, ranking, policy = words(lang), result.ranking, result.sheet.policy
    candidates = ranking.candidates() if ranking.stopped is None else ()
    if not candidates or policy is None:
        return None
    prices = result.sheet.prices.evaluated if result.sheet.prices is not None else {}
    priced = any(prices.get(bid) is not None for bid in candidates)
    columns: list[tuple[str, Kind]] = [
        (say["column.rank"], "figure"),
        (say["column.bid"], "id"),
        (say["column.bidder"], "text"),
        (say["column.total"], "figure"),
    ]
    if priced:
        columns.append((say["column.with_unit"].format(name=say["rung.evaluated"], unit=policy.currency), "figure"))
    places = total_places(ranking)
    rows = []
    for bid in candidates:
        price = (money(prices.get(bid), policy.minor_units),) if priced else ()
        name = plain(ranking.sheet.names.get(bid, bid))
        rows.append((str(ranking.rank_of(bid)), plain(bid), name, number(ranking.total_of(bid), places), *price))
    marked = {i: "first" for i, bid in enumerate(candidates) if bid in ranking.winners}
    return Table("candidates", tuple(columns), tuple(rows), marked)


def marks_tables(evaluation: Evaluation, result: LotResult, lang: Lang) -> tuple[tuple[str, Table], ...]:
    """Each member's marks and the mark that counts: (member, table), criteria by bids, some bids a table."""
    technical = result.sheet.technical
    panel = technical.panel if technical is not None else None
    if panel is None or not panel.leaves:
        return ()
    say = words(lang)
    made: list[tuple[str, Table]] = []
    for first in range(0, len(panel.bids), BIDS_A_TABLE):
        bids = panel.bids[first : first + BIDS_A_TABLE]
        columns: list[tuple[str, Kind]] = [(say["column.criterion"], "text")]
        columns += [(plain(bid), "figure") for bid in bids]
        labels = [plain(leaf.name.say(lang) or leaf.id) for leaf in panel.leaves]
        for m, member in enumerate(panel.members):
            block = panel.marks[m, :, first : first + BIDS_A_TABLE]
            rows = [
                (label, *(short(float(x)) if np.isfinite(x) else NOTHING for x in line))
                for label, line in zip(labels, block, strict=True)
            ]
            made.append(
                (member_label(member, evaluation.tender.evaluators), Table("marks", tuple(columns), tuple(rows), {}))
            )
        counted = panel.raw[:, first : first + BIDS_A_TABLE]
        rows = [(label, *(short(float(x)) for x in line)) for label, line in zip(labels, counted, strict=True)]
        made.append((say["column.mark"], Table("counted", tuple(columns), tuple(rows), {})))
    return tuple(made)
