"""What the price of every rule comes to: figures, who gains, who loses, tables; it neither draws nor saves itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING

from supplier_eval.award.parts import ZERO
from supplier_eval.award.rule_costs_words import explain_costs, said_figure
from supplier_eval.messages import Lang
from supplier_eval.shown import Shown

if TYPE_CHECKING:
    import pandas as pd

    from supplier_eval.award.audit import Audit
    from supplier_eval.award.outcome import Status
    from supplier_eval.award.problem import AwardProblem
    from supplier_eval.award.rule_subsets import Interval
    from supplier_eval.score.sheet import Standing


@dataclass(frozen=True, eq=False)
class RuleCost:
    """The price of one rule, and whose award it changes.

    Parameters
    ----------
    rule : str
        Id.
    price : Interval
        In the objective's own unit, >= 0: money more, or points less, than without the rule.
    status : Status
        ``optimal`` where the price is exact; else how the search without the rule, or that with all rules, ended.
    without : Audit
        The best award known without the rule, audited against all rules: that rule may be broken in it. One of
        several, where there are equal ones; the award with all rules where that is as good.
    shifts : mapping
        (lot, supplier) → share of the lot that the supplier would have more (> 0) or less (< 0) without the rule.
    shapley : Interval or None
        Its share of the price of all rules together; None where that was not asked for.
    """

    rule: str
    price: Interval
    status: Status
    without: Audit = field(repr=False)
    shifts: Mapping[tuple[str, str], Fraction]
    shapley: Interval | None = None

    @property
    def gains(self) -> Mapping[str, Mapping[str, Fraction]]:
        """Supplier → lot → share of it that it would win without the rule and does not win now."""
        return _by_supplier(self.shifts, 1)

    @property
    def losses(self) -> Mapping[str, Mapping[str, Fraction]]:
        """Supplier → lot → share of it that it owes to the rule."""
        return _by_supplier(self.shifts, -1)


@dataclass(frozen=True, eq=False)
class RuleCosts(Shown):
    """What every rule of an award costs.

    Parameters
    ----------
    problem : AwardProblem
        What was asked.
    status : Status
        Of the search with all rules. ``infeasible``: the rules conflict, and nothing is priced;
        ``no_award_found``, ``error``: nothing is known in the time given.
    audit : Audit or None
        The best award found with all rules.
    rules : mapping
        Rule id → `RuleCost`, in canonical order; empty where nothing is priced.
    total : Interval or None
        Price of all rules together.
    pairs : mapping
        (rule, rule) → price of both together; empty where pairs were not asked for.
    solver : str
        Which solver.
    solves : int
        How often it ran; sets of rules that follow from what is known do not count.
    """

    problem: AwardProblem = field(repr=False)
    status: Status
    audit: Audit | None = field(default=None, repr=False)
    rules: Mapping[str, RuleCost] = field(default_factory=dict)
    total: Interval | None = None
    pairs: Mapping[tuple[str, str], Interval] = field(default_factory=dict)
    solver: str = ""
    solves: int = 0

    @property
    def standing(self) -> Standing:
        """Prices of rules explore; they never bind."""
        return "exploratory"

    @property
    def policy_fingerprint(self) -> str:
        """Fingerprint of the policy that the problem came from; empty where it came from tables."""
        return self.problem.policy_fingerprint

    @property
    def exact(self) -> bool:
        """True where every figure is a point, not an interval."""
        shown = [*self.pairs.values(), *(cost.price for cost in self.rules.values())]
        shown += [cost.shapley for cost in self.rules.values() if cost.shapley is not None]
        return self.total is not None and all(figure.exact is not None for figure in (self.total, *shown))

    def to_frame(self) -> pd.DataFrame:
        """One row for each rule that was priced.

        Returns
        -------
        DataFrame
            ``rule``, ``kind``, ``clause``, ``status``, ``gains``, ``losses`` (suppliers that would gain, or lose,
            without the rule, joined by ``|``): str; ``hard``: bool; ``price``, ``low``, ``high``, ``shapley``: Float64
            in the objective's own unit, missing where unknown.
        """
        import pandas as pd

        rows = [
            {
                "rule": key,
                "kind": self.problem.rules[key].kind,
                "clause": self.problem.rules[key].clause,
                "hard": self.problem.rules[key].hard,
                "price": _cell(cost.price.exact),
                "low": _cell(cost.price.low),
                "high": _cell(cost.price.high),
                "shapley": _cell(None if cost.shapley is None else cost.shapley.exact),
                "status": cost.status,
                "gains": "|".join(cost.gains),
                "losses": "|".join(cost.losses),
            }
            for key, cost in self.rules.items()
        ]
        kinds = dict.fromkeys(("rule", "kind", "clause"), "str") | {"hard": "bool"}
        kinds |= dict.fromkeys(("price", "low", "high", "shapley"), "Float64")
        kinds |= dict.fromkeys(("status", "gains", "losses"), "str")
        return pd.DataFrame(rows, columns=list(kinds)).astype(kinds)

    def pairs_frame(self) -> pd.DataFrame:
        """One row for each pair of rules.

        Returns
        -------
        DataFrame
            ``first``, ``second``: str; ``price`` of both together, ``beyond`` (that less the two single prices: above
            0 where the rules stand in for each other): Float64, missing where not exact.
        """
        import pandas as pd

        rows = []
        for (first, second), both in self.pairs.items():
            single = [self.rules[key].price.exact for key in (first, second)]
            known = both.exact is not None and None not in single
            beyond = both.low - sum((part or ZERO for part in single), ZERO) if known else None
            rows.append((first, second, _cell(both.exact), _cell(beyond)))
        kinds = {"first": "str", "second": "str", "price": "Float64", "beyond": "Float64"}
        return pd.DataFrame(rows, columns=list(kinds)).astype(kinds)

    def explain(self, lang: Lang = "en") -> str:
        """Say what each rule costs, who would win what without it, and how the whole price is shared.

        Parameters
        ----------
        lang : {"en", "zh"}
            Language.

        Returns
        -------
        str
            One sentence a line.
        """
        return explain_costs(self, lang)

    def __repr__(self) -> str:
        if self.total is None:
            return f"RuleCosts({self.status}; nothing priced)"
        dearest = sorted(self.rules.values(), key=lambda cost: (-cost.price.low, cost.rule))[:3]
        said = "; ".join(f"{cost.rule} {said_figure(self, cost.price)}" for cost in dearest)
        return f"RuleCosts({self.status}; all {len(self.rules)} rules {said_figure(self, self.total)}; {said})"


def _by_supplier(shifts: Mapping[tuple[str, str], Fraction], sign: int) -> dict[str, dict[str, Fraction]]:
    found: dict[str, dict[str, Fraction]] = {}
    for (lot, name), share in sorted(shifts.items(), key=lambda item: item[0][::-1]):
        if share * sign > 0:
            found.setdefault(name, {})[lot] = abs(share)
    return found


def _cell(figure: Fraction | None) -> float | None:
    return None if figure is None else float(figure)
