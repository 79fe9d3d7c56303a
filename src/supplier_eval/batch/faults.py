"""What is wrong with the rows of a long table, gathered by code and column, told with row numbers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from supplier_eval.errors import Finding
from supplier_eval.messages import Lang

IntArray = npt.NDArray[np.int64]
TABLE = "bids"


@dataclass(frozen=True, eq=False)
class Fault:
    """One thing that is wrong in some rows: positions from 0, and the first value that shows it."""

    code: str
    column: str
    at: IntArray
    value: str
    facts: Mapping[str, object]

    def finding(self, first_row: int) -> Finding:
        """The finding, with rows numbered from `first_row`."""
        rows = tuple((self.at + first_row).tolist())
        return Finding(self.code, TABLE, self.column, rows, self.value, self.facts)


@dataclass
class Faults:
    """Gathers faults of a table of `n` rows."""

    n: int
    found: list[Fault] = field(default_factory=list)

    def add(self, code: str, column: str, where: npt.ArrayLike, value: object = "", **facts: object) -> None:
        """Note the rows of a mask, or at positions; nothing where there are none."""
        given = np.asarray(where)
        at = np.flatnonzero(given) if given.dtype == np.bool_ else np.unique(given.astype(np.int64))
        if at.size:
            self.found.append(Fault(code, column, at, str(value), facts))

    @property
    def rows(self) -> npt.NDArray[np.bool_]:
        """Which rows have a fault."""
        bad = np.zeros(self.n, bool)
        for fault in self.found:
            bad[fault.at] = True
        return bad

    def findings(self, first_row: int) -> tuple[Finding, ...]:
        """One finding a code, column and first value, in the order in which they were met."""
        return tuple(fault.finding(first_row) for fault in self.found)

    def by_row(self, lang: Lang = "en") -> tuple[npt.NDArray[np.object_], npt.NDArray[np.object_]]:
        """Codes and sentences of every row, one after the other; empty for a row without fault."""
        codes, said = np.full(self.n, "", object), np.full(self.n, "", object)
        for fault in self.found:
            one = Finding(fault.code, TABLE, fault.column, (), fault.value, fault.facts)
            line = f"{fault.column}: {one.say(lang)}"
            for at in fault.at.tolist():
                codes[at] = f"{codes[at]}; {fault.code}" if codes[at] else fault.code
                said[at] = f"{said[at]} {line}" if said[at] else line
        return codes, said
