"""The annual loss of a register without sampling: figures with bounds that hold, tables, sentences."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from math import isfinite
from typing import TYPE_CHECKING, Literal

from supplier_eval.errors import InvalidInput
from supplier_eval.messages import Lang, message
from supplier_eval.risk.loss_grid import grid_exceeded, grid_tvar, grid_var
from supplier_eval.risk.loss_levels import asked_level
from supplier_eval.risk.records import ARGUMENTS, as_figure, asked
from supplier_eval.risk.register_entries import money_text
from supplier_eval.risk.said_figures import some_names
from supplier_eval.shown import Shown

if TYPE_CHECKING:
    import pandas as pd

    from supplier_eval.risk.loss_model import LossModel
    from supplier_eval.risk.severity import FloatArray


@dataclass(frozen=True)
class Bounded:
    """A figure from a grid.

    Parameters
    ----------
    value : float or None
        With single losses put to the nearest point; None where the grid ends before.
    low, high : float or None
        Bounds of the true figure, up to rounding of floating point; None where the grid ends before.
    """

    value: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True, eq=False)
class ExactLosses(Shown):
    """The annual loss of all assessed risks together, on a grid.

    Parameters
    ----------
    model : LossModel
        What was computed.
    step : float
        Money between two points.
    grids, means : mapping
        ``lower``, ``rounding``, ``upper`` -> probability that the loss does not exceed 0, 1, ... steps; its mean.
    levels : tuple of float
        Of VaR and TVaR.
    not_assessed : tuple of str
        Risks that are in no figure.
    currency : str
        Unit of the losses; empty where the register has none.
    """

    model: LossModel = field(repr=False)
    step: float
    grids: Mapping[str, FloatArray] = field(repr=False)
    means: Mapping[str, float] = field(repr=False)
    levels: tuple[float, ...]
    not_assessed: tuple[str, ...] = ()
    currency: str = ""

    @property
    def standing(self) -> Literal["exploratory"]:
        """A forecast of losses binds nothing."""
        return "exploratory"

    @cached_property
    def exact(self) -> tuple[float, float]:
        """Mean and standard deviation in closed form."""
        return self.model.moments()

    def var(self, level: float) -> Bounded:
        """The loss that a share `level` of the years does not exceed.

        Raises
        ------
        InvalidInput
            If the level is not above 0 and below 1.
        """
        share = asked_level(level)
        return self._bounded(lambda below, _: grid_var(below, self.step, share))

    def tvar(self, level: float) -> Bounded:
        """Mean loss of the worst 1 - level of the years; refused where `var` is."""
        share = asked_level(level)
        return self._bounded(lambda below, mean: grid_tvar(below, self.step, share, mean))

    def exceeded(self, amount: float) -> Bounded:
        """Probability of an annual loss above an amount of money.

        Raises
        ------
        InvalidInput
            If the amount is no finite number.
        """
        money = as_figure(amount)
        if money is None or not isfinite(money):
            raise InvalidInput([asked("asked.figure.any", "amount", amount)], ARGUMENTS)
        return self._bounded(lambda below, _: grid_exceeded(below, self.step, money))

    def _bounded(self, ask: Callable[[FloatArray, float], float | None]) -> Bounded:
        low, value, high = (ask(self.grids[method], self.means[method]) for method in ("lower", "rounding", "upper"))
        return Bounded(value, low, high)

    def to_frame(self) -> pd.DataFrame:
        """One row for each figure.

        Returns
        -------
        DataFrame
            ``measure`` (``mean``, ``sd``, ``no_loss``, ``var``, ``tvar``): str; ``level`` (of VaR and TVaR), ``value``
            (money; a probability for ``no_loss``), ``low``, ``high`` (bounds; equal to the value in closed forms):
            Float64, missing where not applicable or where the grid ends before.
        """
        import pandas as pd

        closed = (("mean", self.exact[0]), ("sd", self.exact[1]), ("no_loss", self.model.no_loss()))
        rows: list[tuple[object, ...]] = [(measure, None, value, value, value) for measure, value in closed]
        for measure, of in (("var", self.var), ("tvar", self.tvar)):
            rows += [(measure, level, (got := of(level)).value, got.low, got.high) for level in self.levels]
        kinds = {"measure": "str"} | dict.fromkeys(("level", "value", "low", "high"), "Float64")
        return pd.DataFrame(rows, columns=list(kinds)).astype(kinds)

    def explain(self, lang: Lang = "en") -> str:
        """Say what a year costs on average and in bad years, and between which bounds.

        Parameters
        ----------
        lang : {"en", "zh"}
            Language.

        Returns
        -------
        str
            One sentence a line.
        """
        unit = f" {self.currency}" if self.currency else ""
        mean, sd = (money_text(figure) for figure in self.exact)
        lines = [message("losses.exact.mean", lang, n=len(self.model.risks), mean=mean, sd=sd, unit=unit)]
        if not self.model.risks:
            lines = [message("losses.said.none", lang)]
        for level in self.levels if self.model.risks else ():
            var, tvar = self.var(level), self.tvar(level)
            figures = {"var": _said(var), "tvar": _said(tvar)}
            code = "losses.exact.beyond" if None in (var.high, tvar.high) else "losses.exact.level"
            lines.append(message(code, lang, level=f"{100 * level:.10g}", unit=unit, **figures))
        if self.not_assessed:
            named = some_names(self.not_assessed, lang)
            lines.append(message("losses.said.not_assessed", lang, n=len(self.not_assessed), risks=named))
        return "\n".join(lines)

    def __repr__(self) -> str:
        level = self.levels[-1]
        var = f"VaR {level:.10g} {_said(self.var(level))}"
        return f"ExactLosses({len(self.model.risks)} risks; mean {money_text(self.exact[0])}, {var})"


def _said(figure: Bounded) -> str:
    low, value, high = ("?" if one is None else money_text(one) for one in (figure.low, figure.value, figure.high))
    return f"{value} ({low} - {high})"
