"""From an evaluated tender to the award of its lots: ranked bids, their prices and points, the policy's rules."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from supplier_eval.award.evaluated_lots import Considered, consider
from supplier_eval.award.given_rows import Rows, rows_by_id
from supplier_eval.award.parts import ONE, Bid
from supplier_eval.award.problem import AwardProblem
from supplier_eval.award.rules_of_policy import concerns_only, named_suppliers, policy_rules, spelling
from supplier_eval.errors import Finding, InvalidInput, UnknownName
from supplier_eval.intake.identifiers import id_key
from supplier_eval.rank.asked import asked_kind, asked_mapping, asked_names, asked_whole

if TYPE_CHECKING:
    from supplier_eval.evaluation import Evaluation
    from supplier_eval.policy.document import Policy


def problem_of(
    evaluation: Evaluation,
    *,
    rules: object = None,
    objective: object = None,
    suppliers: object = None,
    lots: object = None,
    demand: Mapping[str, object] | None = None,
    grid: int | None = None,
    leave_out: Sequence[str] = (),
    **terms: object,
) -> AwardProblem:
    """Make the award problem of an evaluated tender.

    Every bid that has a rank and has not withdrawn may be awarded, at its evaluated price (exact, in the policy's
    currency; a deduction that counts for the score alone is not in it). A bidder of several lots is one supplier.

    Parameters
    ----------
    evaluation : Evaluation
        As `evaluate` gives it.
    rules : sequence of Rule or mapping, optional
        Takes the place of the policy's award rules; `policy_rules` gives those.
    objective : str, mapping or sequence, optional
        Takes the place of the policy's objective.
    suppliers : DataFrame, mapping of id to mapping, or sequence of mappings, optional
        More about the bidders, by bidder id: ``capacity``, ``risk``, ``incumbent``, ``fixed_cost``,
        ``switching_cost``, ``tiers``, any attribute. Rows of suppliers who have no ranked bid are passed over.
    lots : table as `suppliers`, optional
        More about the lots, by lot id: ``demand``, ``indivisible``, ``region``, ``incumbent``, ``unserved_cost``, ...
        A lot is one unit and goes to one supplier unless a row says otherwise: the tender states volumes of items,
        each in its own unit, and no quantity of a lot.
    demand : mapping of str to number, optional
        Lot id → quantity, > 0; goes before that of `lots`. Bids are for the whole lot: the price of a unit is the
        evaluated price over the quantity.
    grid : int, optional
        Units in a whole lot, 1 to 1,000,000; the policy's unless given.
    leave_out : sequence of str
        Lots that are not awarded now. Rules no longer concern them.
    **terms
        ``cover``, ``tie_keys``, ``unserved_cost``, as `AwardProblem` takes them.

    Returns
    -------
    AwardProblem
        Attributes of a bid: ``score`` (total, points of 100, as it was ranked), each top criterion by its id (points
        within its weight), ``rank``, ``precedence`` (-rank: as a last tie key, ``attr:precedence`` follows the tie
        keys and recorded draws of the evaluation), and ``bid`` (its id). Of a supplier: ``name``, ``small_business``.
        Binding where the evaluation is and nothing but policy and tender goes into it; lots without an order may be
        left out all the same.

    Raises
    ------
    InvalidInput
        With every finding: lots without an order that are neither left out nor may stay unserved, bids without a
        price, rules about lots that do not exist, malformed tables.
    UnknownName
        If `lots`, `demand` or `leave_out` name a lot that does not exist.

    See Also
    --------
    problem_findings : the same findings and the warnings, without the problem.
    """
    from supplier_eval.award.reading import parts_of

    facts = _facts(evaluation, suppliers, lots, demand, leave_out, terms)
    findings = list(_findings(facts))
    if any(finding.severity == "error" for finding in findings):
        raise InvalidInput(findings, "evaluation")
    policy = facts.policy
    declared: dict[str, object] = {
        "objective": policy.award.objective if objective is None else objective,
        "cover": policy.award.cover,
        "share_step": Fraction(1, policy.award.grid if grid is None else asked_whole(grid, "grid", 1)),
        "currency": policy.currency,
        "minor_units": policy.minor_units,
        "tie_keys": policy.award.tie_keys,
    }
    parts = parts_of(
        facts.lot_rows(),
        facts.supplier_rows(),
        facts.bids(),
        bundles=None,
        rules=facts.rules() if rules is None else rules,
        tiers=None,
        terms=declared | terms,
    )
    given = (rules, objective, suppliers, lots, demand, grid)
    own = all(part is None for part in given) and not terms and facts.left_out <= set(facts.considered.without_order)
    return AwardProblem.of_parts(parts, evaluation.standing if own else "exploratory", policy.fingerprint)


def problem_findings(
    evaluation: Evaluation,
    *,
    suppliers: object = None,
    lots: object = None,
    leave_out: Sequence[str] = (),
    **terms: object,
) -> list[Finding]:
    """Say what stands in the way of an award of this evaluation, and what should be known about it.

    Parameters
    ----------
    evaluation, suppliers, lots, leave_out, **terms
        As for `problem_of`.

    Returns
    -------
    list of Finding
        Errors first. Warnings: lots that are left out or stay unserved, rules of the policy that concern nobody
        who can win, bidders who are a small business in one lot and not in another.
    """
    found = _findings(_facts(evaluation, suppliers, lots, None, leave_out, terms))
    return sorted(found, key=lambda finding: finding.severity != "error")


class _Facts:
    """What the tender says about its award, with what was given beside it."""

    def __init__(self, evaluation: Evaluation, suppliers: Rows, lots: Rows, left_out: set[str]) -> None:
        self.considered: Considered = consider(evaluation, left_out)
        self.policy: Policy = evaluation.tender.policy
        self.notice = evaluation.tender.notice
        self.suppliers, self.lots, self.left_out = suppliers, lots, left_out
        self.cover: object = self.policy.award.cover
        self.unserved_cost: object = None
        self.shape: list[Finding] = []

    @property
    def awarded(self) -> tuple[str, ...]:
        """Lots that are not left out, in the notice's order."""
        return tuple(lot for lot in self.notice.lot_ids if lot not in self.left_out)

    def may_stay_unserved(self, lot: str) -> bool:
        """Whether a lot without an order does not stop the award."""
        stated = self.lots.get(id_key(lot), {}).get("unserved_cost", self.unserved_cost)
        return self.cover == "at_most" or stated is not None

    def demand_of(self, lot: str) -> Fraction | None:
        """Quantity of a lot; None where what was given is none, which the reading of the problem refuses."""
        try:
            quantity = Fraction(str(self.lots.get(id_key(lot), {}).get("demand", ONE)))
        except (ValueError, ZeroDivisionError):
            return None
        return quantity if quantity > 0 else None

    def lot_rows(self) -> list[dict[str, Any]]:
        """Lots of the problem."""
        rows = []
        for lot in self.awarded:
            label = self.notice.lot(lot).name.say("en")
            row = {"indivisible": True, **({"name": label} if label else {}), **self.lots.get(id_key(lot), {})}
            quantity = self.demand_of(lot)
            rows.append(row | {"id": lot} | ({} if quantity is None else {"demand": quantity}))
        return rows

    def supplier_rows(self) -> list[dict[str, Any]]:
        """Suppliers of the problem: who has a bid that can be awarded, and whom the policy's rules name."""
        told = dict(self.considered.suppliers) | {
            name: {} for key, name in named_suppliers(self.policy).items() if key not in self.considered.spelled
        }
        return [told[name] | self.suppliers.get(id_key(name), {}) | {"id": name} for name in sorted(told)]

    def bids(self) -> list[Bid]:
        """Bids of the problem, at the price of one unit."""
        return [
            Bid(
                lot=bid.lot,
                supplier=bid.supplier,
                price=bid.price / (self.demand_of(bid.lot) or ONE),
                attributes=bid.points,
            )
            for bid in self.considered.bids
            if bid.price is not None
        ]

    def rules(self) -> tuple[object, ...]:
        """The policy's rules."""
        named = [*self.considered.suppliers, *named_suppliers(self.policy).values()]
        return policy_rules(self.policy, named, self.notice.lot_ids, self.left_out)


