"""A store made again from an export: records with their states, the audit line by line, contents and rules.

Nothing is believed: every file must have the digest that the manifest says, every cell must be one that a field can
hold, and what was put together must hold against its own audit and the manifest's anchor, or nothing is made.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from supplier_eval.errors import Finding, InvalidInput
from supplier_eval.intake.cell_values import Problem
from supplier_eval.intake.files import read_json
from supplier_eval.intake.identifiers import id_key
from supplier_eval.registry.audit import Anchor, AuditRow
from supplier_eval.registry.catalogue import kinds
from supplier_eval.registry.cell_text import EXACT, cell_columns, unescaped, value_of
from supplier_eval.registry.export_files import FORMAT, file_digest, header
from supplier_eval.registry.record import LONGEST_TEXT, Record
from supplier_eval.registry.store_engine import Database
from supplier_eval.registry.store_findings import value_findings
from supplier_eval.registry.store_migrations import create_schema
from supplier_eval.registry.store_reading import Reading
from supplier_eval.registry.store_rules import rules_text
from supplier_eval.registry.store_statements import insert
from supplier_eval.registry.store_tables import CHANGED_AT, CHANGED_BY, KEY, STATE, VERSION, shapes
from supplier_eval.registry.verification import verify_reading

OWN_FILES = {"audit.csv", "rules.toml", "schema.json"}
CONTENT = re.compile(r"contents/[0-9a-f]{64}")
RECORDS = re.compile(r"records/([a-z_]{1,60})\.csv")
BATCH = 2_000
MOST_FINDINGS = 1_000
LONGEST_CELL = 64 * LONGEST_TEXT
"""A picture in the audit holds all fields of a record."""
AUDIT_WHOLE = {"seq", "version"}


def import_folder(folder: str | Path, url: str | Path) -> Anchor:
    """Make a store that equals the one that was exported: records, states, versions, audit, contents, rules.

    Parameters
    ----------
    folder : str or Path
        As `export_files.export_folder` wrote it.
    url : str or Path
        A place where no store is yet.

    Returns
    -------
    Anchor
        Head of the audit, as exported; nothing is added to it.

    Raises
    ------
    InvalidInput
        With everything that is wrong; no store is made.
    NotAStore
        Where something is there already.
    """
    source = Path(folder)
    files, anchor = _checked(source)
    database = Database(url, create=True)
    existed = database.path is not None and database.path.exists()
    try:
        with database.writing() as connection, _long_cells():
            create_schema(connection)
            _fill(connection, source, files, "?" if database.is_sqlite else "%s")
            verdict = verify_reading(Reading(connection), anchor)
            if not verdict.is_sound:
                raise InvalidInput(verdict.findings, str(source))
    except BaseException:
        database.close()
        if database.path is not None and not existed:
            for ending in ("", "-wal", "-shm"):
                database.path.with_name(database.path.name + ending).unlink(missing_ok=True)
        raise
    database.close()
    return anchor


def is_export(path: Path) -> bool:
    """Whether a path is the folder of an export."""
    return (path / "manifest.json").is_file()


def _checked(source: Path) -> tuple[list[str], Anchor]:
    """The files of the manifest, each there with its digest, and the anchor.

    Raises
    ------
    InvalidInput
        With everything that is wrong.
    """
    document, found = read_json(source / "manifest.json")
    errors = [finding for finding in found if finding.severity == "error"]
    if errors:
        raise InvalidInput(errors, str(source))
    files = document.get("files") if isinstance(document, Mapping) else None
    if not isinstance(files, Mapping) or document.get("format") != FORMAT:
        raise InvalidInput([Finding("registry.export.format", "manifest", value=str(source))], str(source))
    anchor = Anchor.parse(str(document.get("anchor", "")))
    for name, facts in files.items():
        told = facts.get("digest") if isinstance(facts, Mapping) else None
        if not _is_ours(name):
            errors.append(Finding("registry.export.strange_file", "manifest", "files", value=name))
        elif not (source / name).is_file() or (source / name).is_symlink():
            errors.append(Finding("registry.export.file_missing", "manifest", "files", value=name))
        elif told != file_digest(source / name):
            errors.append(Finding("registry.export.file_altered", "manifest", "files", value=name))
    lacking = [name for name in (*sorted(OWN_FILES), *(f"records/{k}.csv" for k in kinds())) if name not in files]
    errors += [Finding("registry.export.file_missing", "manifest", "files", value=name) for name in lacking]
    if errors:
        raise InvalidInput(errors, str(source))
    return list(files), anchor


def _is_ours(name: str) -> bool:
    """Whether a name is one that an export gives; no other file is opened."""
    records = RECORDS.fullmatch(name)
    return name in OWN_FILES or bool(CONTENT.fullmatch(name)) or (records is not None and records[1] in kinds())


def _fill(connection: Any, source: Path, files: list[str], mark: str) -> None:  # noqa: ANN401 - a transaction
    """Insert everything as it was; what does not fit is refused with all findings."""
    found: list[Finding] = []
    text = rules_text((source / "rules.toml").read_bytes().decode("utf-8"))
    connection.exec_driver_sql(insert("meta", ("name", "value"), mark), ("rules", text))
    for kind, declared in kinds().items():
        names = (*shapes()[kind].names, KEY, STATE, VERSION, CHANGED_AT, CHANGED_BY)
        rows = _records(source / f"records/{kind}.csv", declared, found)
        _insert(connection, insert(kind, names, mark), rows)
    _insert(connection, insert("audit", AuditRow._fields, mark), _lines(source / "audit.csv", found))
    for name in files:
        if CONTENT.fullmatch(name):
            digest = f"sha256:{name.removeprefix('contents/')}"
            given = (digest, (source / name).read_bytes())
            connection.exec_driver_sql(insert("content", ("digest", "bytes"), mark), given)
    if found:
        raise InvalidInput(found[:MOST_FINDINGS], str(source))


def _insert(connection: Any, statement: str, rows: Iterable[tuple[Any, ...]]) -> None:  # noqa: ANN401 - a transaction
    given = iter(rows)
    while batch := list(islice(given, BATCH)):
        connection.exec_driver_sql(statement, batch)


def _records(path: Path, declared: type[Record], found: list[Finding]) -> Iterator[tuple[Any, ...]]:
    """Rows of a kind's table as the store keeps them; findings for those that it could not."""
    columns, fields = cell_columns(declared), shapes()[declared.kind]
    for number, cells in _rows(path, declared.kind, header(declared), found):
        values: dict[str, Any] = {}
        wrong = []
        for column, text in zip(columns, cells, strict=False):
            value = value_of(column, text, EXACT) if text else _empty(column.kind, column.nullable)
            if isinstance(value, Problem):
                code = f"{declared.kind}.{column.name}.{value.code.rsplit('.', 1)[-1]}"
                wrong.append(Finding(code, declared.kind, column.name, (number,), text))
            values[column.name] = value
        state, version, changed_at, changed_by = cells[len(columns) :]
        if not version.isdecimal() or len(version) > 15:
            wrong.append(Finding("registry.export.cell", declared.kind, "version", (number,), version))
        try:
            record = declared.model_validate(values) if not wrong else None
        except ValidationError as refused:
            wrong += [_in_row(one, number) for one in value_findings(declared.kind, refused)]
            record = None
        if record is None or wrong:
            found += wrong
            continue
        kept = (id_key(record.id), unescaped(state), int(version), changed_at, unescaped(changed_by))
        yield (*fields.row(record), *kept)


