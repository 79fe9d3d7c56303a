"""How many items to spot-check, and how many may fail (§5.2.1)."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np
import numpy.typing as npt

from supplier_eval.errors import Finding
from supplier_eval.messages import Lang, known_language, message
from supplier_eval.monitor.attribute_plan import (
    acceptance,
    failing_items,
    outgoing_limit,
    outgoing_quality,
    smallest_plan,
    total_inspection,
)
from supplier_eval.monitor.series import TABLE, given_choice, given_figure, given_series, given_whole, refuse_all
from supplier_eval.shown import Shown

if TYPE_CHECKING:
    import pandas as pd

    from supplier_eval.score.order import FloatArray

MOST_SHARES = 2000
MOST_LOT = 10**9


@dataclass(frozen=True)
class SamplingPlan(Shown):
    """Take n items and accept if at most c of them fail.

    Parameters
    ----------
    n, c : int
        Sample size and acceptance number.
    lot : int or None
        Items in the lot; None for a stream of items.
    acceptable, limiting : float
        Shares of failing items that should be accepted and rejected (AQL, LTPD); NaN where none was asked for.
    producer_risk, consumer_risk : float
        Largest risks that were asked for; NaN where none was.
    whole_lot : bool
        Whether no smaller sample keeps both risks, so that every item is checked.
    distribution : {"hypergeometric", "binomial"}
        Of failures in a sample of a lot: exact, or as the textbooks take it for large lots. Without a lot it is
        binomial in any case.

    Raises
    ------
    InvalidInput
        If n or c is no whole number, c is not below n, or n above the lot.
    """

    n: int
    c: int
    lot: int | None = None
    acceptable: float = math.nan
    limiting: float = math.nan
    producer_risk: float = math.nan
    consumer_risk: float = math.nan
    whole_lot: bool = False
    distribution: str = "hypergeometric"
    standing: Literal["exploratory"] = "exploratory"

    def __post_init__(self) -> None:
        found: list[Finding] = []
        n = given_whole(self.n, "n", found, 1)
        c = given_whole(self.c, "c", found, 0)
        given_choice(self.distribution, "distribution", ("hypergeometric", "binomial"), found)
        lot = n if self.lot is None else given_whole(self.lot, "lot", found, 1)
        if not found and (c > n or n > lot):
            found.append(Finding("sampling.plan", TABLE, "n", value=f"n = {n}, c = {c}, N = {self.lot}"))
        refuse_all(found)

    def accepts(self, share: float) -> float:
        """Chance to accept at a share of failing items."""
        return float(acceptance(self.n, self.c, share, self._counted))

    @property
    def actual_producer_risk(self) -> float:
        """Chance to reject at the acceptable share; NaN where none was asked for."""
        return (
            1.0 - self.accepts(self._share(self.acceptable, up=False)) if math.isfinite(self.acceptable) else math.nan
        )

    @property
    def actual_consumer_risk(self) -> float:
        """Chance to accept at the limiting share; NaN where none was asked for."""
        return self.accepts(self._share(self.limiting, up=True)) if math.isfinite(self.limiting) else math.nan

    @property
    def aoql(self) -> float:
        """The worst average outgoing share of failing items, where rejected lots are checked in full."""
        return outgoing_limit(self.n, self.c, self.lot, finite=self._finite)

    @property
    def _finite(self) -> bool:
        return self.distribution == "hypergeometric"

    @property
    def _counted(self) -> int | None:
        """Items of a finite lot, where failures are counted in it."""
        return self.lot if self._finite else None

    def _share(self, share: float, *, up: bool) -> float:
        return share if self._counted is None else failing_items(share, self._counted, up=up) / self._counted

    def curve(self, shares: npt.ArrayLike | None = None) -> pd.DataFrame:
        """Operating curve: what happens at each share of failing items.

        Parameters
        ----------
        shares : array_like, optional
            From 0 to 1; by default from 0 to where hardly any lot is accepted, all that a lot of up to 2,000 can have.

        Returns
        -------
        DataFrame
            ``share accept`` (chance, 0-1) · ``aoq`` (share) · ``ati`` (items a lot; NaN without a lot).
        """
        import pandas as pd

        found: list[Finding] = []
        if shares is None:
            p = self._shares()
        else:
            p, _ = given_series(shares, "shares", found)
            if not found and ((p < 0) | (p > 1) | np.isnan(p)).any():
                found.append(Finding("sampling.shares", TABLE, "shares"))
            refuse_all(found)
        ati = (
            np.full(p.size, np.nan)
            if self.lot is None
            else total_inspection(self.n, self.c, p, self.lot, finite=self._finite)
        )
        aoq = outgoing_quality(self.n, self.c, p, self.lot, finite=self._finite)
        accept = acceptance(self.n, self.c, p, self._counted)
        return pd.DataFrame({"share": p, "accept": accept, "aoq": aoq, "ati": ati})

    def _shares(self) -> FloatArray:
        """All shares that a small lot can have, else 101 of them."""
        end, lot = self._end(), self._counted
        if lot is None or lot > MOST_SHARES:
            return np.linspace(0.0, end, 101)
        return np.arange(math.ceil(end * lot) + 1) / lot

    def _end(self) -> float:
        """Share at which one lot in a thousand is accepted, twice the limiting share at least."""
        grid = np.linspace(0.0, 1.0, 1001)
        rare = grid[acceptance(self.n, self.c, grid, self._counted) < 1e-3]
        end = float(rare[0]) if rare.size else 1.0
        return min(1.0, max(end, 1.2 * self.limiting if math.isfinite(self.limiting) else 0.0))

    def to_frame(self) -> pd.DataFrame:
        """One row: what was asked, and what it gives.

        Columns: ``n c lot acceptable limiting producer_risk consumer_risk`` (as asked; NaN where not asked) ·
        ``actual_producer_risk actual_consumer_risk aoql whole_lot``; risks and shares from 0 to 1.
        """
        import pandas as pd

        names = ("n", "c", "lot", "acceptable", "limiting", "producer_risk", "consumer_risk")
        more = ("actual_producer_risk", "actual_consumer_risk", "aoql", "whole_lot")
        return pd.DataFrame([{name: getattr(self, name) for name in (*names, *more)}])

    def explain(self, lang: Lang = "en") -> str:
        """Say what to do and what risks remain."""
        known_language(lang)
        key = "whole_lot" if self.whole_lot else "take" if self.lot is None else "take_of_lot"
        lines = [message(f"sampling.{key}", lang, n=self.n, c=self.c, reject=self.c + 1, lot=self.lot)]
        if math.isfinite(self.acceptable) and not self.whole_lot:
            facts = {
                "aql": f"{100 * self.acceptable:g}",
                "ltpd": f"{100 * self.limiting:g}",
                "alpha": f"{100 * self.actual_producer_risk:.2f}",
                "beta": f"{100 * self.actual_consumer_risk:.2f}",
                "alpha_asked": f"{100 * self.producer_risk:g}",
                "beta_asked": f"{100 * self.consumer_risk:g}",
            }
            lines.append(message("sampling.risks", lang, **facts))
        lines.append(message("sampling.aoql", lang, aoql=f"{100 * self.aoql:.2f}"))
        return "\n".join(lines)

    def __repr__(self) -> str:
        where = "" if self.lot is None else f" of {self.lot}"
        return f"SamplingPlan(n = {self.n}{where}, c = {self.c})"


def single_sampling_plan(
    acceptable: float,
    limiting: float,
    *,
    producer_risk: float = 0.05,
    consumer_risk: float = 0.10,
    lot: int | None = None,
) -> SamplingPlan:
    """Find the smallest sample that tells good work from bad with the risks that are accepted.

    Parameters
    ----------
    acceptable : float
        Share of failing items that should be accepted (AQL), above 0.
    limiting : float
        Share that should be rejected (LTPD, RQL), above `acceptable` and below 1.
    producer_risk : float
        Largest chance to reject at `acceptable` (alpha).
    consumer_risk : float
        Largest chance to accept at `limiting` (beta).
    lot : int, optional
        Items in the lot, for exact figures of a finite lot; None for a stream of items.

    Returns
    -------
    SamplingPlan
        Where no sample below the whole lot keeps both risks, the plan checks every item (`whole_lot`).

    Raises
    ------
    InvalidInput
        Shares or risks outside their ranges or in the wrong order; shares so close that 100,000 items cannot part them.

    Notes
    -----
    Computed from the binomial or hypergeometric distribution; no table of ISO 2859-1 is used, and the plan is not one
    of that standard.

    Examples
    --------
    >>> se.monitor.single_sampling_plan(0.01, 0.06)
    SamplingPlan(n = 110, c = 3)
    """
    found: list[Finding] = []
    low = given_figure(acceptable, "acceptable", found, 0.0, 1.0)
    high = given_figure(limiting, "limiting", found, 0.0, 1.0)
    alpha = given_figure(producer_risk, "producer_risk", found, 0.0, 0.5)
    beta = given_figure(consumer_risk, "consumer_risk", found, 0.0, 0.5)
    size = None if lot is None else given_whole(lot, "lot", found, 1)
    if size is not None and size > MOST_LOT:
        found.append(Finding("series.figure", TABLE, "lot", value=f"{len(str(size))} digits", facts={"span": "≤ 1e9"}))
    if not found and not low < high:
        found.append(Finding("sampling.order", TABLE, "limiting", value=f"{high:g}", facts={"low": f"{low:g}"}))
    refuse_all(found)
    plan = smallest_plan(low, high, alpha, beta, size)
    if plan is None and size is None:
        refuse_all([Finding("sampling.too_close", TABLE, "limiting", value=f"{high:g}", facts={"low": f"{low:g}"})])
    if plan is None:
        assert size is not None
        return SamplingPlan(size, failing_items(low, size, up=False), size, low, high, alpha, beta, whole_lot=True)
    return SamplingPlan(*plan, size, low, high, alpha, beta)
