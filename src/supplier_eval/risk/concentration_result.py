"""Concentration of spend by category, at the level of suppliers and of their ultimate parents: tables, sentences."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING, Literal

from supplier_eval.errors import Finding, UnknownName
from supplier_eval.messages import LANGS, Lang, known_language, message
from supplier_eval.risk.said_figures import figure_text
from supplier_eval.shown import Shown

if TYPE_CHECKING:
    import pandas as pd

Level = Literal["supplier", "parent"]
Band = Literal["low", "moderate", "high", "not_defined"]
Takes = Literal["yes", "no", "unknown", "not_defined"]


@dataclass(frozen=True)
class Concentration:
    """One category (or all of them) at one level.

    Parameters
    ----------
    category : str
        Id; empty for all categories together.
    level : {"supplier", "parent"}
        Each supplier alone, or all suppliers of an ultimate parent as one.
    total : Fraction
        Spend, in the unit of the table.
    count : int
        Suppliers or parents with spend.
    hhi, effective : Fraction or None
        Points up to 10 000, and 10 000 / HHI; None where nothing is spent.
    band : {"low", "moderate", "high", "not_defined"}
        By the thresholds.
    largest : tuple of str
        Who has most; several where equal; empty where nothing is spent.
    share : Fraction or None
        Share of each of the largest, 0-1.
    open_least, open_most : Fraction or None
        Bounds of what stays open if the largest leaves (the worst of several); None where nothing is spent.
    """

    category: str
    level: Level
    total: Fraction
    count: int
    hhi: Fraction | None
    effective: Fraction | None
    band: Band
    largest: tuple[str, ...]
    share: Fraction | None
    open_least: Fraction | None
    open_most: Fraction | None

    @property
    def rest_takes(self) -> Takes:
        """Whether the rest can take over if the largest leaves; unknown where a capacity decides that is missing."""
        if self.open_least is None or self.open_most is None:
            return "not_defined"
        if not self.open_most:
            return "yes"
        return "no" if self.open_least else "unknown"


@dataclass(frozen=True, eq=False)
class Concentrations(Shown):
    """All categories and the whole, at both levels.

    Parameters
    ----------
    lines : tuple of Concentration
        Categories in canonical order, then all together; each first by supplier, then by parent.
    thresholds : (float, float)
        HHI above the first is moderate, above the second high.
    notes : tuple of Finding
        Warnings that refuse nothing: rows that look like totals.
    """

    lines: tuple[Concentration, ...] = field(repr=False)
    thresholds: tuple[float, float] = (1000.0, 1800.0)
    notes: tuple[Finding, ...] = field(default=(), repr=False)

    @property
    def standing(self) -> Literal["exploratory"]:
        """A measure of spend binds nothing."""
        return "exploratory"

    def line(self, category: str = "", level: Level = "parent") -> Concentration:
        """The figures of one category; without a name those of all together.

        Raises
        ------
        UnknownName
            If there is no such category or level.
        """
        found = [one for one in self.lines if one.category == category and one.level == level]
        if not found:
            categories = dict.fromkeys(one.category for one in self.lines)
            if category in categories:
                raise UnknownName("level", str(level), dict.fromkeys(one.level for one in self.lines))
            raise UnknownName("category", str(category), [name for name in categories if name])
        return found[0]

    def to_frame(self) -> pd.DataFrame:
        """One row for each category and level.

        Returns
        -------
        DataFrame
            ``category`` (empty for all together), ``level``, ``band``, ``largest`` (joined by ``|``), ``rest_takes``:
            str; ``count``: Int64; ``total``, ``open_least``, ``open_most`` (unit of the table), ``hhi`` (points),
            ``effective``, ``share`` (0-1): Float64, missing where not defined.
        """
        import pandas as pd

        kinds = dict.fromkeys(("category", "level"), "str") | {"count": "Int64"}
        kinds |= dict.fromkeys(("total", "hhi", "effective"), "Float64") | dict.fromkeys(("band", "largest"), "str")
        kinds |= {"share": "Float64", "rest_takes": "str", "open_least": "Float64", "open_most": "Float64"}
        rows = [[_cell(getattr(one, name)) for name in kinds] for one in self.lines]
        return pd.DataFrame(rows, columns=list(kinds)).astype(kinds)

    def explain(self, category: str = "", lang: Lang = "en", *, level: Level = "parent") -> str:
        """Say how concentrated a category is and what happens if the largest leaves.

        Parameters
        ----------
        category : str
            Id; empty for all together.
        lang : {"en", "zh"}
            Language.
        level : {"supplier", "parent"}
            Which level.
        """
        if category in LANGS and all(one.category != category for one in self.lines):
            category, lang = "", known_language(category)  # explain("zh") means all together in Chinese
        one = self.line(category, level)
        whole = message("concentration.all", lang)
        if one.hhi is None or one.effective is None or one.share is None:
            return message("concentration.no_spend", lang, category=category or whole)
        facts = {
            "category": category or whole,
            "hhi": f"{float(one.hhi):,.0f}",
            "effective": f"{float(one.effective):.2f}",
            "n": one.count,
        }
        named = ("、" if lang == "zh" else ", ").join(one.largest)
        many, share = "one" if len(one.largest) == 1 else "several", f"{100 * float(one.share):.1f}"
        facts["largest"] = message(f"concentration.largest.{many}", lang, names=named, share=share)
        said = [
            message(f"concentration.level.{level}", lang, band=message(f"concentration.band.{one.band}", lang), **facts)
        ]
        least, most = float(one.open_least or 0), float(one.open_most or 0)
        code = one.rest_takes if one.rest_takes != "no" or least != most else "no_exactly"
        said.append(message(f"concentration.rest.{code}", lang, least=figure_text(least), most=figure_text(most)))
        return "\n".join(said)

    def __repr__(self) -> str:
        highs = sum(one.band == "high" and one.level == "parent" and bool(one.category) for one in self.lines)
        whole = self.line()
        shown = "not defined" if whole.hhi is None else f"{float(whole.hhi):,.0f}"
        categories = sum(one.level == "parent" for one in self.lines) - 1
        return f"Concentrations({categories} categories, {highs} highly concentrated by parent; HHI of all {shown})"


def _cell(given: object) -> object:
    if isinstance(given, Fraction):
        return float(given)
    return "|".join(given) if isinstance(given, tuple) else given
