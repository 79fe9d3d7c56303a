"""What may stand beside an OCDS file: ``NAME.tender.toml`` and tables such as ``NAME.marks.csv``.

OCDS has no marks, no evaluators and no policy. They come in files that bear the name of the release.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from supplier_eval.errors import Finding
from supplier_eval.intake.files import read_table
from supplier_eval.intake.raw_table import RawTable
from supplier_eval.intake.source import OTHER_ENDINGS, OWN_PREFIX, TABLE_ENDINGS, _read_notice
from supplier_eval.intake.tables import TABLES
from supplier_eval.messages import Names
from supplier_eval.messages.faults import why_unreadable
from supplier_eval.messages.near import near_names

FROM_THE_RELEASE = ("bids", "prices")
ALLOWED = tuple(name for name in TABLES if name not in FROM_THE_RELEASE)
DEFAULT_POLICY = "profile:service-outsourcing"


@dataclass
class Beside:
    """What was found beside the file."""

    notice: Mapping[str, Any] = field(default_factory=dict)
    tables: dict[str, RawTable] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)


def read_beside(path: Path) -> Beside:
    """Read the files that bear the name of an OCDS file.

    Parameters
    ----------
    path : Path
        ``NAME.json``.

    Returns
    -------
    Beside
        ``NAME.tender.toml`` as the notice, and ``NAME.TABLE.csv`` (also .tsv, .parquet) as tables. A table that
        does not exist, or that the release itself holds (bids, prices), is a finding.
    """
    found = Beside()
    try:
        files = sorted(f for f in path.parent.iterdir() if f.name.startswith(f"{path.stem}."))
    except OSError as refused:
        facts = {"why": why_unreadable(refused)}
        found.findings.append(Finding("tender.file.unreadable", "tender", value=str(path.parent), facts=facts))
        return found
    head = path.with_name(f"{path.stem}.tender.toml")
    if head in files:
        notice, refusals = _read_notice(head)
        found.notice, found.findings = notice or {}, refusals
    declared = found.notice.get("encoding")
    encoding = declared if isinstance(declared, str) and declared else None
    for file in files:
        _take(found, file, file.name[len(path.stem) + 1 :].lower(), encoding)
    return found


def _take(found: Beside, file: Path, rest: str, encoding: str | None) -> None:
    """One file: a table, a finding, or nothing to do with the tender."""
    name, _, ending = rest.rpartition(".")
    if not name or "." in name or name.startswith(OWN_PREFIX):
        return
    if f".{ending}" in OTHER_ENDINGS and name in TABLES:
        facts = {"read": ", ".join(TABLE_ENDINGS)}
        found.findings.append(Finding("tender.tables.ending", "tender", value=file.name, facts=facts))
    if f".{ending}" not in TABLE_ENDINGS:
        return
    if name in FROM_THE_RELEASE or name in found.tables:
        found.findings.append(Finding("tender.tables.twice", "tender", value=file.name, facts={"name": name}))
    elif name not in TABLES:
        near = near_names(name, ALLOWED)
        found.findings.append(Finding("tender.tables.unknown", "tender", value=file.name, facts=near))
    else:
        table, refusals = read_table(file, name, encoding=encoding)
        found.findings += refusals
        if table is not None:
            found.tables[name] = table


def complete(notice: Mapping[str, Any], added: Mapping[str, Any]) -> tuple[dict[str, Any], list[Finding]]:
    """Complete the notice of a release by what ``NAME.tender.toml`` adds.

    Parameters
    ----------
    notice : mapping
        From the release.
    added : mapping
        From the file beside it.

    Returns
    -------
    tuple of (dict, list of Finding)
        Every key of both. A key that both state is a finding; entries of ``lots`` are matched by id, so that
        the file can add the ceiling of a lot. Without a policy the company's default is named.
    """
    whole, findings = dict(notice), []
    for key, value in added.items():
        if key == "lots" and "lots" in notice and isinstance(value, list):
            whole["lots"], found = _lots(notice["lots"], value)
            findings += found
        elif key in notice:
            findings.append(Finding("ocds.beside.twice", "tender", key))
        else:
            whole[key] = value
    whole.setdefault("policy", DEFAULT_POLICY)
    return whole, findings


def _lots(lots: list[dict[str, Any]], added: list[Any]) -> tuple[list[Any], list[Finding]]:
    """The lots of the release with what the file adds to each; an entry of another lot is a finding."""
    ids = [str(lot.get("id", "")) for lot in lots]
    merged, findings = [dict(lot) for lot in lots], []
    for entry in added:
        name = str(entry.get("id", "")) if isinstance(entry, dict) else ""
        if not name or name not in ids:
            findings.append(
                Finding("ocds.beside.lot_unknown", "tender", "lots", value=name, facts={"known": Names(ids)})
            )
            continue
        lot = merged[ids.index(name)]
        findings += [
            Finding("ocds.beside.twice", "tender", f"lots[{name}].{key}") for key in entry if key in lot and key != "id"
        ]
        lot |= {key: value for key, value in entry.items() if key not in lot}
    return merged, findings


def joined(first: RawTable, second: RawTable) -> RawTable:
    """Rows of two tables of one name below each other; a column that one has not is empty there."""
    columns = tuple(dict.fromkeys((*first.columns, *second.columns)))

    def rows(table: RawTable) -> list[tuple[str, ...]]:
        at = {name: i for i, name in enumerate(table.columns)}
        return [tuple(row[at[name]] if name in at else "" for name in columns) for row in table.rows]

    numbers = (*first.row_numbers, *second.row_numbers)
    return RawTable(first.name, second.source, columns, (*rows(first), *rows(second)), numbers, second.encoding)
