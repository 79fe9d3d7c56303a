"""A supplier that is suspended, barred or gone gets no award and no contract (§3.3.2)."""

from __future__ import annotations

from collections.abc import Iterator

from supplier_eval.errors import Finding
from supplier_eval.registry.lifecycle import Guard, Situation

OUT = ("suspended", "barred", "left")


def in_good_standing(code: str, clause: str, name: str = "supplier") -> Guard:
    """Guard: the supplier in this field is neither suspended nor barred nor gone.

    Parameters
    ----------
    code : str
        Code of the finding; its words quote `{value}` (the supplier) and `{state}`.
    clause : str
        Clause of the policy.
    name : str
        Field that holds the supplier's id.
    """

    def check(situation: Situation) -> Iterator[Finding]:
        key = getattr(situation.record, name)
        found = situation.reader.get("supplier", key) if key is not None else None
        if found is not None and found.state in OUT:
            yield Finding(code, situation.record.kind, name, value=key, facts={"state": found.state})

    return Guard(code, clause, check)


AWARD_STANDING = in_good_standing("award.supplier.standing", "§3.3.2")
