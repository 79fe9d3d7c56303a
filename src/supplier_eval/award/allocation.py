"""The result of an award: status, award, exact figures, bound and gap, audit; it neither draws nor saves itself."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from supplier_eval.messages import Lang
from supplier_eval.shown import Shown

if TYPE_CHECKING:
    from fractions import Fraction

    import pandas as pd

    from supplier_eval.award.audit import Audit
    from supplier_eval.award.awarded import Award
    from supplier_eval.award.next_best import NextBest
    from supplier_eval.award.outcome import Status, Step
    from supplier_eval.award.problem import AwardProblem
    from supplier_eval.score.sheet import Standing


@dataclass(frozen=True, eq=False)
class Allocation(Shown):
    """Who gets how much, and how sure that is.

    Parameters
    ----------
    problem : AwardProblem
        What was asked.
    status : Status
        ``optimal`` only where the audited objective meets the proven bound to half a minor unit.
    award : Award or None
        The award; None where there is none.
    audit : Audit or None
        Exact recomputation of the award; always valid where there is an award.
    bound : float or None
        Proven bound on the objective, in the objective's own sense.
    gap : float or None
        ``|objective - bound| / |objective|`` of the audited award.
    tied : tuple of Award
        Equal awards left after the last tie key (this one included), for a recorded draw; empty where none is known.
    conflicts : tuple of tuple of str
        Where infeasible: sets of rule ids that cannot hold together (``_structural`` for the bids themselves).
    reasons : tuple of str
        Where there is no award: why, in sentences.
    log : tuple of Step
        How the search went.
    solver : str
        Which solver.
    settled : bool
        False where time ran out before it was known whether another award is equal.
    """

    problem: AwardProblem
    status: Status
    award: Award | None = None
    audit: Audit | None = None
    bound: float | None = None
    gap: float | None = None
    tied: tuple[Award, ...] = ()
    conflicts: tuple[tuple[str, ...], ...] = ()
    reasons: tuple[str, ...] = ()
    log: tuple[Step, ...] = field(default=(), repr=False)
    solver: str = ""
    settled: bool = True

    @property
    def objective(self) -> Fraction | None:
        """Exact figure of the first objective in its own sense, penalties included; None where there is no award."""
        return None if self.audit is None else self.audit.objective

    @property
    def standing(self) -> Standing:
        """That of the problem where the award is proven to be the best and the only one; else exploratory.

        A proof that no award exists stands as the problem does. A tie waits for its recorded draw, and so does
        an award of which time did not tell whether another is equal.
        """
        proven = self.status in ("optimal", "infeasible") and len(self.tied) < 2 and self.settled
        return self.problem.standing if proven else "exploratory"

    @property
    def policy_fingerprint(self) -> str:
        """Fingerprint of the policy that the problem came from; empty where it came from tables."""
        return self.problem.policy_fingerprint

    def to_frame(self) -> pd.DataFrame:
        """One row for each offer awarded and lot, for the price of each bundle, and for what stays unserved.

        Returns
        -------
        DataFrame
            ``lot`` (ids joined by ``|`` in a row ``bundle_price``), ``supplier`` (empty where unserved), ``offer``
            (alternate or bundle; empty for the main offer), ``kind`` (``bid``, ``alternate``, ``bundle``,
            ``bundle_price``, ``unserved``): str; ``units`` of the contract grid, ``tier`` of the supplier's discount
            (the first is 1; missing where it gives none): Int64; ``share`` of the lot (0-1), ``volume`` (demand
            units), ``unit_price`` (money a unit before discount; of a cost curve what a unit of the volume comes to),
            ``base_spend`` (money before discount), ``spend`` (after it, spread in proportion), ``score`` (of the
            offer, where it has one): Float64. A bundle has one price for several lots: money is missing in the rows
            of its lots and stands once, in ``bundle_price``. The sum of ``spend`` is the total cost but for what is
            paid once (fixed, switching, award: ``audit.costs``). Empty where there is no award.
        """
        from supplier_eval.award.allocation_frame import allocation_frame

        return allocation_frame(self)

    def next_best(self, lot: str, supplier: str, *, time_limit: float = 60.0, solver: str | None = None) -> NextBest:
        """Award once more without this supplier on this lot, or with it where it wins nothing of it now.

        Parameters
        ----------
        lot, supplier : str
            Ids.
        time_limit : float
            Seconds, above 0.
        solver : {"highs", "cbc", "scipy"}, optional
            Default: that of this allocation.

        Returns
        -------
        NextBest
            The difference in the objective, exact where the search was finished.

        Raises
        ------
        UnknownName
            A lot or a supplier that does not exist, or a supplier without an offer for the lot.
        ValueError
            There is no award to compare with.
        InvalidInput
            `time_limit` makes no sense.
        """
        from supplier_eval.award.next_best import next_best

        return next_best(self, lot, supplier, time_limit=time_limit, solver=solver)

    def explain(
        self, lot: str | None = None, supplier: str | None = None, lang: Lang = "en", *, time_limit: float = 60.0
    ) -> str:
        """Say who gets what and why, how sure it is, and what the next best would cost.

        Parameters
        ----------
        lot, supplier : str, optional
            Neither: the whole award. A lot: its offers. A supplier: what it wins. Both: why this supplier on this
            lot, and the next best award, which is solved for.
        lang : {"en", "zh"}
            Language.
        time_limit : float
            Seconds for the next best award, above 0.

        Returns
        -------
        str
            One sentence a line.

        Raises
        ------
        UnknownName
            A lot or a supplier that does not exist, or a supplier without an offer for the lot.
        """
        from supplier_eval.award.allocation_words import explain_allocation

        return explain_allocation(self, lot, supplier, lang, time_limit=time_limit)

    def __repr__(self) -> str:
        goal = self.problem.terms.goal.stages[0].name
        figure = "no award" if self.audit is None else f"{goal} {float(self.audit.objective):,.2f}"
        winners = "" if self.audit is None else f"; {len(self.audit.suppliers)} winners"
        gap = "" if self.gap is None else f"; gap {self.gap:.4%}"
        tied = f"; {len(self.tied)} tied" if len(self.tied) > 1 else ""
        return f"Allocation({self.status}; {figure}{winners}{gap}{tied}; {self.solver})"
