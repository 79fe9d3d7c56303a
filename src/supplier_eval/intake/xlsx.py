"""Workbooks (.xlsx), read sheet by sheet under fixed bounds; values only, nothing is calculated."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from supplier_eval.errors import Finding
from supplier_eval.intake.raw_table import FileRefusedError, Limits, RawTable, TableBuilder, column_key
from supplier_eval.intake.xlsx_package import DAMAGE, Package, open_package
from supplier_eval.intake.xlsx_sheet import Book, SheetReader, unescape
from supplier_eval.intake.xlsx_values import BUILT_IN, GENERAL, NumberFormat, number_format
from supplier_eval.intake.xml_stream import HostileXmlError, attribute, stream_xml

Sheets = dict[str, RawTable]


@dataclass(frozen=True)
class _Sheet:
    """One entry of the workbook's list of sheets."""

    name: str
    hidden: bool
    kind: str
    part: str


def read_sheets(
    path: Path, name: str, limits: Limits, wanted: Callable[[list[str]], str | Finding] | None = None
) -> tuple[Sheets, list[Finding]]:
    """Read the sheets of a workbook into tables of text.

    Parameters
    ----------
    path : Path
        A file that begins as a zip file.
    name : str
        Name that findings about the whole workbook carry.
    limits : Limits
        What is refused as too large.
    wanted : callable or None
        Chooses one sheet from the names of those that hold tables, or gives the finding that says why it
        cannot; None reads all. A chosen sheet gives a table called `name`.

    Returns
    -------
    tuple of (dict of str to RawTable, list of Finding)
        Sheet name → table, in the workbook's order; empty and refused sheets are missing and have a finding.
    """
    tables: Sheets = {}
    found: list[Finding] = []
    try:
        with open_package(path, name, limits) as (package, warnings):
            found += warnings
            book, sheets = _open_book(package, limits)
            chosen = _choose(sheets, name, found, wanted)
            for sheet in chosen:
                table_name = name if wanted else sheet.name
                table, more = _read_sheet(
                    package, book, sheet, TableBuilder(table_name, str(path), limits, padded=True)
                )
                found += more
                if table is not None:
                    tables[sheet.name] = table
    except FileRefusedError as refusal:
        return {}, [*found, refusal.finding]
    return tables, found


def _choose(
    sheets: list[_Sheet], name: str, found: list[Finding], wanted: Callable[[list[str]], str | Finding] | None
) -> list[_Sheet]:
    """The sheets to read; sheets that hold no cells (charts) are named in a warning."""
    tabular = [sheet for sheet in sheets if sheet.kind == "worksheet"]
    if not tabular:
        raise FileRefusedError(Finding("files.xlsx.no_sheets", name))
    if wanted is None:
        others = [sheet.name for sheet in sheets if sheet.kind != "worksheet"]
        found += [Finding("files.xlsx.not_a_table", other, severity="warning") for other in others]
        return tabular
    choice = wanted([sheet.name for sheet in tabular])
    if isinstance(choice, Finding):
        raise FileRefusedError(choice)
    return [sheet for sheet in tabular if sheet.name == choice]


def _read_sheet(
    package: Package, book: Book, sheet: _Sheet, builder: TableBuilder
) -> tuple[RawTable | None, list[Finding]]:
    """One sheet; what stops it becomes its finding, so that the other sheets are still read."""
    reader = SheetReader(book, builder, builder.limits)
    found = []
    if sheet.hidden:
        found.append(Finding("files.xlsx.hidden_sheet", builder.name, severity="warning"))
    try:
        with package.open(sheet.part) as stream:
            stream_xml(stream, reader.start, reader.end, reader.text)
    except FileRefusedError as refusal:
        return None, [*found, refusal.finding]
    except HostileXmlError as hostile:
        return None, [*found, Finding(str(hostile), builder.name, value=sheet.part)]
    except DAMAGE as error:
        facts = {"reason": str(error)[:200]}
        return None, [*found, Finding("files.xlsx.damaged", builder.name, value=sheet.part, facts=facts)]
    notes = reader.findings()
    if not reader.seen_value:
        return None, [*found, *notes, Finding("files.xlsx.empty_sheet", builder.name, severity="warning")]
    table, shape = builder.finish()
    return table, found + shape + notes


