"""Lists of names in findings, said whole; findings of one cause in one column, said once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from supplier_eval.errors import Finding
from supplier_eval.messages import Names

__all__ = ["Names", "grouped"]

WHO = ("risk", "measure", "supplier", "indicator")  # facts that say whose row it is


def grouped(findings: Iterable[Finding]) -> list[Finding]:
    """Findings that say the same of several rows as one with all of these rows; whose rows they are is listed in it.

    Parameters
    ----------
    findings : iterable of Finding
        In their order, which is kept: each stands where the first of its kind stood.
    """
    held: dict[tuple[object, ...], list[Finding]] = {}
    for one in findings:
        same = tuple((key, str(fact)) for key, fact in one.facts.items() if key not in WHO)
        place = (one.code, one.table, one.column, one.value, one.severity, same, bool(one.rows))
        held.setdefault(place if one.rows else (*place, len(held)), []).append(one)
    return [_merged(several) for several in held.values()]


def _merged(several: list[Finding]) -> Finding:
    first = several[0]
    if len(several) == 1:
        return first
    rows = tuple(sorted({row for one in several for row in one.rows}))
    facts = dict(first.facts)
    for key in WHO:
        if key in facts:
            facts[key] = Names(dict.fromkeys(str(one.facts[key]) for one in several))
    return replace(first, rows=rows, facts=facts)
