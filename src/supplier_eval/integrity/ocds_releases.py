"""Contracting processes out of whatever holds OCDS releases: a file, a package, records, or objects in memory."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from supplier_eval.errors import Finding, InvalidInput
from supplier_eval.intake.file_kind import examine, read_bytes
from supplier_eval.intake.json_text import read_json_text
from supplier_eval.intake.raw_table import FileRefusedError, Limits
from supplier_eval.integrity.bid_columns import refuse

TABLE = "releases"
DEFAULT_LIMITS = Limits()
LINES = ".jsonl"
Release = Mapping[str, Any]


def read_releases(source: object, limits: Limits = DEFAULT_LIMITS) -> tuple[list[Release], list[Finding]]:
    """Read one release for each contracting process.

    Parameters
    ----------
    source : path, mapping or iterable of mapping
        A ``.json`` file (release, release package, record package, list of releases) or a ``.jsonl`` file (one release
        a line); or the same in memory.
    limits : Limits
        Size of the file and count of its values.

    Returns
    -------
    tuple of (list of mapping, list of Finding)
        Releases that bear an ``ocid``, in its order; the rest are warnings.

    Raises
    ------
    InvalidInput
        If the file cannot be read, holds no release, or has several releases of one process: which of them is in force
        is not known, they have to be compiled first.
    """
    name, documents = _documents(source, limits)
    found = [release for document in documents for release in _releases(document)]
    findings: list[Finding] = []
    kept: dict[str, Release] = {}
    first: dict[str, int] = {}
    for at, release in enumerate(found, start=1):
        ocid = release.get("ocid") if isinstance(release, Mapping) else None
        if not isinstance(ocid, str) or not ocid:
            findings.append(Finding("ocds_flags.no_ocid", TABLE, "ocid", (at,), str(ocid), severity="warning"))
        elif ocid in kept:
            findings.append(Finding("ocds_flags.ocid_twice", TABLE, "ocid", (at,), ocid, {"first": first[ocid]}))
        else:
            kept[ocid], first[ocid] = release, at
    if not kept:
        findings.append(Finding("ocds_flags.no_release", TABLE))
    if any(finding.severity == "error" for finding in findings):
        raise InvalidInput(findings, name)
    return [kept[ocid] for ocid in sorted(kept)], findings


def _documents(source: object, limits: Limits) -> tuple[str, list[Any]]:
    """Name of the source, and its JSON documents."""
    if isinstance(source, str | Path):
        return str(source), _of_file(Path(source), limits)
    if isinstance(source, Mapping):
        return TABLE, [source]
    if isinstance(source, Iterable):
        return TABLE, list(source)
    return refuse("ocds_flags.source", "source", source)


def _of_file(path: Path, limits: Limits) -> list[Any]:
    try:
        known = examine(path, TABLE, limits, frozenset({".json", LINES}))
        data = read_bytes(known, TABLE, limits)
    except FileRefusedError as refusal:
        raise InvalidInput([refusal.finding], str(path)) from None
    documents, findings = [], []
    values = 0
    for row, text in _parts(data, known.ending):
        values += 1 + sum(text.count(mark) for mark in (b",", b"[", b"{"))
        if values > limits.cells:
            facts = {"found": values, "limit": limits.cells}
            findings.append(Finding("files.limits.cells", TABLE, facts=facts))
            break
        document, found = read_json_text(text, TABLE, limits)
        documents.append(document)
        findings += [_at(finding, row) for finding in found]
    if findings:
        raise InvalidInput(findings, str(path))
    return documents


def _parts(data: bytes, ending: str) -> Iterator[tuple[int, bytes]]:
    """The whole file, or its lines with their numbers; blank lines hold nothing."""
    if ending != LINES:
        yield 0, data
        return
    for row, line in enumerate(data.removeprefix(b"\xef\xbb\xbf").splitlines(), start=1):
        if line.strip():
            yield row, line


def _at(finding: Finding, row: int) -> Finding:
    rows = (row,) if row else finding.rows
    return Finding(finding.code, finding.table, finding.column, rows, finding.value, finding.facts, finding.severity)


def _releases(document: object) -> Iterator[Any]:
    """Releases of a document: of a package, of records (compiled, else the only one), of a list, or itself."""
    if isinstance(document, list | tuple):
        for part in document:
            yield from _releases(part)
    elif not isinstance(document, Mapping):
        yield document
    elif isinstance(document.get("records"), list):
        for record in document["records"]:
            yield from _releases(record)
    elif isinstance(document.get("compiledRelease"), Mapping):
        yield document["compiledRelease"]
    elif isinstance(document.get("releases"), list):
        yield from document["releases"]
    else:
        yield document