def _facts(
    evaluation: object,
    suppliers: object,
    lots: object,
    demand: Mapping[str, object] | None,
    leave_out: Sequence[str],
    terms: Mapping[str, object],
) -> _Facts:
    from supplier_eval.evaluation import Evaluation

    known = asked_kind(evaluation, Evaluation, "evaluation")
    lot_ids = spelling(known.tender.lots)
    supplier_rows, found = rows_by_id(suppliers, "suppliers")
    lot_rows, more = rows_by_id(lots, "lots")
    for row in lot_rows.values():
        _lot(row["id"], lot_ids)
    for name, quantity in ({} if demand is None else asked_mapping(demand, "demand")).items():
        lot = _lot(name, lot_ids)
        lot_rows[id_key(lot)] = lot_rows.get(id_key(lot), {}) | {"id": lot, "demand": quantity}
    left_out = {_lot(name, lot_ids) for name in asked_names(leave_out, "leave_out")}
    facts = _Facts(known, supplier_rows, lot_rows, left_out)
    facts.shape = [*found, *more]
    facts.cover = terms.get("cover", facts.cover)
    facts.unserved_cost = terms.get("unserved_cost")
    return facts


def _lot(name: str, known: Mapping[str, str]) -> str:
    if id_key(str(name)) not in known:
        raise UnknownName("lot", name, known.values())
    return known[id_key(str(name))]


