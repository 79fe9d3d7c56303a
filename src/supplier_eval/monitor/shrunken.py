"""The result of a shrinkage: own figure, peers' figure, reliability, estimate and interval, supplier by supplier."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np
import numpy.typing as npt
from scipy.special import ndtri

from supplier_eval.errors import UnknownName
from supplier_eval.messages import Lang, known_language, message
from supplier_eval.messages.minus import said_figure
from supplier_eval.monitor.beta_binomial import ShrunkenRate
from supplier_eval.monitor.labelled_figures import Labelled
from supplier_eval.monitor.normal_means import ShrunkenMean
from supplier_eval.shown import Shown

if TYPE_CHECKING:
    import pandas as pd

FloatArray = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]
BASIS = "shrunken, comparison"


@dataclass(frozen=True, eq=False)
class Shrunken(Shown):
    """Shrunken figures by supplier.

    Parameters
    ----------
    kind : {"rate", "mean"}
        What was shrunk.
    data : Labelled
        Suppliers, groups and the figures that came in.
    figures : mapping of str to ndarray
        ``estimate sd lower upper reliability prior_mean prior_strength peers alpha beta`` by supplier; the strength
        is the worth of the prior in cases for rates, its standard deviation for means.
    source, status : tuple of str
        Where the prior is from (``peers``, ``stated``, ``none``); ``shrunk``, ``no_data`` (the prior alone) or
        ``no_prior`` (no estimate).
    confidence : float
        Of the intervals.
    method : str
        How the peers' distribution was fitted.
    """

    kind: Literal["rate", "mean"]
    data: Labelled
    figures: dict[str, FloatArray]
    source: tuple[str, ...]
    status: tuple[str, ...]
    confidence: float
    method: str
    standing: Literal["exploratory"] = "exploratory"
    basis: str = BASIS

    @property
    def suppliers(self) -> tuple[str, ...]:
        """Ids, in canonical order."""
        return self.data.suppliers

    def to_frame(self) -> pd.DataFrame:
        """One row a supplier, indexed by its id.

        Columns: ``group peers`` (suppliers of the group with data) · for rates ``events n``, for means
        ``standard_error`` · ``raw`` (own figure, missing without data) · ``estimate sd lower upper`` (missing without a
        prior) · ``reliability`` (0-1, weight of the own figure) · ``prior_mean``, ``prior_strength`` (cases; infinite
        where the peers do not differ) or ``prior_sd`` · ``prior_source status basis``.
        """
        import pandas as pd

        columns: dict[str, object] = {"group": self.data.groups, "peers": self.figures["peers"].astype(int)}
        if self.kind == "rate":
            events, n = self.data.columns["events"], self.data.columns["n"]
            columns |= {"events": events, "n": n}
        else:
            columns |= {"standard_error": self.data.columns["standard_errors"]}
        columns["raw"] = self.raw
        columns |= {name: self.figures[name] for name in ("estimate", "sd", "lower", "upper", "reliability")}
        strength = "prior_strength" if self.kind == "rate" else "prior_sd"
        columns |= {"prior_mean": self.figures["prior_mean"], strength: self.figures["prior_strength"]}
        columns |= {"prior_source": self.source, "status": self.status, "basis": self.basis}
        return pd.DataFrame(columns, index=pd.Index(self.suppliers, name="supplier", dtype="str"))

    @property
    def raw(self) -> FloatArray:
        """Each supplier's own figure, NaN without data."""
        if self.kind == "mean":
            return self.data.columns["means"]
        events, n = self.data.columns["events"], self.data.columns["n"]
        return np.asarray(np.divide(events, n, out=np.full(n.shape, np.nan), where=n > 0))

    def explain(self, supplier: str, lang: Lang = "en") -> str:
        """Say how one supplier's estimate came about."""
        known_language(lang)
        if supplier not in self.suppliers:
            raise UnknownName("supplier", supplier, self.suppliers)
        at = self.suppliers.index(supplier)
        said = {key: float(array[at]) for key, array in {**self.figures, **self.data.columns}.items()}
        facts: dict[str, object] = {key: _said(figure) for key, figure in said.items()}
        facts |= {"supplier": supplier, "raw": _said(float(self.raw[at])), "confidence": f"{self.confidence:.0%}"}
        strength = ".alike" if said["prior_strength"] in {0.0 if self.kind == "mean" else np.inf} else ""
        lines = [message(f"estimates.{self.kind}.{'none' if np.isnan(self.raw[at]) else 'own'}", lang, **facts)]
        if self.status[at] == "no_prior":
            lines.append(message("estimates.no_prior", lang, **facts))
        else:
            lines.append(message(f"estimates.{self.kind}.{self.source[at]}{strength}", lang, **facts))
            lines.append(message("estimates.estimate", lang, **facts))
        return "\n".join([*lines, message("estimates.basis", lang)])

    def __repr__(self) -> str:
        return f"Shrunken({self.kind}, {len(self.suppliers)} suppliers, {self.method}; {self.basis})"

    @classmethod
    def empty(cls, kind: Literal["rate", "mean"], data: Labelled, confidence: float, method: str) -> Building:
        """Start a result that is filled group by group."""
        return Building(kind, data, confidence, method)


