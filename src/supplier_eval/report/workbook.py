"""The evaluation as a workbook that computes: raw marks and weights in, totals and ranks out, formula by formula.

Clauses of the policy (§1.3.1, §3.2.4).

This is the only file that knows the library that writes workbooks. What each sheet holds is made by ``book_scores``,
``book_prices`` and ``book_totals``; every formula comes with the figure that the evaluation gave, so that a reader
without a spreadsheet program sees the same numbers.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

import xlsxwriter  # type: ignore[import-untyped]

from supplier_eval.intake.template_rows import Allowed
from supplier_eval.messages import Lang
from supplier_eval.report.book_checks import evaluated_sheet, warn_of_changes
from supplier_eval.report.book_prices import prices_sheet
from supplier_eval.report.book_scores import Cells, LotBook, marks_sheet, weights_sheet
from supplier_eval.report.book_totals import flags_sheet, points_sheet, qualification_sheet, summary_sheet
from supplier_eval.report.book_values import values_sheet
from supplier_eval.report.formats import plain
from supplier_eval.report.grid import Book, Cell, Sheet
from supplier_eval.report.paper import fingerprints
from supplier_eval.report.titles import titled
from supplier_eval.report.words import words

if TYPE_CHECKING:
    from supplier_eval.evaluation import Evaluation, LotResult

Limits: TypeAlias = Mapping[tuple[int, int], Allowed]  # row and column → what may be typed into the cell
LONGEST_LIST = 255
LONGEST_TEXT = 32_000
LONGEST_FOOT = 255
A4 = 9
WIDEST_PAGE = 220.0  # characters
OPTIONS = {
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "nan_inf_to_errors": False,
    "in_memory": True,
}
NO_DATE = datetime(2000, 1, 1)  # a workbook's date has no zone
HEAD = {"bold": True, "text_wrap": True, "bottom": 1, "valign": "bottom", "bg_color": "#E8EEF5"}
FORMATS: dict[str, dict[str, Any]] = {
    "text": {"text_wrap": True, "indent": 1},
    "line": {},
    "head": {**HEAD, "indent": 1},
    "head_figure": {**HEAD, "align": "right"},
    "title": {"bold": True, "font_size": 14},
    "note": {"italic": True, "font_color": "#5C5C5C"},
    "warn": {"bold": True, "font_color": "#8A1538", "font_size": 12},
    "figure": {"num_format": "#,##0.0000"},
    "input": {"num_format": "General", "bg_color": "#FFF7DC", "border": 1, "border_color": "#E0D5A8"},
    "input_money": {"num_format": "#,##0.00", "bg_color": "#FFF7DC", "border": 1, "border_color": "#E0D5A8"},
    "money": {"num_format": "#,##0.00"},
    "count": {"num_format": "0"},
    "rank": {"num_format": "0", "align": "left", "indent": 1},
    "share": {"num_format": "0.00%"},
    "total": {"num_format": "#,##0.0000", "bold": True, "top": 1},
    "constant": {"num_format": "#,##0.0000", "font_color": "#5C5C5C", "italic": True},
}


def write_workbook(evaluation: Evaluation, path: str | Path, lang: Lang = "en") -> Path:
    """Write an evaluation as an .xlsx workbook whose totals are live formulas over raw marks and weights.

    Parameters
    ----------
    evaluation : Evaluation
        All lots; an exploratory result says so on every sheet.
    path : str or Path
        A file that ends in ``.xlsx``, or a folder, which then holds ``workbook.xlsx``.
    lang : {"en", "zh"}
        Language of the sheets.

    Returns
    -------
    Path
        The file that was written.

    Notes
    -----
    Yellow cells are what came in. A locked sheet holds a copy of each: once one differs, the standing reads exploratory
    and says how many do, beside who is first by the figures now in the workbook; weights that do not add up are told.
    Figures in grey italics are constants that no formula says (a value declared
    beforehand, a price formula that reads quality). Text from outside never becomes a formula. Prices whose envelope
    was never opened are not in it.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> tender = se.read_tender("data/samples/museum-services")
    >>> with TemporaryDirectory() as folder:
    ...     se.report.write_workbook(se.evaluate(tender), folder).name
    'workbook.xlsx'
    """
    target = Path(path)
    if target.suffix.lower() != ".xlsx":
        target = target / "workbook.xlsx"
    target.parent.mkdir(parents=True, exist_ok=True)
    across = "" if evaluation.standing == "binding" else words(lang)["standing.watermark"]
    foot = "\n".join(fingerprints(evaluation, lang))
    write_book(workbook_of(evaluation, lang), target, _properties(evaluation, lang), across, foot)
    return target


def workbook_of(evaluation: Evaluation, lang: Lang = "en") -> Book:
    """Give the workbook as plain data: sheets of cells, and the names of the weights."""
    evaluation = titled(evaluation, lang)
    weights, names, references = weights_sheet(evaluation, lang)
    several = len(evaluation.lots) > 1
    sheets, orders = [weights], []
    for number, result in enumerate(evaluation.lots.values(), start=1):
        book = LotBook(evaluation, result, number if several else None, names, lang)
        made, cells = _lot(book, result)
        sheets += made
        orders.append((book, cells))
    summary = summary_sheet(evaluation, orders, lang)
    every = [summary, *sheets, flags_sheet(evaluation, lang), evaluated_sheet(sheets, evaluation.standing, lang)]
    warn_of_changes(every, lang)
    for sheet in every:
        sheet.fit_rows()
    return Book(every, references)


def _lot(book: LotBook, result: LotResult) -> tuple[list[Sheet], Cells]:
    """The sheets of one lot, in the order in which figures flow."""
    technical, prices = result.sheet.technical, result.sheet.prices
    marks: list[Sheet] = []
    marked: Cells = {}
    if technical is not None and technical.panel.leaves and technical.panel.bids:
        sheet, marked = marks_sheet(book, technical)
        marks = [sheet]
    opened: list[Sheet] = []
    scored: Cells = {}
    evaluated: dict[str, str] = {}
    if prices is not None:
        sheet, scored, evaluated = prices_sheet(book, prices)
        opened = [sheet]
    values, counted = values_sheet(book, marked, scored)
    qualification = qualification_sheet(book)
    if not result.ranking.order:
        return [*marks, *opened, values, qualification], {}
    points, cells = points_sheet(book, counted, evaluated)
    return [*marks, *opened, values, points, qualification], cells


def _properties(evaluation: Evaluation, lang: Lang) -> dict[str, Any]:
    """Title, date and policy of the file; the date is the tender's, so that the same result gives the same file."""
    notice = evaluation.tender.notice
    moment = notice.deadline or notice.opened or notice.published
    created = moment.replace(tzinfo=None, microsecond=0) if moment is not None else NO_DATE
    title = plain(notice.title.say(lang) or notice.id)
    return {"title": title[:250], "created": created, "comments": evaluation.policy_fingerprint}


