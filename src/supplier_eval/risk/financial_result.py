"""Altman scores of suppliers: tables and sentences."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING, Literal

from supplier_eval.errors import UnknownName
from supplier_eval.messages import Lang, message
from supplier_eval.risk.altman import RATIOS, AltmanVariant, Zone
from supplier_eval.shown import Shown

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class AltmanScore(Shown):
    """One supplier.

    Parameters
    ----------
    supplier : str
        Id.
    variant : AltmanVariant
        Which score.
    ratios : mapping
        ``x1`` ... -> Fraction, those that could be formed.
    period_end : date or None
        Day of the statement.
    age : int or None
        Days from there to the day of the rating.
    why : str
        Why there is no score: ``missing``, ``total_assets``, ``total_liabilities`` (these are zero), ``currency_mix``,
        ``undated``, ``stale``; empty where there is one.
    missing : tuple of str
        Items that are missing.
    z : Fraction or None
        The score.
    """

    supplier: str
    variant: AltmanVariant
    ratios: Mapping[str, Fraction]
    period_end: date | None = None
    age: int | None = None
    why: str = ""
    missing: tuple[str, ...] = ()
    z: Fraction | None = None

    @property
    def zone(self) -> Zone | Literal["not_rated"]:
        """Zone by the published cut-offs."""
        return "not_rated" if self.z is None else self.variant.zone(self.z)

    @property
    def position(self) -> Fraction | None:
        """0 at the lower cut-off, 1 at the upper one."""
        return None if self.z is None else self.variant.position(self.z)

    def explain(self, lang: Lang = "en") -> str:
        """Say the sum, the zone and the cut-offs, or why there is none."""
        facts = {"supplier": self.supplier, "variant": self.variant.name, "source": self.variant.source}
        if self.z is None:
            listed = ("、" if lang == "zh" else ", ").join(self.missing)
            return message(f"altman.why.{self.why}", lang, missing=listed, age=self.age, day=self.period_end, **facts)
        terms = [f"{float(weight):g} x {float(self.ratios[name]):.4g}" for name, weight in self.variant.weights.items()]
        total = " + ".join([f"{float(self.variant.constant):g}", *terms] if self.variant.constant else terms)
        cuts = {"low": f"{float(self.variant.low):.2f}", "high": f"{float(self.variant.high):.2f}"}
        zone = message(f"altman.zone.{self.zone}", lang)
        return message("altman.scored", lang, total=total, z=f"{float(self.z):.3f}", zone=zone, **facts, **cuts)


@dataclass(frozen=True, eq=False)
class AltmanScores(Shown):
    """Scores of all suppliers, in canonical order.

    Parameters
    ----------
    scores : mapping
        Id -> `AltmanScore`.
    as_of : date or None
        Day of the rating.
    """

    scores: Mapping[str, AltmanScore] = field(repr=False)
    as_of: date | None = None

    @property
    def standing(self) -> Literal["exploratory"]:
        """A score of statements binds nothing."""
        return "exploratory"

    @property
    def not_rated(self) -> tuple[str, ...]:
        """Suppliers without a score."""
        return tuple(key for key, one in self.scores.items() if one.z is None)

    def to_frame(self) -> pd.DataFrame:
        """One row a supplier.

        Returns
        -------
        DataFrame
            ``supplier``, ``variant``, ``zone``, ``why``, ``missing`` (joined by ``|``): str; ``z``, ``low``, ``high``
            (cut-offs), ``x1`` to ``x5``, ``position`` (0 at the lower, 1 at the upper cut-off): Float64, missing where
            not formed; ``age`` (days): Int64; ``period_end``: date or None.
        """
        import pandas as pd

        kinds = dict.fromkeys(("supplier", "variant"), "str") | {"z": "Float64", "zone": "str"}
        kinds |= dict.fromkeys(("low", "high", *RATIOS, "position"), "Float64")
        kinds |= {"period_end": "object", "age": "Int64", "why": "str", "missing": "str"}
        rows = [
            [
                one.supplier, one.variant.name, _float(one.z), one.zone,
                float(one.variant.low), float(one.variant.high),
                *(_float(one.ratios.get(name)) for name in RATIOS), _float(one.position),
                one.period_end, one.age, one.why, "|".join(one.missing),
            ]
            for one in self.scores.values()
        ]  # fmt: skip
        return pd.DataFrame(rows, columns=list(kinds)).astype(kinds)

    def explain(self, supplier: str, lang: Lang = "en") -> str:
        """Say how a supplier came to its score.

        Parameters
        ----------
        supplier : str
            Id.
        lang : {"en", "zh"}
            Language.
        """
        if supplier not in self.scores:
            raise UnknownName("supplier", str(supplier), self.scores)
        return self.scores[supplier].explain(lang)

    def __repr__(self) -> str:
        zones = [sum(one.zone == name for one in self.scores.values()) for name in ("distress", "grey", "safe")]
        return "AltmanScores({} distress, {} grey, {} safe; {} not rated)".format(*zones, len(self.not_rated))


def _float(figure: Fraction | None) -> float | None:
    return None if figure is None else float(figure)