def _open_book(package: Package, limits: Limits) -> tuple[Book, list[_Sheet]]:
    """Shared texts, number formats and the list of sheets."""
    _refuse_macros(package)
    main = next((part for kind, part in package.relations("").values() if kind == "officeDocument"), "xl/workbook.xml")
    relations = package.relations(main)
    sheets, from_1904 = _sheet_list(package, main, relations)
    if len(sheets) > limits.sheets:
        facts = {"found": len(sheets), "limit": limits.sheets}
        raise FileRefusedError(Finding("files.limits.sheets", package.table, facts=facts))
    parts = dict(relations.values())
    strings = _shared_strings(package, parts["sharedStrings"], limits) if "sharedStrings" in parts else []
    formats = _styles(package, parts["styles"]) if "styles" in parts else []
    return Book(strings, formats, from_1904), sheets


def _refuse_macros(package: Package) -> None:
    def start(_: str, attributes: dict[str, str]) -> None:
        kind = attributes.get("ContentType", "").lower()
        if "macroenabled" in kind or "sheet.binary" in kind:
            raise FileRefusedError(Finding("files.type.macros", package.table))

    with package.open("[Content_Types].xml") as stream:
        stream_xml(stream, start)


def _sheet_list(package: Package, main: str, relations: dict[str, tuple[str, str]]) -> tuple[list[_Sheet], bool]:
    sheets: list[_Sheet] = []
    dates: list[bool] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        if name == "sheet":
            kind, part = relations.get(attribute(attributes, "id"), ("", ""))
            hidden = attributes.get("state", "visible") != "visible"
            sheets.append(_Sheet(attributes.get("name", ""), hidden, kind, part))
        elif name == "workbookPr":
            dates.append(attributes.get("date1904") in {"1", "true"})

    with package.open(main) as stream:
        stream_xml(stream, start)
    keys = [column_key(sheet.name) for sheet in sheets]
    if "" in keys or len(set(keys)) < len(keys):
        raise ValueError("two sheets have one name, or a sheet has none")
    return sheets, any(dates)


def _shared_strings(package: Package, part: str, limits: Limits) -> list[str]:
    """The texts that cells point to; readings above hanzi (phonetic runs) are left out."""
    strings: list[str] = []
    pieces: list[str] = []
    length = phonetic = 0
    taking = False

    def start(name: str, _: dict[str, str]) -> None:
        nonlocal length, phonetic, taking
        if name == "si":
            pieces.clear()
            length = 0
        elif name == "rPh":
            phonetic += 1
        elif name == "t":
            taking = not phonetic

    def end(name: str) -> None:
        nonlocal phonetic, taking
        if name == "t":
            taking = False
        elif name == "rPh":
            phonetic -= 1
        elif name == "si":
            if len(strings) >= limits.cells:
                facts = {"limit": limits.cells}
                raise FileRefusedError(Finding("files.limits.cells", package.table, facts=facts))
            strings.append(unescape("".join(pieces)))

    def text(piece: str) -> None:
        nonlocal length
        if taking and length <= limits.cell_chars:
            pieces.append(piece)
            length += len(piece)

    with package.open(part) as stream:
        stream_xml(stream, start, end, text)
    return strings


def _styles(package: Package, part: str) -> list[NumberFormat]:
    """Number format of each cell style."""
    own: dict[int, NumberFormat] = {}
    styles: list[int] = []
    inside = False

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal inside
        if name == "cellXfs":
            inside = True
        elif name == "xf" and inside:
            styles.append(int(attributes.get("numFmtId", "0")))
        elif name == "numFmt":
            own[int(attributes.get("numFmtId", "0"))] = number_format(attributes.get("formatCode", "")[:500])

    def end(name: str) -> None:
        nonlocal inside
        if name == "cellXfs":
            inside = False

    with package.open(part) as stream:
        stream_xml(stream, start, end)
    return [own.get(style) or BUILT_IN.get(style, GENERAL) for style in styles]