NAMES = ("estimate", "sd", "lower", "upper", "reliability", "prior_mean", "prior_strength", "peers", "alpha", "beta")


class Building:
    """A result in the making: arrays for all suppliers, filled one peer group after the other."""

    def __init__(self, kind: Literal["rate", "mean"], data: Labelled, confidence: float, method: str) -> None:
        self.given = (kind, data, confidence, method)
        n = len(data.suppliers)
        self.figures = {name: np.full(n, np.nan) for name in NAMES}
        self.source, self.status = ["none"] * n, ["no_prior"] * n

    def unknown(self, at: Mask, peers: int) -> None:
        """Leave a group without estimates: too few peers, no stated prior."""
        self.figures["peers"][at] = peers

    def take(
        self,
        at: Mask,
        shrunken: ShrunkenRate | ShrunkenMean,
        ends: tuple[FloatArray, FloatArray],
        prior: tuple[float, float, int],
    ) -> None:
        """Put in a group's estimates; `prior` is mean, strength and number of peers."""
        for name in ("estimate", "sd", "reliability"):
            self.figures[name][at] = getattr(shrunken, name)
        self.figures["lower"][at], self.figures["upper"][at] = ends
        for name, figure in zip(("prior_mean", "prior_strength", "peers"), prior, strict=True):
            self.figures[name][at] = figure
        if isinstance(shrunken, ShrunkenRate):
            self.figures["alpha"][at], self.figures["beta"][at] = shrunken.alpha, shrunken.beta

    def mark(self, at: Mask, source: str, there: Mask) -> None:
        """Say where a group's prior is from, and who has no data."""
        for i, own in zip(np.nonzero(at)[0].tolist(), there.tolist(), strict=True):
            self.source[i] = source
            self.status[i] = "shrunk" if own else "no_data"

    def closed(self) -> Shrunken:
        """The result, frozen."""
        kind, data, confidence, method = self.given
        for array in self.figures.values():
            array.flags.writeable = False
        return Shrunken(kind, data, self.figures, tuple(self.source), tuple(self.status), confidence, method)


def intervals_of_means(shrunken: ShrunkenMean, confidence: float) -> tuple[FloatArray, FloatArray]:
    """Normal interval around shrunken means."""
    half = float(ndtri(0.5 + confidence / 2)) * shrunken.sd
    return shrunken.estimate - half, shrunken.estimate + half


def _said(figure: float) -> str:
    if np.isnan(figure):
        return "–"
    return said_figure(f"{figure:,.4f}".rstrip("0").rstrip(".") if abs(figure) < 1e6 else f"{figure:.3g}")