def _lines(path: Path, found: list[Finding]) -> Iterator[tuple[Any, ...]]:
    for number, cells in _rows(path, "audit", AuditRow._fields, found):
        parts: list[Any] = []
        for name, text in zip(AuditRow._fields, cells, strict=True):
            if name not in AUDIT_WHOLE:
                parts.append(unescaped(text) if text else None)
            elif text.isdecimal() and len(text) <= 15:
                parts.append(int(text))
            else:
                found.append(Finding("registry.export.cell", "audit", name, (number,), text))
        if len(parts) == len(cells) and None not in parts[:5]:
            yield tuple(parts)


def _rows(path: Path, table: str, head: Sequence[str], found: list[Finding]) -> Iterator[tuple[int, list[str]]]:
    """Records of a csv of ours, under the head that it must have; stops after a thousand findings."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.reader(file, strict=True)
        try:
            if tuple(next(reader, ())) != tuple(head):
                found.append(Finding("registry.export.head", table, rows=(1,), facts={"known": ", ".join(head)}))
                return
            for number, cells in enumerate(reader, start=2):
                if len(found) >= MOST_FINDINGS:
                    return
                if len(cells) != len(head):
                    found.append(Finding("registry.export.cell", table, rows=(number,), value=str(len(cells))))
                else:
                    yield number, cells
        except (csv.Error, UnicodeDecodeError) as wrong:
            found.append(Finding("registry.export.not_csv", table, value=str(wrong)))


def _empty(kind: str, nullable: bool) -> Any:  # noqa: ANN401 - any field
    if kind == "items":
        return ()
    return None if nullable or kind != "text" else ""


def _in_row(finding: Finding, number: int) -> Finding:
    return Finding(finding.code, finding.table, finding.column, (number,), finding.value, finding.facts)


@contextmanager
def _long_cells() -> Iterator[None]:
    """Let csv read cells as long as a picture of a record can be."""
    before = csv.field_size_limit(LONGEST_CELL)
    try:
        yield
    finally:
        csv.field_size_limit(before)
