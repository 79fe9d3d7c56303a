"""What the next best award costs: the same question again, with one award forbidden or asked for."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from math import isfinite
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal

from supplier_eval.award.rules import Rule
from supplier_eval.errors import UnknownName
from supplier_eval.messages import Lang
from supplier_eval.shown import Shown

if TYPE_CHECKING:
    import pandas as pd

    from supplier_eval.award.allocation import Allocation
    from supplier_eval.award.problem import AwardProblem
    from supplier_eval.score.sheet import Standing

RULE = "_next_best"


@dataclass(frozen=True, eq=False)
class NextBest(Shown):
    """The best award in which a supplier wins nothing of a lot, or, where it wins nothing now, something of it.

    Parameters
    ----------
    allocation : Allocation
        The award that is compared with.
    other : Allocation
        The next best award, of the problem with one rule more.
    lot, supplier : str
        Ids.
    kind : {"without", "with"}
        ``without``: the supplier wins of the lot now, and must not in the other award. ``with``: the other way round.
    """

    allocation: Allocation = field(repr=False)
    other: Allocation = field(repr=False)
    lot: str
    supplier: str
    kind: Literal["without", "with"]

    @property
    def differences(self) -> tuple[Fraction, ...]:
        """By how much the other award is worse, stage by stage of the objective; below 0 where it is better.

        Money for ``cost``, points for ``score``; empty where either award is missing.
        """
        mine, other = self.allocation.audit, self.other.audit
        if mine is None or other is None:
            return ()
        return tuple(theirs - own for own, theirs in zip(mine.stages, other.stages, strict=True))

    @property
    def difference(self) -> Fraction | None:
        """By how much it is worse in the first objective; None where there is no other award."""
        return next(iter(self.differences), None)

    @property
    def exact(self) -> bool:
        """True where `difference` is the least there can be, which is proven (to half a minor unit)."""
        return self.other.status == "optimal" and self.difference is not None

    @property
    def at_least(self) -> float | None:
        """Proven lower bound on the difference, for a search that was not finished; None where none is known."""
        mine, bound = self.allocation.audit, self.other.bound
        if mine is None or bound is None or not isfinite(bound):
            return None
        minimised = -bound if self.other.problem.terms.goal.stages[0].maximised else bound
        return minimised - float(mine.stages[0])

    @property
    def standing(self) -> Standing:
        """Another award explores; it never binds."""
        return "exploratory"

    @property
    def policy_fingerprint(self) -> str:
        """Fingerprint of the policy that the problem came from; empty where it came from tables."""
        return self.allocation.policy_fingerprint

    def to_frame(self) -> pd.DataFrame:
        """Who would win what instead: one row for each lot and supplier whose share differs.

        Returns
        -------
        DataFrame
            ``lot``, ``supplier``: str; ``share``, ``other_share`` (0-1, of the award and of the next best),
            ``change``: float64. Empty where there is no other award.
        """
        import pandas as pd

        mine, other = shares_by_supplier(self.allocation), shares_by_supplier(self.other)
        differ = [key for key in sorted({*mine, *other}) if mine.get(key) != other.get(key)] if other else []
        rows = [(*key, float(mine.get(key, 0)), float(other.get(key, 0))) for key in differ]
        kinds = {"lot": "str", "supplier": "str", "share": "float64", "other_share": "float64"}
        frame = pd.DataFrame(rows, columns=list(kinds)).astype(kinds)
        return frame.assign(change=frame["other_share"] - frame["share"])

    def explain(self, lang: Lang = "en") -> str:
        """Say what the next best award costs more, who would win instead, and how sure that is.

        Parameters
        ----------
        lang : {"en", "zh"}
            Language.

        Returns
        -------
        str
            One sentence a line.
        """
        from supplier_eval.award.next_best_words import explain_next_best

        return explain_next_best(self, lang)

    def __repr__(self) -> str:
        worse = "none" if self.difference is None else f"{float(self.difference):,.2f} worse"
        return f"NextBest({self.kind} {self.supplier} on {self.lot}; {self.other.status}; {worse})"


def next_best(
    allocation: Allocation, lot: str, supplier: str, *, time_limit: float = 60.0, solver: str | None = None
) -> NextBest:
    """Award once more with this supplier's award of this lot forbidden, or asked for where it wins nothing of it.

    Parameters
    ----------
    allocation : Allocation
        With an award.
    lot, supplier : str
        Ids.
    time_limit : float
        Seconds, above 0.
    solver : {"highs", "cbc", "scipy"}, optional
        Default: that of the allocation.

    Returns
    -------
    NextBest
        Where no award is possible, or none is found in time, it says so.

    Raises
    ------
    UnknownName
        A lot or a supplier that the problem does not have; a supplier without an offer for the lot.
    ValueError
        The allocation has no award.
    InvalidInput
        `time_limit` makes no sense.
    """
    from supplier_eval.award.front import award_lots

    problem = allocation.problem
    if allocation.award is None:
        raise ValueError("there is no award to compare with")
    check_names(problem, lot, supplier)
    wins = (lot, supplier) in shares_by_supplier(allocation)
    name = RULE + "_" * sum(key.startswith(RULE) for key in problem.rules)
    if wins:
        rule = Rule(id=name, kind="exclude", suppliers=(supplier,), lots=(lot,))
    else:
        rule = Rule(id=name, kind="min_winners", value=Fraction(1), suppliers=(supplier,), lots=(lot,))
    asked = problem.replace(rules=MappingProxyType(dict(sorted((dict(problem.rules) | {name: rule}).items()))))
    other = award_lots(asked, gap=0.0, time_limit=time_limit, solver=solver or allocation.solver or None)
    return NextBest(allocation, other, lot, supplier, "without" if wins else "with")


def check_names(problem: AwardProblem, lot: str | None, supplier: str | None) -> None:
    """Refuse a lot or a supplier that does not exist, or a supplier without an offer for the lot."""
    if lot is not None and lot not in problem.lots:
        raise UnknownName("lot", lot, problem.lots)
    if supplier is not None and supplier not in problem.suppliers:
        raise UnknownName("supplier", supplier, problem.suppliers)
    if lot is None or supplier is None:
        return
    offers = {key[1] for key in problem.bids if key[0] == lot}
    offers |= {bundle.supplier for bundle in problem.bundles.values() if lot in bundle.lots}
    if supplier not in offers:
        raise UnknownName(f"offer for lot {lot} of a supplier", supplier, sorted(offers))


def shares_by_supplier(allocation: Allocation) -> dict[tuple[str, str], Fraction]:
    """(lot, supplier) → share > 0, all offers together, bundles included; empty where there is no award."""
    found: dict[tuple[str, str], Fraction] = {}
    if allocation.award is None:
        return found
    for (lot, supplier, _), share in allocation.award.shares().items():
        found[lot, supplier] = found.get((lot, supplier), Fraction(0)) + share
    for name in sorted(allocation.award.bundles):
        bundle = allocation.problem.bundles[name]
        for lot in bundle.lots:
            found[lot, bundle.supplier] = found.get((lot, bundle.supplier), Fraction(0)) + 1
    return found
