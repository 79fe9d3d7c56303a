"""The annual loss of a register, sampled: figures with their errors beside the closed forms, tables, sentences."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from math import sqrt
from typing import TYPE_CHECKING, Literal

import numpy as np

from supplier_eval.errors import InvalidInput
from supplier_eval.messages import Lang, message
from supplier_eval.risk.loss_figures import Estimate, exceeded, tail_value_at_risk, value_at_risk
from supplier_eval.risk.loss_levels import LEAST_BEYOND, asked_level
from supplier_eval.risk.records import as_figure, asked
from supplier_eval.risk.register_entries import money_text
from supplier_eval.risk.said_figures import some_names
from supplier_eval.shown import Shown

if TYPE_CHECKING:
    import pandas as pd

    from supplier_eval.risk.loss_model import LossModel
    from supplier_eval.risk.severity import FloatArray

RETURN_PERIODS = (2, 5, 10, 20, 50, 100, 200, 500, 1000)


@dataclass(frozen=True, eq=False)
class AnnualLosses(Shown):
    """The annual loss of all assessed risks together.

    Parameters
    ----------
    model : LossModel
        What was sampled.
    losses : ndarray of shape (years,)
        Annual losses from the smallest to the largest, money; read only.
    levels : tuple of float
        Of VaR and TVaR.
    seed : int
        Of the draws.
    not_assessed : tuple of str
        Risks that are in no figure.
    currency : str
        Unit of the losses; empty where the register has none.
    """

    model: LossModel = field(repr=False)
    losses: FloatArray = field(repr=False)
    levels: tuple[float, ...]
    seed: int
    not_assessed: tuple[str, ...] = ()
    currency: str = ""

    @property
    def standing(self) -> Literal["exploratory"]:
        """A forecast of losses binds nothing."""
        return "exploratory"

    @property
    def years(self) -> int:
        """How many were simulated."""
        return len(self.losses)

    @cached_property
    def mean(self) -> Estimate:
        """Sampled mean; `exact_mean` is the better figure, and this one its check.

        Its error is that of the exact standard deviation: a sample without the rare great loss would understate it.
        """
        return Estimate(float(np.mean(self.losses)), self.exact_sd / sqrt(self.years))

    @cached_property
    def exact(self) -> tuple[float, float]:
        """Mean and standard deviation in closed form."""
        return self.model.moments()

    @property
    def exact_mean(self) -> float:
        """Mean in closed form."""
        return self.exact[0]

    @property
    def exact_sd(self) -> float:
        """Standard deviation in closed form."""
        return self.exact[1]

    @property
    def check(self) -> float | None:
        """Standard errors between the sampled and the exact mean; None where nothing varies."""
        error = self.mean.error
        return None if error == 0 else (self.mean.value - self.exact_mean) / error

    def var(self, level: float) -> Estimate:
        """The loss that a share `level` of the years does not exceed.

        Raises
        ------
        InvalidInput
            If the level is not above 0 and below 1, or fewer than 20 of the years lie beyond it.
        """
        return value_at_risk(self.losses, asked_level(level, self.years))

    def tvar(self, level: float) -> Estimate:
        """Mean loss of the worst 1 - level of the years; refused where `var` is."""
        return tail_value_at_risk(self.losses, asked_level(level, self.years))

    def to_frame(self) -> pd.DataFrame:
        """One row for each figure.

        Returns
        -------
        DataFrame
            ``measure`` (``mean``, ``sd``, ``no_loss``, ``var``, ``tvar``): str; ``level`` (of VaR and TVaR),
            ``value`` (money; a share for ``no_loss``), ``error`` (standard error), ``exact`` (closed form where there
            is one): Float64, missing where not applicable.
        """
        import pandas as pd

        none = exceeded(self.losses, 0.0)
        rows: list[tuple[object, ...]] = [
            ("mean", None, self.mean.value, self.mean.error, self.exact_mean),
            ("sd", None, float(self.losses.std(ddof=1)), None, self.exact_sd),
            ("no_loss", None, 1 - none.value, none.error, self.model.no_loss()),
        ]
        for measure, of in (("var", self.var), ("tvar", self.tvar)):
            rows += [(measure, level, (got := of(level)).value, got.error, None) for level in self.levels]
        kinds = {"measure": "str"} | dict.fromkeys(("level", "value", "error", "exact"), "Float64")
        return pd.DataFrame(rows, columns=list(kinds)).astype(kinds)

    def risks_frame(self) -> pd.DataFrame:
        """One row for each assessed risk, all in closed form.

        Returns
        -------
        DataFrame
            ``risk``: str; ``frequency`` (own events per year), ``event_mean`` (money), ``mean``, ``sd`` (annual, shocks
            included), ``share`` of the whole mean (missing where that is 0): Float64.
        """
        import pandas as pd

        rows = []
        for at, risk in enumerate(self.model.risks):
            mean, variance = self.model.risk_moments(at)
            share = mean / self.exact_mean if self.exact_mean else None
            rows.append((risk.risk, risk.frequency.mean, risk.moments[0], mean, sqrt(variance), share))
        kinds = {"risk": "str"} | dict.fromkeys(("frequency", "event_mean", "mean", "sd", "share"), "Float64")
        return pd.DataFrame(rows, columns=list(kinds)).astype(kinds)

    def exceedance(self, amounts: Iterable[float] | None = None) -> pd.DataFrame:
        """The exceedance curve: how probable a larger annual loss is.

        Parameters
        ----------
        amounts : iterable of float, optional
            Money; without it the losses of the return periods 2, 5, ... 1000 years that are sampled often enough.

        Returns
        -------
        DataFrame
            ``loss`` (money), ``probability`` of a larger one, ``error``, ``return_period`` (years, missing where no
            year exceeds it): Float64.
        """
        import pandas as pd

        if amounts is None:
            seen = [period for period in RETURN_PERIODS if self.years >= LEAST_BEYOND * period]
            wanted = [self.var(1 - 1 / period).value for period in seen]
        else:
            wanted = _amounts(amounts)
        rows = []
        for amount in sorted(set(wanted)):
            got = exceeded(self.losses, amount)
            rows.append((amount, got.value, got.error, 1 / got.value if got.value else None))
        columns = ["loss", "probability", "error", "return_period"]
        return pd.DataFrame(rows, columns=columns).astype(dict.fromkeys(columns, "Float64"))

    def explain(self, lang: Lang = "en") -> str:
        """Say what a year costs on average and in bad years, how sure that is, and what is left out.

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
        facts = {"n": len(self.model.risks), "years": f"{self.years:,}", "seed": self.seed, "unit": unit}
        exact = {"exact": money_text(self.exact_mean), "sd": money_text(self.exact_sd)}
        sampled = {"mean": money_text(self.mean.value), "error": money_text(self.mean.error)}
        lines = [message("losses.said.mean", lang, **facts, **exact, **sampled)]
        if not self.model.risks:
            lines = [message("losses.said.none", lang)]
        on_top = self.exact_mean - sum(risk.frequency.mean * risk.moments[0] for risk in self.model.risks)
        if self.model.shocks and self.model.risks:
            lines.append(message("losses.said.shocks", lang, money=money_text(on_top), unit=unit))
        for level in self.levels if self.model.risks else ():
            var, tvar = self.var(level), self.tvar(level)
            figures = {"var": money_text(var.value), "var_error": money_text(var.error)}
            figures |= {"tvar": money_text(tvar.value), "tvar_error": money_text(tvar.error)}
            lines.append(message("losses.said.level", lang, level=f"{100 * level:.10g}", unit=unit, **figures))
        if self.not_assessed:
            named = some_names(self.not_assessed, lang)
            lines.append(message("losses.said.not_assessed", lang, n=len(self.not_assessed), risks=named))
        return "\n".join(lines)

    def __repr__(self) -> str:
        level = self.levels[-1]
        left = f"; {len(self.not_assessed)} not assessed" if self.not_assessed else ""
        shown = f"mean {money_text(self.exact_mean)}, VaR {level:.10g} {money_text(self.var(level).value)}"
        return f"AnnualLosses({len(self.model.risks)} risks, {self.years:,} years; {shown}{left})"


def _amounts(given: object) -> list[float]:
    listed = [given] if isinstance(given, int | float | str) or not isinstance(given, Iterable) else list(given)
    figures = [as_figure(one) for one in listed]
    wrong = [one for one, figure in zip(listed, figures, strict=True) if figure is None]
    if wrong:
        raise InvalidInput([asked("asked.figure.any", "amounts", one) for one in wrong], "arguments")
    return [figure for figure in figures if figure is not None]
