"""A step that is taken again is said again: no answer of the last time passes for one of this time.

What was said before stays in the audit.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from supplier_eval.errors import Finding
from supplier_eval.registry.guards.fields import blank
from supplier_eval.registry.lifecycle import Guard, Situation

NOTHING = (None, "", ())
"""What most fields hold that say nothing; blanks are looked for in the rest."""


def cleared(code: str, clause: str, *names: str) -> Guard:
    """Guard: these fields are empty after the move, so that nobody takes the last round's answer for the next."""

    def check(situation: Situation) -> Iterable[Finding]:
        record, held = situation.record, situation.record.__dict__
        given = [name for name in names if held[name] not in NOTHING and not blank(record, name)]
        return [Finding(code, record.kind, name, value=str(held[name])) for name in given]

    return Guard(code, clause, check)


def anew(code: str, clause: str, *names: str) -> Guard:
    """Guard: at least one of these fields says something else than before the move, where they said anything."""

    def check(situation: Situation) -> Iterator[Finding]:
        if situation.before is None:
            return
        record, before = situation.record, situation.before.record
        said = any(not blank(before, name) for name in names)
        if said and all(getattr(record, name) == getattr(before, name) for name in names):
            facts = {"fields": ", ".join(names)}
            yield Finding(code, record.kind, names[0], value=str(getattr(record, names[0])), facts=facts)

    return Guard(code, clause, check)
