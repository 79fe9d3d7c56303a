"""The tables of a folder or of one workbook, whatever capitals their names have; what is not read is said with why."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from supplier_eval.errors import Finding
from supplier_eval.intake.file_kind import MACROS, examine
from supplier_eval.intake.files import DEFAULT_LIMITS, TABLES, read_table, read_workbook
from supplier_eval.intake.raw_table import FileRefusedError, RawTable, column_key
from supplier_eval.intake.xlsx import read_sheets
from supplier_eval.risk.said_names import Names

ENDINGS = (".csv", ".tsv", ".txt", ".xlsx", ".parquet")
OTHER_TABLES = frozenset({".xls", ".json", ".ods", ".et", ".numbers", ".htm", ".html"} | MACROS)
NOTES = frozenset({".md", ".toml"})  # settings are judged by their reader
WRITTEN = frozenset({"risks.html", "risk.json", "risk_attribute.csv"})  # by the command itself
NEAR = 0.6


@dataclass(frozen=True)
class FoundTables:
    """What is there under the names that were asked for.

    Parameters
    ----------
    tables : tuple of RawTable
        Named as asked for.
    findings : tuple of Finding
        Errors and warnings of the files that are read.
    unread : tuple of Finding
        Warnings about files and sheets that are not.
    """

    tables: tuple[RawTable, ...]
    findings: tuple[Finding, ...]
    unread: tuple[Finding, ...] = ()


def find_tables(path: Path, names: Iterable[str]) -> FoundTables:
    """Tables of a folder (a file each) or of a workbook (a sheet each).

    Parameters
    ----------
    path : Path
        The folder, or a file, which must be an .xlsx.
    names : iterable of str
        Tables that may be there.
    """
    wanted = {column_key(name): name for name in names}
    return _of_folder(path, wanted) if path.is_dir() else _of_workbook(path, wanted)


def _of_workbook(path: Path, wanted: dict[str, str]) -> FoundTables:
    sheets, found = read_workbook(path)
    shown: dict[str, list[RawTable]] = {}
    for sheet, raw in sheets.items():
        shown.setdefault(column_key(sheet), []).append(replace(raw, name=wanted.get(column_key(sheet), sheet)))
    read = [raws[0] for key, raws in shown.items() if key in wanted]
    found = [replace(one, table=wanted.get(column_key(one.table), one.table)) for one in found]
    found += [
        Finding("register.file_twice", wanted[key], value=path.name)
        for key, raws in shown.items()
        if key in wanted and len(raws) > 1
    ]
    strays = [raws[0].name for key, raws in shown.items() if key not in wanted]
    return FoundTables(tuple(read), tuple(found), tuple(_strays(strays, wanted.values())))


def _of_folder(folder: Path, wanted: dict[str, str]) -> FoundTables:
    held: dict[str, list[Path]] = {}
    strays: list[Path] = []
    for file in sorted(folder.iterdir()):
        key = column_key(file.stem)
        if file.name.startswith((".", "~")) or file.name in WRITTEN or not file.is_file():
            continue
        if file.suffix.lower() in ENDINGS and key in wanted:
            held.setdefault(wanted[key], []).append(file)
        elif file.suffix.lower() not in NOTES:
            strays.append(file)
    raws: list[RawTable] = []
    found: list[Finding] = []
    unread = list(_refused(strays, wanted.values()))
    for name in wanted.values():
        files = held.get(name, [])
        if len(files) > 1:
            found.append(Finding("register.file_twice", name, value=", ".join(one.name for one in files)))
        elif files:
            raw, more = read_table(files[0], name)
            raws += [] if raw is None else [raw]
            found += more
            unread += _other_sheets(files[0], name)
    return FoundTables(tuple(raws), tuple(found), tuple(unread))


def _other_sheets(file: Path, name: str) -> Iterator[Finding]:
    """A warning about the sheets of a workbook beside the one that is read."""
    if file.suffix.lower() != ".xlsx":
        return
    seen: list[str] = []

    def note(sheets: list[str]) -> Finding:
        seen.extend(sheets)
        return Finding("files.xlsx.several_sheets", name)

    read_sheets(file, name, DEFAULT_LIMITS, note)
    others = [sheet for sheet in seen if column_key(sheet) != column_key(name)]
    if others and len(seen) > 1:
        facts = {"file": file.name, "names": Names(others)}
        yield Finding("risk_folder.sheets_unread", name, value=", ".join(others), facts=facts, severity="warning")


def _refused(files: Sequence[Path], names: Iterable[str]) -> Iterator[Finding]:
    """Warnings about files that are not read: of a kind that is none of ours, or under a name that is none."""
    others = []
    for file in files:
        if file.suffix.lower() not in OTHER_TABLES:
            others.append(file.name)
            continue
        try:
            examine(file, column_key(file.stem), DEFAULT_LIMITS, TABLES)
        except FileRefusedError as refusal:
            yield replace(refusal.finding, value=file.name, severity="warning")
    yield from _strays(others, names)


def _strays(files: Sequence[str], names: Iterable[str]) -> Iterator[Finding]:
    """One warning for each that looks like a table, one for all others."""
    known = list(names)
    near = {file: got[0] for file in files if (got := difflib.get_close_matches(_stem(file), known, 1, NEAR))
            and Path(file).suffix.lower() in {"", *ENDINGS}}  # fmt: skip
    for file, name in near.items():
        yield Finding("risk_folder.file_near", "files", value=file, facts={"near": name}, severity="warning")
    rest = [file for file in files if file not in near]
    if rest:
        facts = {"known": Names(known)}
        yield Finding(
            "risk_folder.file_unread",
            "files",
            value=", ".join(rest),
            facts=facts | {"names": Names(rest)},
            severity="warning",
        )


def _stem(name: str) -> str:
    return column_key(name.rpartition(".")[0] or name)
