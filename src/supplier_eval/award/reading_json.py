"""An award problem as a JSON document: one problem (``award-instance/1``), or cases by id (``award-cases/1``)."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from supplier_eval.award.reading_tables import Given, nearest
from supplier_eval.award.reading_terms import TERM_NAMES
from supplier_eval.errors import Finding
from supplier_eval.intake.files import read_json

TABLES = ("lots", "suppliers", "bids", "bundles", "rules", "tiers", "curves")
CASES = ("cases", "analysis_cases")
SCHEMAS = ("award-instance/1", "award-cases/1")
TOLD = frozenset(
    {
        *("schema", "name", "id", "seed", "source", "note", "kind", "features", "expected", "status"),
        *("vocabulary_note", "published_objective", "hand_objective", "expected_cost_of_rules"),
        *("expected_conflicts", "tie_break", "expected_award_after_tie_break"),
    }
)


def given_by_document(path: Path, case: str | None = None) -> tuple[Given | None, list[Finding]]:
    """Take the tables and the terms of one problem out of a document; nothing in them is looked at yet.

    Parameters
    ----------
    path : Path
        The document; figures are read with all their digits.
    case : str or None
        Id of the case where the document holds several; None where it holds one.

    Returns
    -------
    tuple of (Given or None, list of Finding)
        None where there is no problem to read.
    """
    document, findings = read_json(path)
    name = path.stem
    if findings:
        return None, findings
    if not isinstance(document, Mapping):
        return None, [Finding("award.document_shape", name, value=type(document).__name__)]
    schema = document.get("schema")
    if schema is not None and schema not in SCHEMAS:
        return None, [Finding("award.document_schema", name, "schema", value=str(schema), facts=_known(SCHEMAS))]
    cases = {str(entry["id"]): entry for key in CASES for entry in _entries(document.get(key)) if "id" in entry}
    if case is None and len(cases) == 1:
        case = next(iter(cases))
    if case is None and cases:
        return None, [Finding("award.case_missing", name, "cases", facts=_known(cases))]
    chosen: Any = document if case is None else cases.get(case)
    if chosen is None:
        facts = _known(cases) | {"near": nearest(str(case), cases)}
        return None, [Finding("award.case_unknown", name, "cases", value=str(case), facts=facts)]
    if isinstance(chosen.get("case"), Mapping):
        chosen = chosen["case"]
    return _given(chosen), _unknown_keys(chosen, name)


def _entries(cases: object) -> list[Mapping[str, Any]]:
    return [entry for entry in cases if isinstance(entry, Mapping)] if isinstance(cases, list) else []


def _given(document: Mapping[str, Any]) -> Given:
    """The problem's own keys; what it is expected to give is left out."""
    parts: dict[str, Any] = {name: document.get(name) for name in TABLES}
    terms = {name: document[name] for name in TERM_NAMES if document.get(name) is not None}
    return Given(**parts, terms=terms)


def _unknown_keys(document: Mapping[str, Any], name: str) -> list[Finding]:
    """Keys that nobody would read, with the nearest that are read."""
    known = (*TABLES, *TERM_NAMES)
    return [
        Finding("award.key_unknown", name, key, value=key, facts=_known(known) | {"near": nearest(key, known)})
        for key in document
        if key not in known and key not in TOLD and not key.startswith("x_")
    ]


def _known(names: object) -> dict[str, object]:
    return {"known": ", ".join(list(names)[:20])}  # type: ignore[call-overload]
