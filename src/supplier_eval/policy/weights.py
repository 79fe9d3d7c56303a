"""What every weighting method gives: weights that sum to 1, figures of consistency, points for a policy."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

import numpy as np
import numpy.typing as npt

from supplier_eval.errors import Finding, InvalidInput, UnknownName
from supplier_eval.messages import Lang, catalogue, message
from supplier_eval.policy.asked_weighting import asked_places, refuse
from supplier_eval.policy.frozen import FrozenDict
from supplier_eval.shown import Shown

if TYPE_CHECKING:
    import pandas as pd

FloatArray: TypeAlias = npt.NDArray[np.float64]
TABLE = "judgements"
FINEST = 12  # the decimals that a policy reads
NOISE = 1e-9
MOST = 1e12  # points, ranks and shares beyond this are no judgement


@dataclass(frozen=True, eq=False)
class Weights(Shown):
    """Weights that people's judgements gave, with what shows how well the judgements agree with each other.

    They bind nobody: a policy takes them over as points (`as_points`), and only the published policy binds.

    Parameters
    ----------
    names : tuple of str
        Criteria (or alternatives), in the order in which they were given.
    values : ndarray of shape (n_criteria,)
        Fractions, not negative, summing to 1.
    method : str
        Key in ``WEIGHTINGS``, or ``"hierarchy"``, ``"alternatives"``, ``"group_ahp"``.
    source : str
        Author, year and what was chosen.
    consistency : mapping of str to float or str
        The method's figures of consistency, with the names of the tables they were judged by.
    findings : tuple of Finding
        Warnings: judgements that contradict each other, criteria that weigh nothing.
    figures : mapping
        What is needed to check by hand: the matrix that was used, points, ranks; ``lower`` and ``upper`` where the
        method leaves an interval.
    parts : mapping of str to Weights
        Weights by node or by evaluator from which these were put together; empty elsewhere.

    Notes
    -----
    ``standing`` is always exploratory and ``policy_fingerprint`` empty: these are proposals for a policy.
    """

    names: tuple[str, ...]
    values: FloatArray
    method: str
    source: str
    consistency: Mapping[str, float | str] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()
    figures: Mapping[str, Any] = field(default_factory=dict)
    parts: Mapping[str, Weights] = field(default_factory=dict)

    def __post_init__(self) -> None:
        given = np.array(self.values, dtype=np.float64)
        if given.shape != (len(self.names),) or len(set(self.names)) != len(self.names) or not self.names:
            raise ValueError("weights need one value for each of at least one name, and no name twice.")
        if not np.all(np.isfinite(given)) or np.any(given < 0) or abs(math.fsum(given) - 1) > NOISE:
            raise ValueError("weights must be finite, not negative, and sum to 1.")
        given.flags.writeable = False
        object.__setattr__(self, "values", given)
        for name in ("consistency", "figures", "parts"):
            object.__setattr__(self, name, FrozenDict(getattr(self, name)))

    @property
    def standing(self) -> Literal["exploratory"]:
        """Always exploratory: only a published policy binds."""
        return "exploratory"

    @property
    def policy_fingerprint(self) -> str:
        """Empty: these weights belong to no published policy."""
        return ""

    @cached_property
    def by_name(self) -> dict[str, float]:
        """Name → weight as a fraction of 1."""
        return dict(zip(self.names, self.values.tolist(), strict=True))

    def __getitem__(self, name: str) -> float:
        if not isinstance(name, str) or name not in self.by_name:
            raise UnknownName("criterion", name, self.names)
        return self.by_name[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self.names)

    def __len__(self) -> int:
        return len(self.names)

    def __contains__(self, name: object) -> bool:
        return name in self.by_name

    def keys(self) -> tuple[str, ...]:
        """Names, so that ``dict(weights)`` and everything that takes a mapping of weights works."""
        return self.names

    def items(self) -> tuple[tuple[str, float], ...]:
        """Names with their weights, fractions of 1."""
        return tuple(self.by_name.items())

    @property
    def weights(self) -> FloatArray:
        """As `values`."""
        return self.values

    @property
    def lower(self) -> FloatArray:
        """Lowest weight that the judgements allow each criterion; the weight itself where there is one answer."""
        return np.asarray(self.figures.get("lower", self.values), dtype=np.float64)

    @property
    def upper(self) -> FloatArray:
        """Highest weight that the judgements allow each criterion; the weight itself where there is one answer."""
        return np.asarray(self.figures.get("upper", self.values), dtype=np.float64)

    def to_frame(self) -> pd.DataFrame:
        """One row a criterion, in the order given.

        Returns
        -------
        DataFrame
            ``criterion`` (text), ``weight``, ``lower``, ``upper`` (fractions of 1; the interval is the weight itself
            where the method gives one answer).
        """
        import pandas as pd

        columns = {"weight": self.values, "lower": self.lower, "upper": self.upper}
        return pd.DataFrame({"criterion": list(self.names), **columns})

    def as_points(self, total: Decimal | int | str = 100, places: int | None = None) -> dict[str, Decimal]:
        """Weights as exact points that add up to the total, ready for ``Policy.replace(weights=...)``.

        Parameters
        ----------
        total : Decimal, int or str
            What the points add up to.
        places : int or None
            Decimal places, 0 to 12; None for 12, all that a policy reads.

        Returns
        -------
        dict of str to Decimal
            Name → points. The units lost by rounding down go to the largest remainders; equal remainders (to nine
            decimals of a unit) go by name, so that neither row order nor the last bit of a figure decides.

        Raises
        ------
        InvalidInput
            If a criterion that weighs something would be left with no point at all; if `places` is out of range, or
            the total is no figure above zero or has more decimals than `places`.
        """
        places = asked_places(places, FINEST)
        whole = _whole_units(total, places)
        units = _largest_remainder(dict(zip(self.names, map(Fraction, self.values.tolist()), strict=True)), whole)
        lost = [name for name in self.names if units[name] == 0 and self.by_name[name] > 0]
        if lost:
            facts = {"places": places, "criteria": ", ".join(lost)}
            raise InvalidInput([Finding("weighting.points.vanish", TABLE, value=", ".join(lost), facts=facts)])
        return {name: Decimal(units[name]).scaleb(-places) for name in self.names}

    def explain(self, lang: Lang = "en") -> str:
        """How these weights came about and how consistent the judgements are, in plain sentences."""
        known = f"weighting.method.{self.method}"
        method = message(known, lang) if known in catalogue() else self.method
        lines = [message("weighting.explain.head", lang, method=method, source=self.source)]
        for name, weight, low, high in zip(self.names, self.values, self.lower, self.upper, strict=True):
            code = "weighting.explain.interval" if high - low > NOISE else "weighting.explain.weight"
            shown = {key: f"{100 * x:.2f} %" for key, x in (("weight", weight), ("lower", low), ("upper", high))}
            lines.append(message(code, lang, criterion=name, **shown))
        for key, figure in self.consistency.items():
            said = figure if isinstance(figure, str) else f"{figure:.4f}".rstrip("0").rstrip(".")
            code = f"weighting.figure.{key}"
            lines.append(message(code, lang, figure=said) if code in catalogue() else f"  {key}: {said}")
        lines += [f"{f.say(lang)} {f.advise(lang)}".strip() for f in self.findings]
        return "\n".join([*lines, message("weighting.explain.standing", lang)])

    def __repr__(self) -> str:
        shown = ", ".join(f"{name} {weight:.3f}" for name, weight in list(self.by_name.items())[:6])
        more = f", and {len(self.names) - 6} more" if len(self.names) > 6 else ""
        return f"Weights({self.method}: {shown}{more}; {len(self.findings)} findings)"


def normalised(raw: npt.ArrayLike) -> FloatArray:
    """Figures over their sum; the sum is exact, so that the order of criteria decides nothing."""
    figures = np.asarray(raw, dtype=np.float64)
    return np.asarray(figures / math.fsum(figures))


def canonical(names: Sequence[str]) -> list[int]:
    """Places of the names in sorted order: what is solved in this order does not depend on the order given."""
    return sorted(range(len(names)), key=lambda i: names[i])


def _whole_units(total: object, places: int) -> int:
    """The total in units of the last decimal."""
    try:
        whole = Fraction(str(total)) * 10**places
    except (ValueError, ZeroDivisionError):
        whole = Fraction(0)
    if isinstance(total, bool) or not 0 < whole <= MOST * 10**FINEST or whole.denominator != 1:
        refuse("weighting.asked.total", "total", total, places=places)
    return int(whole)


def _largest_remainder(shares: Mapping[str, Fraction], whole: int) -> dict[str, int]:
    """Whole units in proportion to the shares that add up to `whole`."""
    over_all = sum(shares.values(), Fraction(0))
    quotas = {name: share * whole / over_all for name, share in shares.items()}
    units = {name: math.floor(quota) for name, quota in quotas.items()}
    left = whole - sum(units.values())
    by_need = sorted(quotas, key=lambda name: (-round(float(quotas[name] - units[name]), 9), name))
    for name in by_need[:left]:
        units[name] += 1
    return units
