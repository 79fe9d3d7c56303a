"""Terms of service credits in a folder: one clause a contract with its fees, applied period after period (§4.3)."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from supplier_eval.errors import Finding, InvalidInput
from supplier_eval.intake.identifiers import id_key
from supplier_eval.messages.faults import fault, why_not_read
from supplier_eval.monitor.credit_names import unmeasured
from supplier_eval.monitor.credit_result import ServiceCredits
from supplier_eval.monitor.credit_terms import CreditTerms
from supplier_eval.monitor.crediting import service_credits

if TYPE_CHECKING:
    from supplier_eval.monitor.kpi_results import KpiResults

TABLE = "credits"
LARGEST_FILE = 1_000_000
HISTORY = ("period", "kpi", "value", "credit", "earned_back")


@dataclass(frozen=True)
class FolderCredit:
    """One clause with the fees that it is of.

    Parameters
    ----------
    terms : CreditTerms
        The clause.
    fees : str
        Fees of a period, in major units.
    fees_of : mapping of str to str
        Fees of the periods that differ, by label.
    """

    terms: CreditTerms
    fees: str
    fees_of: Mapping[str, str]


def read_credits(file: Path) -> tuple[FolderCredit, ...]:
    """Read ``credits.toml``: a list ``[[terms]]``, each with the fields of `CreditTerms`, ``fees`` and ``fees_of``.

    Returns
    -------
    tuple of FolderCredit
        Empty where there is no such file.

    Raises
    ------
    InvalidInput
        With every finding.
    """
    if not file.is_file():
        return ()
    try:
        if file.stat().st_size > LARGEST_FILE:
            raise InvalidInput([_unreadable(file, fault("file_fault.too_large"))], str(file))
        data = tomllib.loads(file.read_bytes().decode("utf-8-sig"), parse_float=Decimal)
    except (OSError, ValueError, RecursionError) as refused:
        if isinstance(refused, InvalidInput):
            raise
        raise InvalidInput([_unreadable(file, why_not_read(refused))], str(file)) from None
    entries = data.get("terms")
    if set(data) - {"terms"} or not isinstance(entries, list) or not all(isinstance(one, dict) for one in entries):
        raise InvalidInput([_unreadable(file, "[[terms]]")], str(file))
    found: list[Finding] = []
    made = [_one(dict(entry), found) for entry in entries]
    if found:
        raise InvalidInput(found, str(file))
    return tuple(one for one in made if one is not None)


def _unreadable(file: Path, why: object) -> Finding:
    return Finding("review.folder.credits", TABLE, value=file.name, facts={"why": why})


def _one(entry: dict[str, Any], found: list[Finding]) -> FolderCredit | None:
    fees, fees_of = entry.pop("fees", None), entry.pop("fees_of", {})
    if isinstance(fees, bool) or not isinstance(fees, str | int | Decimal):
        found.append(Finding("review.folder.fees", TABLE, "fees", value=str(entry.get("contract", ""))))
    try:
        terms = CreditTerms.from_mapping(entry)
    except InvalidInput as refused:
        found += refused.findings
        return None
    by_period = {str(period): str(amount) for period, amount in dict(fees_of).items()}
    return FolderCredit(terms, str(fees), by_period)


def credits_of(
    results: KpiResults, clauses: Iterable[FolderCredit], labels: Iterable[str]
) -> dict[str, tuple[ServiceCredits, ...]]:
    """Work out the credits of every clause, period after period, each with what came before it.

    Parameters
    ----------
    results : KpiResults
        Raw figures; shrunken ones are never paid by.
    clauses : iterable of FolderCredit
        Clauses.
    labels : iterable of str
        Periods, earliest first.

    Returns
    -------
    dict of str to tuple of ServiceCredits
        By supplier as the clause writes it, earliest period first.

    Raises
    ------
    InvalidInput
        Everything that `service_credits` refuses, and a clause of a supplier without records or on a KPI that the plan
        does not have.
    """
    import pandas as pd

    clauses = tuple(clauses)
    known = {id_key(name): name for name in results.suppliers}
    wrong = [one for clause in clauses for one in unmeasured(clause.terms, [kpi.id for kpi in results.kpis])]
    if wrong:
        raise InvalidInput(wrong, TABLE)
    found: dict[str, tuple[ServiceCredits, ...]] = {}
    for clause in clauses:
        supplier = clause.terms.supplier
        if id_key(supplier) not in known:
            facts = {"known": ", ".join(results.suppliers)}
            raise InvalidInput([Finding("review.folder.credit_supplier", TABLE, value=supplier, facts=facts)], TABLE)
        frame = results.frame[results.frame["supplier"] == known[id_key(supplier)]]
        history = pd.DataFrame(columns=list(HISTORY))
        done = []
        for label in labels:
            fees = clause.fees_of.get(label, clause.fees)
            own = service_credits(
                frame.assign(supplier=supplier), clause.terms, period=label, fees=fees, history=history
            )
            done.append(own)
            rows = own.to_frame()[list(HISTORY)]
            history = rows if history.empty else pd.concat([history, rows], ignore_index=True)
        found[supplier] = (*found.get(supplier, ()), *done)
    return found
