"""What the OCDS red flags found: by process, buyer, procuring entity and tenderer; for people, never an exclusion."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal

from supplier_eval.errors import Finding, UnknownName
from supplier_eval.flags import Flag
from supplier_eval.integrity.ocds_found import RedFlag, as_results, rounded
from supplier_eval.integrity.ocds_settings import RedFlagSettings
from supplier_eval.messages import Lang, known_language, message
from supplier_eval.shown import Shown

if TYPE_CHECKING:
    import pandas as pd

CLAUSE = "§1.3.4"
COLUMNS = ("group", "id", "indicator", "title", "value", "threshold", "processes")


@dataclass(frozen=True, eq=False)
class RedFlags(Shown):
    """Red flags of a set of contracting processes.

    Parameters
    ----------
    found : tuple of RedFlag
        By group (OCID, Buyer, ProcuringEntity, Tenderer), id and indicator.
    meta : mapping
        Indicator → quartiles and fences that were used, unrounded.
    indicators : tuple of str
        Which were looked for.
    n_processes : int
        Processes that were looked at.
    currency : str
        Main currency, in which prices were compared.
    settings : RedFlagSettings
        What was set.
    warnings : tuple of Finding
        Releases and amounts that were left out, and why.
    """

    found: tuple[RedFlag, ...]
    meta: Mapping[str, Mapping[str, float]]
    indicators: tuple[str, ...]
    n_processes: int
    currency: str
    settings: RedFlagSettings
    warnings: tuple[Finding, ...] = ()
    policy_fingerprint: str = ""
    standing: Literal["exploratory"] = "exploratory"

    @cached_property
    def flags(self) -> tuple[Flag, ...]:
        """The same as flags that open cases: `lot` is the process, `bid` the tenderer."""
        return tuple(_flag(one) for one in self.found)

    def to_dict(self, meta: bool = False) -> dict[str, Any]:
        """Group → id → indicator → value; with `meta` also the quartiles and fences, to four decimals.

        Returns
        -------
        dict
            As Cardinal writes its results: groups without results are left out.
        """
        results: dict[str, Any] = dict(as_results(self.found))
        return {**results, "Meta": rounded(self.meta)} if meta else results

    def to_frame(self, lang: Lang = "en") -> pd.DataFrame:
        """One row a red flag.

        Columns: ``group id indicator`` · ``title`` (in the language asked for) · ``value`` (shares and counts as the
        page docs/screens/ocds-red-flags.md says; 0 or 1 for organisations that took part in a flagged process) ·
        ``threshold`` (the line; NaN where the indicator has none) · ``processes`` (the flagged processes of an
        organisation, commas between).
        """
        import pandas as pd

        rows = [
            (f.group, f.id, f.indicator, self.title(f.indicator, lang), f.value, f.threshold, ", ".join(f.processes))
            for f in self.found
        ]
        return pd.DataFrame(rows, columns=list(COLUMNS)).astype({"value": "float64", "threshold": "float64"})

    def explain(self, id: str | None = None, lang: Lang = "en") -> str:
        """Say what was found, about one process or organisation or about all together.

        Raises
        ------
        UnknownName
            If nothing was found about that id.
        """
        known_language(lang)
        if id is None:
            return self._all(lang)
        mine = [flag for red, flag in zip(self.found, self.flags, strict=True) if red.id == id]
        if not mine:
            raise UnknownName("red flag of", id, dict.fromkeys(red.id for red in self.found))
        return "\n".join([*(flag.say(lang) for flag in mine), message("screens.words.people", lang)])

    def title(self, indicator: str, lang: Lang = "en") -> str:
        """Name of an indicator."""
        return message(f"ocds_flags.{indicator.lower()}.title", lang)

    def _all(self, lang: Lang) -> str:
        code = "ocds_flags.words.all" if self.currency else "ocds_flags.words.all_unpriced"
        lines = [message(code, lang, processes=self.n_processes, currency=self.currency)]
        for indicator in self.indicators:
            counts: dict[str, int] = {}
            for red in self.found:
                if red.indicator == indicator:
                    counts[red.group] = counts.get(red.group, 0) + 1
            said = ", ".join(message(f"ocds_flags.words.{group.lower()}", lang, count=n) for group, n in counts.items())
            said = said or message("ocds_flags.words.none", lang)
            lines.append(f"- {indicator} {self.title(indicator, lang)}: {said}")
        lines += [finding.line(lang) for finding in self.warnings]
        return "\n".join([*lines, message("screens.words.people", lang)])

    def __repr__(self) -> str:
        return f"RedFlags({len(self.found)} of {len(self.indicators)} indicators in {self.n_processes} processes)"


def _flag(red: RedFlag) -> Flag:
    lot = red.id if red.group == "OCID" else ", ".join(red.processes)
    bid = red.id if red.group == "Tenderer" else ""
    line = "" if red.threshold is None else f"{red.threshold:.6g}"
    facts = {"id": red.id, "value": f"{red.value:.6g}", "line": line, "processes": ", ".join(red.processes)}
    code = f"ocds_flags.{red.indicator}.{red.group}".lower()
    return Flag(code, lot, bid, "", "", red.value, red.threshold, CLAUSE, facts=facts)
