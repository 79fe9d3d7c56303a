"""The rating of suppliers by risk: levels with their reasons in order of weight, as tables and as sentences."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING, Literal

from supplier_eval.errors import UnknownName
from supplier_eval.intake.identifiers import id_key
from supplier_eval.messages import LANGS, Lang, known_language
from supplier_eval.risk.explained import overview
from supplier_eval.risk.rating_plan import RatingPlan
from supplier_eval.shown import Shown

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class RatedMeasure:
    """One measure of one supplier.

    Parameters
    ----------
    measure, dimension : str
        Such as ``spend_share`` of the dimension ``dependency``.
    weight : Fraction
        By the plan.
    figure : Fraction or None
        In the unit of the measure; None where not assessed.
    points, points_lower, points_upper : Fraction or None
        0 to 100, 100 the highest risk, and its bounds.
    contribution : Fraction or None
        Points that it adds to the score; those of a supplier add up to the score before rounding.
    why : str
        Why it was not assessed.
    detail : tuple of str
        What stands behind the figure.
    """

    measure: str
    dimension: str
    weight: Fraction
    figure: Fraction | None = None
    points: Fraction | None = None
    points_lower: Fraction | None = None
    points_upper: Fraction | None = None
    contribution: Fraction | None = None
    why: str = ""
    detail: tuple[str, ...] = ()


@dataclass(frozen=True)
class RatingChange:
    """What a measure adds now and added before, in points; None where it was not assessed."""

    measure: str
    before: Fraction | None
    now: Fraction | None

    @property
    def by(self) -> Fraction:
        """Points more than before."""
        return (self.now or Fraction(0)) - (self.before or Fraction(0))


@dataclass(frozen=True)
class SupplierRating:
    """One supplier.

    Parameters
    ----------
    supplier, name : str
        Id and display text.
    reasons : tuple of RatedMeasure
        The largest contribution first; those not assessed last, by weight.
    coverage : Fraction
        Share of the weights that was assessed, 0-1.
    why : str
        ``coverage`` where too little was assessed, else empty.
    score, lower, upper : Fraction or None
        0 to 100, rounded by the plan, with the bounds that its inputs have.
    possible : (Fraction, Fraction)
        The score if all that was not assessed had no risk, and if it had the highest.
    level : str
        By score and knock-outs; empty where not rated.
    score_level : str
        By the score alone.
    between : tuple of str
        All levels that the bounds reach; one where it is firm.
    knock_outs : tuple of str
        Those that hold, whether or not they raise the level.
    effective : Fraction or None
        The score, at least the lower bound of `level`: for gates and caps, so that a knock-out is not lost in them.
    level_before : str or None
        By the previous rating; None where there is none, empty where it was not rated.
    changes : tuple of RatingChange
        Largest first; empty without a previous rating.
    """

    supplier: str
    name: str
    reasons: tuple[RatedMeasure, ...]
    coverage: Fraction
    possible: tuple[Fraction, Fraction]
    knock_outs: tuple[str, ...] = ()
    why: str = ""
    score: Fraction | None = None
    lower: Fraction | None = None
    upper: Fraction | None = None
    level: str = ""
    score_level: str = ""
    between: tuple[str, ...] = ()
    effective: Fraction | None = None
    level_before: str | None = None
    changes: tuple[RatingChange, ...] = ()

    @property
    def rated(self) -> bool:
        """Whether enough was assessed."""
        return self.score is not None


@dataclass(frozen=True, eq=False)
class RiskRating(Shown):
    """All suppliers, in canonical order.

    Parameters
    ----------
    ratings : mapping
        Id -> `SupplierRating`.
    plan : RatingPlan
        By which they were rated.
    as_of : date
        Day of the rating.
    agreed : str
        The plan's fingerprint as it was published or agreed; empty for none.
    """

    ratings: Mapping[str, SupplierRating] = field(repr=False)
    plan: RatingPlan
    as_of: date
    agreed: str = ""

    @property
    def standing(self) -> Literal["binding", "exploratory"]:
        """Binding only with an adopted plan whose fingerprint is the agreed one."""
        bound = self.plan.adoption is not None and self.agreed == self.plan.fingerprint
        return "binding" if bound else "exploratory"

    @property
    def policy_fingerprint(self) -> str:
        """Fingerprint of the plan."""
        return self.plan.fingerprint

    @property
    def not_rated(self) -> tuple[str, ...]:
        """Suppliers of whom too little was assessed."""
        return tuple(key for key, one in self.ratings.items() if not one.rated)

    def rating(self, supplier: str) -> SupplierRating:
        """One supplier; its id may differ in case and width.

        Raises
        ------
        UnknownName
            If it was not rated here.
        """
        for key, one in self.ratings.items():
            if isinstance(supplier, str) and id_key(key) == id_key(supplier):
                return one
        raise UnknownName("supplier", str(supplier), self.ratings)

    def to_frame(self) -> pd.DataFrame:
        """One row a supplier.

        Returns
        -------
        DataFrame
            ``supplier``, ``name``, ``level`` (empty: not rated), ``score_level``, ``between``, ``knock_outs``,
            ``main_reason``, ``level_before``, ``why``, ``standing``: str (lists joined by ``|``); ``score``, ``lower``,
            ``upper``, ``effective``, ``possible_lower``, ``possible_upper`` (0-100, 100 the highest risk),
            ``coverage`` (0-1): Float64, missing where not rated.
        """
        import pandas as pd

        kinds = dict.fromkeys(("supplier", "name", "level"), "str")
        kinds |= dict.fromkeys(("score", "lower", "upper", "effective"), "Float64")
        kinds |= dict.fromkeys(("score_level", "between", "knock_outs", "main_reason", "level_before"), "str")
        kinds |= dict.fromkeys(("coverage", "possible_lower", "possible_upper"), "Float64")
        kinds |= dict.fromkeys(("why", "standing"), "str")
        rows = [
            [
                one.supplier, one.name, one.level, *map(_float, (one.score, one.lower, one.upper, one.effective)),
                one.score_level, "|".join(one.between), "|".join(one.knock_outs),
                next((r.measure for r in one.reasons if r.contribution), ""), one.level_before or "",
                *map(_float, (one.coverage, *one.possible)), one.why, self.standing,
            ]
            for one in self.ratings.values()
        ]  # fmt: skip
        return pd.DataFrame(rows, columns=list(kinds)).astype(kinds)

    def reasons_frame(self) -> pd.DataFrame:
        """One row a supplier and measure, reasons in order of weight; the table that `previous` takes next time.

        Returns
        -------
        DataFrame
            ``supplier``, ``level``, ``measure``, ``dimension``, ``why``, ``detail`` (joined by ``|``): str;
            ``score``, ``weight``, ``figure`` (unit of the measure), ``points``, ``points_lower``, ``points_upper``,
            ``contribution`` (0-100): Float64, missing where not assessed; ``place`` (1 the weightiest): Int64.
        """
        import pandas as pd

        figures = ("weight", "figure", "points", "points_lower", "points_upper", "contribution")
        kinds = {"supplier": "str", "level": "str", "score": "Float64", "place": "Int64"}
        kinds |= dict.fromkeys(("measure", "dimension"), "str") | dict.fromkeys(figures, "Float64")
        kinds |= {"why": "str", "detail": "str"}
        rows = [
            [
                one.supplier, one.level, _float(one.score), place, r.measure, r.dimension,
                *(_float(getattr(r, name)) for name in figures), r.why, "|".join(r.detail),
            ]
            for one in self.ratings.values()
            for place, r in enumerate(one.reasons, start=1)
        ]  # fmt: skip
        return pd.DataFrame(rows, columns=list(kinds)).astype(kinds)

    def requirements(self, bids: object, *, requirement: str = "risk") -> pd.DataFrame:
        """Rows for ``requirements.csv`` of a tender: see `rating_tables.requirements_table`."""
        from supplier_eval.risk.rating_tables import requirements_table

        return requirements_table(self, bids, requirement)

    def award_suppliers(self, suppliers: pd.DataFrame | None = None, *, attribute: str = "risk") -> pd.DataFrame:
        """``suppliers.csv`` of an award problem with the rating: see `rating_tables.award_table`."""
        from supplier_eval.risk.rating_tables import award_table

        return award_table(self, suppliers, attribute)

    def explain(self, supplier: str | None = None, lang: Lang = "en") -> str:
        """Say how a supplier came to its level, reason by reason.

        Parameters
        ----------
        supplier : str
            Id; without one the overview of all.
        lang : {"en", "zh"}
            Language.
        """
        from supplier_eval.risk.rating_words import rating_words

        if supplier is None or (supplier in LANGS and all(id_key(key) != id_key(supplier) for key in self.ratings)):
            return overview("rating", self, lang if supplier is None else known_language(supplier))
        return rating_words(self.rating(supplier), self.plan, lang)

    def __repr__(self) -> str:
        counts = [(one.id, sum(r.level == one.id for r in self.ratings.values())) for one in self.plan.levels]
        shown = ", ".join(f"{name} {n}" for name, n in counts)
        return f"RiskRating({shown}; {len(self.not_rated)} not rated; {self.standing}, as of {self.as_of})"


def _float(figure: Fraction | None) -> float | None:
    return None if figure is None else float(figure)
