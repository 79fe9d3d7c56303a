"""A tender to be filled in as one workbook, with lists and ranges on the cells that have any (§3.2.1, §3.2.4)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from supplier_eval.intake.template import README, Template, template_of, write_texts
from supplier_eval.intake.template_rows import Allowed, dead, price_items
from supplier_eval.messages import Lang, message
from supplier_eval.policy.document import Policy
from supplier_eval.policy.listed import HEADS, criterion_entries, gate_entries
from supplier_eval.report.brush import cells
from supplier_eval.report.grid import Book, Sheet
from supplier_eval.report.workbook import Limits, write_book

BOOK = "tender.xlsx"
NARROWEST, WIDEST = 10.0, 48.0
IDS_SHEET = "x_criteria"


def write_template_book(
    policy: Policy,
    folder: str | Path,
    *,
    category: str = "",
    bids: Sequence[str] = (),
    lots: Sequence[str] = (),
    evaluators: Sequence[str] = (),
    lang: Lang = "en",
) -> tuple[Path, ...]:
    """Write what `supplier_eval.intake.write_template` writes, the notice and the tables as one workbook.

    Parameters
    ----------
    policy, folder, category, bids, lots, evaluators, lang
        As for `supplier_eval.intake.write_template`.

    Returns
    -------
    tuple of Path
        ``policy.toml``, ``README.md`` and ``tender.xlsx``, which `read_tender` reads. A cell for a mark takes figures
        within the criterion's range only, or one of its levels; the sheet ``x_criteria`` says what every id means.

    Raises
    ------
    InvalidInput
        As there.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     paths = se.report.write_template_book(se.Policy.profile("lpta"), f"{folder}/T", bids=["A"])
    >>> [path.name for path in paths]
    ['policy.toml', 'README.md', 'tender.xlsx']
    """
    template = template_of(policy, folder, category=category, bids=bids, lots=lots, evaluators=evaluators, lang=lang)
    sheets = [_notice(template), _lots(template), *_items(template)]
    limits: dict[str, Limits] = {}
    for name, table in template.tables.items():
        sheet = _sheet(name, table.columns, table.cells())
        column = list(table.columns).index(table.value) if table.value else 0
        for at in range(len(table.rows)) if table.value else ():
            sheet.put(at + 1, column, None, "input")
        limits[name] = _limits(table.allowed, column)
        sheets.append(sheet)
    sheets.append(_ids(template))
    target = Path(folder)
    written = write_texts(template, target, {README: template.readme(BOOK)})
    write_book(Book(sheets, {}), target / BOOK, limits=limits)
    return (*written, target / BOOK)


def _limits(allowed: Mapping[int, Allowed], column: int) -> Limits:
    return {(at + 1, column): one for at, one in allowed.items()}


def _notice(template: Template) -> Sheet:
    rows = [[key.name, key.value, key.remark] for key in template.keys]
    sheet = _sheet("tender", ("key", "value", "x_note"), rows)
    for row, key in enumerate(template.keys, start=1):
        sheet.put(row, 1, key.value or None, "input")
    return sheet


def _lots(template: Template) -> Sheet:
    return _sheet("lots", ("id", "name.en", "name.zh", "ceiling"), [[lot] for lot in template.lots or ("1",)])


def _items(template: Template) -> list[Sheet]:
    items = price_items(template.policy, template.category)
    return [_sheet("items", ("id", "lot", "unit", "volume"), [[item] for item in items])] if items else []


def _ids(template: Template) -> Sheet:
    heads = [message(f"template.head.{name}", template.lang) for name in HEADS]
    asked = (template.policy, template.lang, template.category)
    entries = [*gate_entries(*asked), *criterion_entries(*asked)]
    return _sheet(IDS_SHEET, heads, [[dead(cell) for cell in entry.cells("")] for entry in entries])


def _sheet(name: str, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> Sheet:
    """A sheet with a header that stays in sight; empty cells stay without anything."""
    sheet = Sheet(name, frozen=(1, 0))
    sheet.line(0, 0, columns, "head")
    widths = [len(column) + 4.0 for column in columns]
    for at, row in enumerate(rows, start=1):
        for column, cell in enumerate(row):
            if cell:
                sheet.put(at, column, cell, "line")
                widths[column] = max(widths[column], 1.1 * cells(cell) + 2)
    sheet.widths = {column: min(max(wide, NARROWEST), WIDEST) for column, wide in enumerate(widths)}
    return sheet
