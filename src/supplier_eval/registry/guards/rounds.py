"""What a new round starts without: the answers of the last one stay in the audit, not in the record."""

from __future__ import annotations

from collections.abc import Iterator

from supplier_eval.errors import Finding
from supplier_eval.registry.guards.fields import blank
from supplier_eval.registry.lifecycle import Guard, Situation


def cleared(code: str, clause: str, *names: str) -> Guard:
    """Guard: these fields are empty after the move, so that nobody takes the last round's answer for the next."""

    def check(situation: Situation) -> Iterator[Finding]:
        record = situation.record
        yield from (
            Finding(code, record.kind, name, value=str(getattr(record, name)))
            for name in names
            if not blank(record, name)
        )

    return Guard(code, clause, check)
