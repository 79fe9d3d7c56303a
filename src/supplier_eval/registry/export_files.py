"""Everything that a store holds as open files: tables as csv, the audit, contents, rules, schemas, a manifest.

::

    manifest.json        what it is, the head of the audit, every file with its rows and its digest
    schema.json          fields (JSON Schema), clauses and life cycle of every kind
    rules.toml           the company's rules in force
    records/<kind>.csv   one row a record: fields as exact text, then state, version, changed_at, changed_by
    audit.csv            every line of the audit
    contents/<digest>    every content under its own digest

Names of files are the program's: no text from a record ever becomes one. No cell is one that a spreadsheet would run.
"""

from __future__ import annotations

import csv
import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from supplier_eval.errors import Finding, InvalidInput
from supplier_eval.registry.audit import Anchor, AuditRow, moment_text
from supplier_eval.registry.catalogue import kinds, life_cycles
from supplier_eval.registry.cell_text import CellColumn, cell_columns, cell_of
from supplier_eval.registry.record import Record
from supplier_eval.registry.views_find import record_cells
from supplier_eval.registry.views_sql import contents

if TYPE_CHECKING:
    from supplier_eval.registry.store import Registry
    from supplier_eval.registry.store_reading import Reading

FORMAT = "supplier-eval-registry-export/1"
KEPT = ("state", "version", "changed_at", "changed_by")
"""Columns after the fields."""
MAYBE = CellColumn("", "text", nullable=True, required=False)
ALWAYS = CellColumn("", "text", nullable=False, required=True)


@dataclass(frozen=True)
class ExportedFolder:
    """What was written.

    Parameters
    ----------
    folder : Path
        Where.
    anchor : Anchor
        Head of the audit that it holds.
    rows : mapping of str to int
        File → records, lines or contents in it.
    """

    folder: Path
    anchor: Anchor
    rows: dict[str, int]


def export_folder(registry: Registry, folder: str | Path) -> ExportedFolder:
    """Write everything, of one view of the store, into a folder that is empty or not there yet.

    Parameters
    ----------
    registry : Registry
        Open.
    folder : str or Path
        Made where it does not exist.

    Returns
    -------
    ExportedFolder
        `import_files.import_folder` makes an equal store of it.

    Raises
    ------
    InvalidInput
        Where the folder holds something already.
    """
    target = Path(folder)
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise InvalidInput([Finding("registry.export.not_empty", "export", value=str(target))])
    (target / "records").mkdir(parents=True, exist_ok=True)
    (target / "contents").mkdir()
    told: dict[str, dict[str, Any]] = {}
    with registry.reading() as reading:
        for kind, declared in kinds().items():
            name = f"records/{kind}.csv"
            rows = (record_cells(found) for found in reading.every(kind))
            told[name] = _table(target / name, header(declared), rows)
        told["audit.csv"] = _table(target / "audit.csv", AuditRow._fields, map(audit_cells, reading.lines()))
        told |= dict(_contents(reading, target))
        told["rules.toml"] = _text(target / "rules.toml", reading.meta("rules"))
        told["schema.json"] = _text(target / "schema.json", _json(schemas()))
        anchor = Anchor(*reading.head())
    manifest = {"format": FORMAT, "exported_at": moment_text(registry.now), "anchor": str(anchor), "files": told}
    _text(target / "manifest.json", _json(manifest))
    return ExportedFolder(target, anchor, {name: facts["rows"] for name, facts in told.items()})


def header(declared: type[Record]) -> tuple[str, ...]:
    """Columns of a kind's table."""
    return (*(column.name for column in cell_columns(declared)), *KEPT)


def audit_cells(row: AuditRow) -> list[str]:
    """A line of audit as cells; an empty cell is none, an empty text has its apostrophe."""
    return [str(part) if isinstance(part, int) else cell_of(MAYBE, part) for part in row]


def schemas() -> dict[str, Any]:
    """What every kind holds and which moves it knows, for programs that are not ours."""
    return {
        kind: {
            "words": declared.words.model_dump(),
            "clauses": list(declared.clauses),
            "fields": declared.model_json_schema(),
            "moves": [
                {"event": move.event, "from": move.source, "to": move.target, "needs": list(move.needs)}
                for move in life_cycles()[kind].moves
            ],
        }
        for kind, declared in kinds().items()
    }


def file_digest(path: Path) -> str:
    """SHA-256 of a file, as the manifest writes it."""
    with path.open("rb") as file:
        return f"sha256:{hashlib.file_digest(file, 'sha256').hexdigest()}"


def _table(path: Path, head: Sequence[str], rows: Iterable[Sequence[str]]) -> dict[str, Any]:
    """Write a table with a byte-order mark, so that a spreadsheet shows Chinese; the facts for the manifest."""
    n = 0
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, lineterminator="\r\n")
        writer.writerow(head)
        for row in rows:
            writer.writerow(row)
            n += 1
    return {"rows": n, "digest": file_digest(path)}


def _contents(reading: Reading, target: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    for _, content in contents(reading.driver):
        name = f"contents/{hashlib.sha256(content).hexdigest()}"
        (target / name).write_bytes(content)
        yield name, {"rows": 1, "digest": file_digest(target / name)}


def _text(path: Path, text: str) -> dict[str, Any]:
    path.write_text(text, encoding="utf-8", newline="")
    return {"rows": 1, "digest": file_digest(path)}


def _json(document: Any) -> str:  # noqa: ANN401 - any document
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"
