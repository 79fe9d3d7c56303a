"""What measures do to bad years: the annual loss before and after a set of them, mean and tail (§6.2.2)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from math import hypot
from typing import TYPE_CHECKING, Literal

from supplier_eval.errors import Finding, InvalidInput
from supplier_eval.intake.identifiers import id_key
from supplier_eval.messages import Lang, message
from supplier_eval.risk.loss_figures import Estimate
from supplier_eval.risk.losses import LEVELS, YEARS, simulate_losses
from supplier_eval.risk.losses_result import AnnualLosses
from supplier_eval.risk.records import ARGUMENTS, asked
from supplier_eval.risk.register_entries import RiskLevel, money_text
from supplier_eval.risk.response_front import NOTHING, RiskResponses, lowered
from supplier_eval.risk.said_figures import some_names
from supplier_eval.shown import Shown

if TYPE_CHECKING:
    import pandas as pd

    from supplier_eval.risk.response_records import Measure

FIGURES = ("before", "before_error", "after", "after_error", "saved", "saved_error")


@dataclass(frozen=True, eq=False)
class TailComparison(Shown):
    """The annual loss before and after a set of measures.

    Parameters
    ----------
    measures : tuple of str
        The set, in canonical order.
    before, after : AnnualLosses
        After the controls that count; and with the measures as well.
    """

    measures: tuple[str, ...]
    before: AnnualLosses = field(repr=False)
    after: AnnualLosses = field(repr=False)

    @property
    def standing(self) -> Literal["exploratory"]:
        """What measures leave is an estimate."""
        return "exploratory"

    def pairs(self) -> list[tuple[str, float | None, Estimate, Estimate]]:
        """Figure, level, before, after: the mean in closed form, then VaR, then TVaR."""
        old, new = self.before, self.after
        mean = ("mean", None, Estimate(old.exact_mean, 0.0), Estimate(new.exact_mean, 0.0))
        var = [("var", level, old.var(level), new.var(level)) for level in old.levels]
        return [mean, *var, *(("tvar", level, old.tvar(level), new.tvar(level)) for level in old.levels)]

    def to_frame(self) -> pd.DataFrame:
        """One row for each figure.

        Returns
        -------
        DataFrame
            ``measure`` (``mean``, ``var``, ``tvar``): str; ``level`` (missing for the mean), ``before``, ``after``,
            ``saved`` (money a year), and their standard errors ``before_error``, ``after_error``, ``saved_error`` (0
            for the mean, a closed form; that of what is saved as if the two were drawn apart): Float64.
        """
        import pandas as pd

        rows = [(name, level, *_row(before, after)) for name, level, before, after in self.pairs()]
        kinds = {"measure": "str"} | dict.fromkeys(("level", *FIGURES), "Float64")
        return pd.DataFrame(rows, columns=list(kinds)).astype(kinds)

    def explain(self, lang: Lang = "en") -> str:
        """Say what the measures do to an average year and to the worst ones, one sentence a line."""
        unit = f" {self.before.currency}" if self.before.currency else ""
        facts: dict[str, object] = {"unit": unit, "measures": some_names(self.measures, lang)}
        lines = [] if self.before.model.risks else [message("losses.said.none", lang)]
        for name, level, before, after in self.pairs() if self.before.model.risks else ():
            if name == "var":
                continue
            said = {"before": money_text(before.value), "after": money_text(after.value)}
            said |= {"before_error": money_text(before.error), "after_error": money_text(after.error)}
            said["worst"] = "" if level is None else f"{100 * (1 - level):.6g}"
            code = f"measures.tail.{name}" if self.measures else f"measures.tail.{name}_none"
            lines.append(message(code, lang, **facts, **said))
        if self.before.not_assessed:
            left = some_names(self.before.not_assessed, lang)
            lines.append(message("losses.said.not_assessed", lang, n=len(self.before.not_assessed), risks=left))
        return "\n".join(lines)

    def __repr__(self) -> str:
        level = self.before.levels[-1]
        tails = " -> ".join(money_text(one.tvar(level).value) for one in (self.before, self.after))
        return f"TailComparison({len(self.measures)} measures; TVaR {level:.10g} {tails})"


def _row(before: Estimate, after: Estimate) -> tuple[float, ...]:
    errors = before.error, after.error
    return before.value, errors[0], after.value, errors[1], before.value - after.value, hypot(*errors)


def compare_tails(
    responses: RiskResponses,
    measures: Iterable[str],
    shocks: pd.DataFrame | None = None,
    *,
    years: int = YEARS,
    levels: Sequence[float] = LEVELS,
    seed: int = 0,
) -> TailComparison:
    """Simulate the annual loss after the controls that count, and again with some proposed measures.

    Parameters
    ----------
    responses : RiskResponses
        From `assess_responses`.
    measures : iterable of str
        Proposed measures, such as `MeasureChoice.measures`; none is an answer too.
    shocks, years, levels, seed
        As in `simulate_losses`. A measure that lowers what an event costs lowers it in shocks too; how often a shock
        comes it does not change. A shock brings no event of a risk of which nothing is left.

    Returns
    -------
    TailComparison
        Both are drawn from the same streams. Accepted risks cost what they cost; what is avoided costs nothing.

    Raises
    ------
    InvalidInput
        With every finding: measures that are not proposed, whatever `simulate_losses` refuses.
    """
    if not isinstance(responses, RiskResponses):
        raise InvalidInput([asked("asked.kind", "responses", responses, kind="RiskResponses")], ARGUMENTS)
    proposed = {id_key(m.measure): m.measure for m in responses.measures if m.state == "proposed"}
    if isinstance(measures, str) or not isinstance(measures, Iterable):
        raise InvalidInput([asked("asked.names", "measures", measures)], ARGUMENTS)
    named = [id_key(str(name)) for name in measures]
    strays = [name for name in named if name not in proposed]
    if strays:
        facts = {"known": ", ".join(proposed.values()) or "-"}
        raise InvalidInput([Finding("measures.unknown", ARGUMENTS, "measures", value=s, facts=facts) for s in strays])
    bought = {proposed[name] for name in named}
    left = {key: one.residual for key, one in responses.risks.items()}
    drawn = [
        simulate_losses(_table(of, responses), _without_gone(shocks, of), years=years, levels=levels, seed=seed)
        for of in (left, _with(responses, bought, left))
    ]
    ordered = tuple(name for name in proposed.values() if name in bought)
    return TailComparison(ordered, drawn[0], drawn[1])


def _with(responses: RiskResponses, bought: set[str], before: dict[str, RiskLevel]) -> dict[str, RiskLevel]:
    """Levels with the measures bought."""
    acting: dict[str, list[Measure]] = {}
    for measure in responses.measures:
        if measure.measure in bought and before[measure.risk] != NOTHING:
            acting.setdefault(measure.risk, []).append(measure)
    return before | {key: lowered(before[key], tuple(mine)) for key, mine in acting.items()}


def _table(levels: dict[str, RiskLevel], responses: RiskResponses) -> pd.DataFrame:
    import pandas as pd

    currency = responses.register.currency
    rows = [(key, level.low, level.high, level.frequency, currency) for key, level in levels.items()]
    kinds = {"risk": "str", "low": "float64", "high": "float64", "frequency": "float64", "currency": "str"}
    return pd.DataFrame(rows, columns=list(kinds)).astype(kinds)


def _without_gone(shocks: pd.DataFrame | None, levels: dict[str, RiskLevel]) -> pd.DataFrame | None:
    """Shocks without the rows of risks of which nothing is left."""
    import pandas as pd

    if not isinstance(shocks, pd.DataFrame) or list(shocks.columns).count("risk") != 1:
        return shocks
    gone = {id_key(key) for key, level in levels.items() if level == NOTHING}
    return shocks[[not isinstance(risk, str) or id_key(risk) not in gone for risk in shocks["risk"]]]
