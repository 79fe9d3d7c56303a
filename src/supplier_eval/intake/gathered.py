"""Findings of one table put together: each wrong value once, with all its rows and the nearest name that exists."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from supplier_eval.errors import Finding
from supplier_eval.intake.identifiers import id_key
from supplier_eval.messages import Names
from supplier_eval.messages.near import NONE_NEAR, near_names

MOST_VALUES = 10


@dataclass
class _Same:
    """What is wrong in one way with one value: its rows, the value as first written, the facts."""

    value: str
    facts: dict[str, object]
    rows: list[int] = field(default_factory=list)


@dataclass
class Gathered:
    """Findings of one table, one per code, column, value and facts, with all its rows.

    Of one code and column the first ten values are told each by itself; the others are counted in one finding more.
    """

    table: str
    found: dict[tuple[str, str], dict[tuple[str, ...], _Same]] = field(default_factory=dict)

    def add(self, code: str, column: str, row: int, value: object = "", **facts: object) -> None:
        """Note one bad cell."""
        said = str(value)
        key = (said, *(str(fact) for _, fact in sorted(facts.items())))
        same = self.found.setdefault((code, column), {}).setdefault(key, _Same(said, facts))
        if row:
            same.rows.append(row)

    def findings(self) -> list[Finding]:
        """What was gathered, in the order in which it was met."""
        return [finding for code, column in self.found for finding in self._told(code, column)]

    def _told(self, code: str, column: str) -> Iterator[Finding]:
        several = list(self.found[(code, column)].values())
        for same in several[:MOST_VALUES]:
            yield Finding(code, self.table, column, tuple(same.rows), same.value, same.facts)
        if rest := several[MOST_VALUES:]:
            rows = tuple(sorted({row for same in rest for row in same.rows}))
            facts = {"n": len(rest), "code": code, "values": Names(dict.fromkeys(same.value for same in rest))}
            yield Finding(f"{self.table}.more_values", self.table, column, rows, rest[0].value, facts)


def near_facts(given: str, known: Mapping[str, str]) -> dict[str, object]:
    """The names that there are and the one that looks like what was given.

    Parameters
    ----------
    given : str
        What does not exist.
    known : mapping
        Key (as `id_key` gives it) → name as its own table spells it.
    """
    near = str(near_names(id_key(given), known)["near"])
    return {"known": Names(known.values()), "near": known.get(near, NONE_NEAR)}