def write_book(
    book: Book,
    path: Path,
    properties: Mapping[str, Any] | None = None,
    across: str = "",
    foot: str = "",
    limits: Mapping[str, Limits] | None = None,
) -> None:
    """Write sheets of cells as a file; a text is written as text, whatever it begins with.

    Parameters
    ----------
    book : Book
        Sheets and defined names.
    path : Path
        The file.
    properties : mapping, optional
        What the file says of itself.
    across : str
        Printed on top of every page; empty for nothing.
    foot : str
        Printed at the foot of every page, beside the name of the sheet and the number of the page.
    limits : mapping, optional
        Name of a sheet → what may be typed into its cells.
    """
    file = xlsxwriter.Workbook(str(path), OPTIONS)
    styles = {name: file.add_format({"valign": "top", **how}) for name, how in FORMATS.items()}
    file.set_properties(dict(properties or {"created": NO_DATE}))
    for sheet in book.sheets:
        page = file.add_worksheet(sheet.name)
        _print(page, sheet, across, foot)
        if sheet.frozen != (0, 0):
            page.freeze_panes(*sheet.frozen)
        for column, width in sheet.widths.items():
            page.set_column(column, column, width)
        for row, height in sheet.heights.items():
            page.set_row(row, height)
        if sheet.locked:
            page.protect()
        for (row, column), last in sheet.spread.items():
            page.merge_range(row, column, row, last, "", styles[sheet.cells[row, column].style])
        for (row, column), cell in sorted(sheet.cells.items()):
            _put(page, row, column, cell, styles[cell.style])
        for (row, column), allowed in (limits or {}).get(sheet.name, {}).items():
            _limit(page, row, column, allowed)
    for name, reference in book.names.items():
        file.define_name(name, f"={reference}")
    file.close()


def _limit(page: Any, row: int, column: int, allowed: Allowed) -> None:  # noqa: ANN401 - the library's object
    """A list or a range on one cell; a list that a workbook cannot hold is left to the reader's check."""
    if not allowed.words:
        within = {"validate": "decimal", "criteria": "between", "minimum": allowed.minimum, "maximum": allowed.maximum}
        page.data_validation(row, column, row, column, within)
    elif len(",".join(allowed.words)) <= LONGEST_LIST and not any("," in word for word in allowed.words):
        page.data_validation(row, column, row, column, {"validate": "list", "source": list(allowed.words)})


def _print(page: Any, sheet: Sheet, across: str, foot: str) -> None:  # noqa: ANN401 - the library's object
    """A4 across, as many pages wide as letters stay readable; what is frozen on the screen stands on every page."""
    wide = sum(sheet.widths.values())
    page.set_landscape()
    page.set_paper(A4)
    page.fit_to_pages(max(1, round(wide / WIDEST_PAGE)), 0)
    if across:
        page.set_header(f"&C&20 {across}")
    page.set_footer(f"&L&7 {foot.replace('&', '&&')}&R&7 &A  &P / &N"[:LONGEST_FOOT])
    if sheet.frozen[0]:
        page.repeat_rows(sheet.frozen[0] - 1)
    if wide > WIDEST_PAGE and sheet.frozen[1]:
        page.repeat_columns(0, sheet.frozen[1] - 1)


def _put(page: Any, row: int, column: int, cell: Cell, style: Any) -> None:  # noqa: ANN401 - the library's objects
    if cell.formula and not (isinstance(cell.value, float) and math.isnan(cell.value)):
        page.write_formula(row, column, cell.formula, style, cell.value if cell.value is not None else 0)
    elif isinstance(cell.value, str):
        page.write_string(row, column, cell.value[:LONGEST_TEXT], style)
    elif cell.value is not None and math.isfinite(cell.value):
        page.write_number(row, column, cell.value, style)
    else:
        page.write_blank(row, column, None, style)