def _findings(facts: _Facts) -> Iterator[Finding]:
    yield from facts.shape
    yield from facts.considered.findings
    for lot, why in facts.considered.without_order.items():
        if lot in facts.left_out:
            continue
        reasons = {"why_en": why.say("en"), "why_zh": why.say("zh")}
        if facts.may_stay_unserved(lot):
            yield Finding("award.evaluation.lot_unserved", "award", "lots", (), lot, reasons, severity="warning")
        else:
            yield Finding("award.evaluation.lot_without_order", "award", "lots", (), lot, reasons)
    for lot in sorted(facts.left_out):
        yield Finding("award.evaluation.lot_left_out", "award", "lots", value=lot, severity="warning")
    if not facts.awarded:
        yield Finding("award.evaluation.nothing_left", "award", "lots")
    yield from _rule_findings(facts)


def _rule_findings(facts: _Facts) -> Iterator[Finding]:
    """Rules of the policy about lots that do not exist or are left out, and about suppliers without a bid."""
    known = spelling(facts.notice.lot_ids)
    gone = {id_key(lot) for lot in facts.left_out}
    for rule in facts.policy.award.rules:
        place = f"award.rules[{rule.id}]"
        for lot in rule.lots:
            if id_key(lot) not in known:
                named = {"known": ", ".join(known.values())}
                yield Finding("award.evaluation.rule_lot_unknown", "policy", f"{place}.lots", (), lot, named)
        if concerns_only(rule, gone):
            named = {"lots": ", ".join(rule.lots)}
            code = "award.evaluation.rule_left_out"
            yield Finding(code, "policy", place, (), rule.id, named, severity="warning")
        for name in (*rule.who, rule.when, rule.then):
            if id_key(name) and id_key(name) not in facts.considered.spelled:
                named = {"rule": rule.id, "known": ", ".join(sorted(facts.considered.suppliers)) or "-"}
                code = "award.evaluation.supplier_without_bid"
                yield Finding(code, "policy", place, (), name, named, severity="warning")
