"""Which measures are worth their money within a budget, and what a little more of it would buy (§6.2.2)."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import ROUND_FLOOR, Decimal
from typing import TYPE_CHECKING, Literal

from supplier_eval.errors import Finding, InvalidInput
from supplier_eval.messages import Lang, message
from supplier_eval.risk.measure_sets import MeasureProblem, best_sets
from supplier_eval.risk.measures_model import MOST_AT_RISK, buy_measures, too_large
from supplier_eval.risk.records import ARGUMENTS, as_figure, asked
from supplier_eval.risk.register_entries import money_text
from supplier_eval.risk.response_front import RiskResponses
from supplier_eval.risk.response_records import HUNDREDTHS
from supplier_eval.risk.said_figures import figure_text, some_names
from supplier_eval.shown import Shown

if TYPE_CHECKING:
    import pandas as pd

    from supplier_eval.risk.response_records import Measure

CLOSE = 1e-7
Base = Literal["residual", "current"]


@dataclass(frozen=True)
class BudgetStep:
    """One budget at which a better set can be bought.

    Parameters
    ----------
    budget : int
        In hundredths of the currency: what the set costs.
    loss : float
        Expected loss a year that it leaves, in the currency.
    measures : tuple of str
        The set.
    """

    budget: int
    loss: float
    measures: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class MeasureChoice(Shown):
    """The measures to buy within a budget.

    Parameters
    ----------
    status : {"optimal", "not_solved"}
        ``optimal``: proven; ``not_solved``: no solver proved a set best in time, and nothing is chosen.
    budget : int
        In hundredths of the currency.
    measures : tuple of str
        What to buy, in canonical order.
    cost : int
        What it costs, in hundredths; never above the budget.
    loss_before, loss_after : float
        Expected loss a year of the risks that count, in the currency; the second is None where not solved.
    steps : tuple of BudgetStep or None
        All budgets at which a better set can be bought, from nothing on; None where they are too many to list.
    solvers : tuple of str
        Who found the set: ``cbc`` or ``scipy``, and ``enumeration`` where all sets could be listed.
    left_out : tuple of str
        Risks that are not assessed, accepted or avoided: no measure is bought for them.
    base : {"residual", "current"}
        What the measures were taken to lower.
    currency : str
        Of the money.
    costs : tuple of int
        Of each measure bought, in hundredths.
    savings : tuple of float
        By how much the expected loss a year would be higher without each measure bought, the others kept.
    """

    status: Literal["optimal", "not_solved"]
    budget: int
    measures: tuple[str, ...]
    cost: int
    loss_before: float
    loss_after: float | None
    steps: tuple[BudgetStep, ...] | None = field(default=None, repr=False)
    solvers: tuple[str, ...] = ()
    left_out: tuple[str, ...] = field(default=(), repr=False)
    base: Base = "residual"
    currency: str = ""
    costs: tuple[int, ...] = ()
    savings: tuple[float, ...] = ()

    @property
    def dear(self) -> tuple[str, ...]:
        """Measures bought that cost more than they save: the least loss is sought, whatever it costs in the budget."""
        return tuple(name for name, cost, saved in self._worth if saved < cost)

    @property
    def _worth(self) -> tuple[tuple[str, float, float], ...]:
        return tuple(zip(self.measures, (cost / 100 for cost in self.costs), self.savings, strict=False))

    @property
    def standing(self) -> Literal["exploratory"]:
        """A proposal: those who hold the budget decide."""
        return "exploratory"

    @property
    def next_step(self) -> BudgetStep | None:
        """The smallest budget that buys more; None where there is none, or where the steps are not listed."""
        return next((one for one in self.steps or () if one.budget > self.budget), None)

    @property
    def marginal_value(self) -> float | None:
        """Expected loss a year that one more unit of money saves, up to the next step; None where that is not known.

        0 where no budget buys more.
        """
        if self.steps is None or self.loss_after is None:
            return None
        after = self.next_step
        if after is None:
            return 0.0
        return (self.loss_after - after.loss) / ((after.budget - self.budget) / 100)

    def to_frame(self) -> pd.DataFrame:
        """All budgets at which a better set can be bought.

        Returns
        -------
        DataFrame
            ``budget``, ``loss`` (currency a year), ``saved`` (against nothing), ``per_unit`` (saved against the step
            before, for each unit of money more): Float64, the last missing for the first; ``measures`` (joined by
            ``|``): str; ``chosen``: bool. Where the steps are not listed: the chosen set alone.
        """
        import pandas as pd

        steps = self.steps
        if steps is None:
            after = self.loss_after
            steps = () if after is None else (BudgetStep(self.cost, after, self.measures),)
        rows = []
        for at, one in enumerate(steps):
            before = steps[at - 1] if at else None
            per = None if before is None else (before.loss - one.loss) / ((one.budget - before.budget) / 100)
            chosen = one.measures == self.measures and self.status == "optimal"
            rows.append((one.budget / 100, one.loss, self.loss_before - one.loss, per, "|".join(one.measures), chosen))
        kinds = dict.fromkeys(("budget", "loss", "saved", "per_unit"), "Float64") | {
            "measures": "str",
            "chosen": "bool",
        }
        return pd.DataFrame(rows, columns=list(kinds)).astype(kinds)

    def explain(self, lang: Lang = "en") -> str:
        """Say what to buy, what it saves, and what a little more money would buy."""
        facts = {
            "budget": f"{self.budget / 100:,.2f}",
            "currency": self.currency,
            "before": money_text(self.loss_before),
        }
        if self.loss_after is None:
            return message("measures.said.not_solved", lang, **facts)
        figures = {"after": money_text(self.loss_after), "cost": f"{self.cost / 100:,.2f}"}
        nothing = "measures.said.nothing" if self.loss_before else "measures.said.no_loss"
        code = "measures.said.chosen" if self.measures else nothing
        lines = [message(code, lang, measures=some_names(self.measures, lang), **facts, **figures)]
        lines.append(message(f"measures.said.base.{self.base}", lang))
        if self.dear:
            worth = {name: {"cost": money_text(cost), "saved": money_text(saved)} for name, cost, saved in self._worth}
            said = [message("measures.said.dear.one", lang, measure=name, **worth[name]) for name in self.dear]
            lines.append(message("measures.said.dear", lang, measures=some_names(said, lang)))
        value, after = self.marginal_value, self.next_step
        if value is None:
            lines.append(message("measures.said.not_listed", lang))
        elif after is None:
            lines.append(message("measures.said.last", lang))
        else:
            more = {"more": f"{(after.budget - self.budget) / 100:,.2f}", "value": figure_text(value, 4)}
            more |= {"saved": money_text(self.loss_after - after.loss), "currency": self.currency}
            lines.append(message("measures.said.next", lang, measures=some_names(after.measures, lang), **more))
        if self.left_out:
            lines.append(message("measures.said.left_out", lang, risks=some_names(self.left_out, lang)))
        return "\n".join(lines)

    def __repr__(self) -> str:
        bought = f"{len(self.measures)} measures for {self.cost / 100:,.2f}"
        before = money_text(self.loss_before)
        return f"MeasureChoice({self.status}; {bought}; loss {before} -> {money_text(self.loss_after)})"


def choose_measures(responses: RiskResponses, budget: float, *, base: Base = "residual") -> MeasureChoice:
    """Choose the measures that leave the least expected loss a year within a budget, proven best.

    Within the budget the loss alone counts, not what is left of the money: a measure that costs more than it saves is
    bought where there is room for it, and named in `MeasureChoice.dear` and in the sentences.

    Parameters
    ----------
    responses : RiskResponses
        From `assess_responses`: its proposed measures can be bought, each once for all risks that it acts on.
    budget : float
        For a year, not negative, in the currency of the register.
    base : {"residual", "current"}
        What the measures lower: the inherent level after the controls that count, or the level as people rated it.

    Returns
    -------
    MeasureChoice
        Factors on the same risk multiply. Of sets that leave the same loss the cheapest, then the one with fewer
        measures, then the first by id.

    Raises
    ------
    InvalidInput
        If an argument is of the wrong kind, or a risk has more than 12 proposed measures.

    Examples
    --------
    >>> answers = se.risk.answer_folder("data/samples/risks", years=2_000)
    >>> se.risk.choose_measures(answers.responses, 300_000)
    MeasureChoice(optimal; 3 measures for 290,000.00; loss 5,598,057 -> 4,806,552)
    """
    found = [] if isinstance(responses, RiskResponses) else [
        asked("asked.kind", "responses", responses, kind="RiskResponses")
    ]  # fmt: skip
    money = as_figure(budget)
    if money is None or not 0 <= money <= 1e13:
        found.append(asked("asked.figure", "budget", budget, least=0))
    if not isinstance(base, str) or base not in ("residual", "current"):
        found.append(Finding("measures.base", ARGUMENTS, "base", value=str(base)))
    if found or money is None:
        raise InvalidInput(found, ARGUMENTS)
    names, problem, left_out = _problem(responses, base)
    if too_large(problem):
        facts = {"most": MOST_AT_RISK}
        raise InvalidInput([Finding("measures.too_many", "measures", "risk", facts=facts)], "measures")
    limit = int(Decimal(repr(money)).quantize(HUNDREDTHS, ROUND_FLOOR) * 100)
    return _choice(problem, names, limit, (left_out, base, responses.register.currency))


def _choice(
    problem: MeasureProblem, names: tuple[str, ...], limit: int, rest: tuple[tuple[str, ...], Base, str]
) -> MeasureChoice:
    listed, solved = best_sets(problem), buy_measures(problem, limit)
    before = problem.loss(())
    solvers = () if solved is None else (solved[1],)
    chosen = None if solved is None else solved[0]
    steps = None
    if listed is not None:
        steps = tuple(BudgetStep(cost, loss, tuple(names[at] for at in held)) for cost, loss, held in listed)
        best = [held for cost, _, held in listed if cost <= limit][-1]
        if chosen is not None and abs(problem.loss(best) - problem.loss(chosen)) > CLOSE * max(before, 1e-300):
            solvers = ()  # the solver stopped beside the optimum, within its tolerance: all sets were listed
        chosen, solvers = best, (*solvers, "enumeration")
    if chosen is None:
        return MeasureChoice("not_solved", limit, (), 0, before, None, steps, (), *rest)
    held = tuple(sorted(chosen))
    bought, costs = tuple(names[at] for at in held), tuple(problem.cost((at,)) for at in held)
    after = problem.loss(chosen)
    savings = tuple(problem.loss(tuple(other for other in held if other != at)) - after for at in held)
    return MeasureChoice(
        "optimal", limit, bought, problem.cost(chosen), before, after, steps, solvers, *rest, costs, savings
    )


def _problem(responses: RiskResponses, base: Base) -> tuple[tuple[str, ...], MeasureProblem, tuple[str, ...]]:
    """Names of the measures that can be bought, the problem in plain figures, risks that are left out."""
    proposed = [m for m in responses.measures if m.state == "proposed"]
    names = tuple(dict.fromkeys(m.measure for m in proposed))
    at = {name: k for k, name in enumerate(names)}
    costs = {m.measure: m.cost for m in proposed}
    acting: dict[str, list[Measure]] = {}
    for measure in proposed:
        acting.setdefault(measure.risk, []).append(measure)
    losses, effects, left_out = [], [], []
    for key, one in responses.risks.items():
        loss = (one.residual if base == "residual" else one.current).expected_loss
        if loss is None or one.state in {"accepted", "avoided"}:
            left_out.append(key)
            continue
        losses.append(loss)
        effects.append(tuple((at[m.measure], m.factor) for m in acting.get(key, ())))
    return names, MeasureProblem(tuple(costs[name] for name in names), tuple(losses), tuple(effects)), tuple(left_out)
