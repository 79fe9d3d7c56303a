"""What is wrong with what came in: a stable code, table, column, rows, and what to do, in both languages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Literal

from supplier_eval.messages import Lang, clean, message, remedy
from supplier_eval.shown import Shown

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Finding(Shown):
    """One thing that is wrong with what came in, and what to do about it.

    Parameters
    ----------
    code : str
        Stable code, ``table.column.problem``; its words stand in ``messages/*.toml``.
    table : str
        File or sheet without its ending (``"prices"``), or ``"policy"``, ``"tender"``.
    column : str
        Column or key; empty when the whole table is meant.
    rows : tuple of int
        Row numbers as the spreadsheet shows them (the header is row 1); empty for no row.
    value : str
        What was found, as text.
    facts : mapping
        Named figures that the words quote.
    severity : {"error", "warning"}
        A warning is shown and refuses nothing.
    """

    code: str
    table: str
    column: str = ""
    rows: tuple[int, ...] = ()
    value: str = ""
    facts: Mapping[str, object] = field(default_factory=dict)
    severity: Literal["error", "warning"] = "error"

    def __post_init__(self) -> None:
        object.__setattr__(self, "value", clean(self.value))
        facts = {key: clean(fact) if isinstance(fact, str) else fact for key, fact in self.facts.items()}
        object.__setattr__(self, "facts", MappingProxyType(facts))

    def __hash__(self) -> int:
        facts = tuple(sorted((key, str(fact)) for key, fact in self.facts.items()))
        return hash((self.code, self.table, self.column, self.rows, self.value, facts))

    def __reduce__(self) -> tuple[Any, ...]:
        given = (self.code, self.table, self.column, self.rows, self.value, dict(self.facts), self.severity)
        return (type(self), given)

    @property
    def message(self) -> str:
        """What is wrong and what was expected, in English."""
        return self.say("en")

    @property
    def remedy(self) -> str:
        """What to do, in English."""
        return self.advise("en")

    def say(self, lang: Lang) -> str:
        """What is wrong and what was expected, in the language asked for."""
        return message(self.code, lang, value=self.value, column=self.column, table=self.table, **self.facts)

    def advise(self, lang: Lang) -> str:
        """What to do, in the language asked for."""
        return remedy(self.code, lang, value=self.value, column=self.column, table=self.table, **self.facts)

    def where(self, lang: Lang = "en") -> str:
        """Table, column and rows: ``prices.unit_price, rows 4 and 11``."""
        place = f"{self.table}.{self.column}" if self.column else self.table
        if not self.rows:
            return place
        return f"{place}{'，' if lang == 'zh' else ', '}{_rows(self.rows, lang)}"

    def line(self, lang: Lang = "en") -> str:
        """The whole finding on one line."""
        colon, blank = ("：", "") if lang == "zh" else (": ", " ")
        return f"{self.where(lang)}{colon}{self.say(lang)}{blank}{self.advise(lang)}{blank}[{self.code}]".strip()

    def __str__(self) -> str:
        return self.line("en")


def _rows(rows: tuple[int, ...], lang: Lang) -> str:
    shown = [str(row) for row in rows[:8]]
    if lang == "zh":
        more = f" 等 {len(rows)} 行" if len(rows) > 8 else " 行"
        return "第 " + "、".join(shown) + more
    if len(rows) == 1:
        return f"row {shown[0]}"
    if len(rows) > 8:
        return f"rows {', '.join(shown)} and {len(rows) - 8} more"
    return f"rows {', '.join(shown[:-1])} and {shown[-1]}"


def findings_frame(findings: Iterable[Finding], lang: Lang = "en") -> pd.DataFrame:
    """All findings as a table: severity, code, table, column, rows, value, message, remedy."""
    import pandas as pd

    columns = ["severity", "code", "table", "column", "rows", "value", "message", "remedy"]
    rows = [(f.severity, f.code, f.table, f.column, f.rows, f.value, f.say(lang), f.advise(lang)) for f in findings]
    return pd.DataFrame(rows, columns=columns)
