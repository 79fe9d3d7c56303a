"""Names that credits go by: a KPI or a period that one side does not know is a finding, never a silent zero."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from supplier_eval.errors import Finding
from supplier_eval.monitor.credit_history import LABEL
from supplier_eval.monitor.series import TABLE

if TYPE_CHECKING:
    from supplier_eval.monitor.credit_terms import CreditTerms

SPAN = re.compile(r"\d{4}-\d{2}-\d{2}.*/\d{4}-\d{2}-\d{2}.*")
CLOSE = 0.6


def unmeasured(terms: CreditTerms, known: Iterable[str], *, near_only: bool = False) -> list[Finding]:
    """KPIs of a clause that the plan or the results do not have.

    Parameters
    ----------
    terms : CreditTerms
        The clause.
    known : iterable of str
        KPIs that are measured.
    near_only : bool
        Only those that look like one which the clause does not name: a table may lack a KPI that nobody measured.
    """
    names = sorted(set(known))
    own = [one.kpi for one in terms.kpis]
    found = []
    for kpi in own:
        if kpi in names:
            continue
        near = _near(kpi, [name for name in names if name not in own] if near_only else names)
        if near or not near_only:
            facts = {"of": terms.contract, "near": near or ", ".join(names)}
            found.append(Finding("credits.kpi_unknown", "credits", "kpi", value=kpi, facts=facts))
    return found


def surplus(terms: CreditTerms, given: Iterable[str]) -> list[Finding]:
    """Figures that were given by name for KPIs which the clause does not have."""
    own = [one.kpi for one in terms.kpis]
    return [
        Finding(
            "credits.result_unknown", "results", "kpi", value=name, facts={"near": _near(name, own) or ", ".join(own)}
        )
        for name in given
        if name not in own
    ]


def named_period(given: object, found: list[Finding]) -> str:
    """The label of a period: of a Period as it is; a text must say a month, quarter, year or two days."""
    label = getattr(given, "label", given)
    if not isinstance(label, str) or not label.strip():
        found.append(Finding("credits.no_name", TABLE, "period", value=str(label)[:40]))
        return "-"
    if label is given and not _reads(label.strip()):
        found.append(Finding("credits.period", TABLE, "period", value=label[:40]))
    return label.strip() if label is given else label


def _reads(label: str) -> bool:
    match = LABEL.fullmatch(label)
    if match is None:
        return SPAN.fullmatch(label) is not None
    return match[2] is None or 1 <= int(match[2]) <= 12


def _near(name: str, known: list[str]) -> str:
    return ", ".join(difflib.get_close_matches(name, known, n=2, cutoff=CLOSE))
