"""Reads an award problem from a document, a folder of tables, frames or lists; everything wrong is said at once."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from supplier_eval.award.reading_checks import attribute_findings, whole_findings
from supplier_eval.award.reading_parts import read_bids, read_bundles, read_lots, read_suppliers
from supplier_eval.award.reading_rules import read_rules
from supplier_eval.award.reading_steps import read_curves, read_tiers
from supplier_eval.award.reading_tables import Given, Reading, suppliers_named, table_of
from supplier_eval.award.reading_terms import read_terms
from supplier_eval.errors import Finding, InvalidInput

if TYPE_CHECKING:
    from supplier_eval.award.problem import AwardProblem, Parts

__all__ = ["parts_of", "read_problem"]


def read_problem(path: str | Path, case: str | None = None) -> AwardProblem:
    """Read an award problem from a ``.json`` document or from a folder of tables; docs/award-problem.md says how.

    Parameters
    ----------
    path : path
        A document (one problem, or cases of which `case` names one), or a folder with ``award.toml`` and the tables
        lots, suppliers, bids and where needed bundles, tiers and curves (.csv, .tsv, .xlsx, .parquet).
    case : str, optional
        Id of one problem in a document of several.

    Returns
    -------
    AwardProblem
        Exact figures in canonical order: the order of rows, lots, bids or rules never matters. Exploratory.

    Raises
    ------
    InvalidInput
        With every finding at once: table, column, rows, remedy.

    Examples
    --------
    >>> problem = se.award.read_problem("data/samples/award-regions")
    >>> problem
    AwardProblem(6 lots, 6 suppliers, 20 bids, 1 bundles, 5 rules; cost)
    """
    from supplier_eval.award.problem import AwardProblem

    where = Path(path)
    if where.is_dir():
        from supplier_eval.award.reading_folder import given_by_folder

        given, findings = given_by_folder(where)
        if case is not None:
            findings.append(Finding("award.case_not_read", where.name, value=case))
    elif where.suffix.lower() == ".json":
        from supplier_eval.award.reading_json import given_by_document

        given, findings = given_by_document(where, case)
    else:
        code = "award.path_kind" if where.exists() else "award.path_missing"
        raise InvalidInput([Finding(code, where.name, value=str(where))], str(where))
    if given is None:
        raise InvalidInput(findings, str(where))
    return AwardProblem.of_parts(_parts(given, findings, str(where)))


def parts_of(
    lots: object,
    suppliers: object,
    bids: object,
    *,
    bundles: object,
    rules: object,
    tiers: object,
    terms: Mapping[str, object],
) -> Parts:
    """Validate the tables of an award problem and put them into canonical order.

    Parameters
    ----------
    lots, suppliers, bids, bundles : DataFrame, sequence of mappings or parts, mapping of id to these, or None
        Columns as in docs/award-problem.md. `suppliers` None: whoever has a bid or a bundle.
    rules : sequence of Rule or mapping, mapping of id to these, or None
        Business rules.
    tiers : mapping of supplier id to tiers, table with a row a tier, or None
        Discounts that do not stand with the suppliers.
    terms : mapping
        ``objective``, ``cover``, ``unserved_cost``, ``grid`` or ``share_step``, ``currency``, ``minor_units``,
        ``tie_keys``; also ``curves``, a table with a row a segment.

    Returns
    -------
    Parts
        Frozen records with exact figures, by id.

    Raises
    ------
    InvalidInput
        With every finding at once. Rows are counted from 1 (a frame's first row is row 1).
    """
    said = dict(terms)
    curves = said.pop("curves", None)
    given = Given(
        lots=lots, suppliers=suppliers, bids=bids, bundles=bundles, rules=rules, tiers=tiers, curves=curves, terms=said
    )
    return _parts(given, [], "")


def _parts(given: Given, before: list[Finding], source: str) -> Parts:
    """Read table by table into one list of findings, and refuse all of them together."""
    from supplier_eval.award.problem import AwardProblem, Parts

    reading = Reading(marks=given.marks, findings=list(before))
    terms, unserved = read_terms(given.terms, reading)
    tables = {name: table_of(getattr(given, name), name, reading) for name in ("lots", "suppliers", "bids", "bundles")}
    tiers = read_tiers(given.tiers, reading)
    curves = read_curves(given.curves, reading)
    lots = read_lots(tables["lots"], unserved, reading)
    told = tables["suppliers"]
    if given.suppliers is None:
        told = suppliers_named(tables["bids"], tables["bundles"])
    suppliers = read_suppliers(told, tiers, reading)
    bids = read_bids(tables["bids"], curves, lots, suppliers, reading)
    bundles = read_bundles(tables["bundles"], lots, suppliers, reading)
    rules = read_rules(given.rules, lots, suppliers, reading)
    parts = Parts(
        lots=MappingProxyType(lots),
        suppliers=MappingProxyType(suppliers),
        bids=MappingProxyType(bids),
        bundles=MappingProxyType(bundles),
        rules=MappingProxyType(rules),
        terms=terms,
    )
    problem = AwardProblem.of_parts(parts)
    reading.findings += whole_findings(problem, reading.rows)
    reading.findings += attribute_findings(problem, reading.rows)
    if any(finding.severity == "error" for finding in reading.findings):
        raise InvalidInput(reading.findings, source)
    return parts
