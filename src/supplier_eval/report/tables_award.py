"""An award as rows of text: who gets what, winners, cost, rules kept and broken (§3.2.5)."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from supplier_eval.award.allocation_words import measure_name
from supplier_eval.award.audit_words import say_breach
from supplier_eval.messages import Lang, message
from supplier_eval.report.formats import NOTHING, number, percent, plain, short
from supplier_eval.report.tables import Kind, Table
from supplier_eval.report.words import words

if TYPE_CHECKING:
    from supplier_eval.award.allocation import Allocation
    from supplier_eval.award.audit import Audit
    from supplier_eval.award.problem import AwardProblem

Columns = list[tuple[str, Kind]]
KINDS = {
    "bid": "award.kind_bid",
    "alternate": "award.kind_alternate",
    "bundle": "award.kind_bundle",
    "bundle_price": "award.kind_bundle_price",
    "unserved": "award.kind_unserved",
}
COSTS = {
    "bids": "award.cost_bids",
    "bundles": "award.cost_bundles",
    "rebates": "award.cost_rebates",
    "fixed": "award.cost_fixed",
    "switching": "award.cost_switching",
    "award": "award.cost_award",
    "unserved": "award.cost_unserved",
}
MONEY = ("cost", "value")


def awards_table(allocation: Allocation, lang: Lang, *, most: int | None = None) -> Table:
    """Give every offer awarded: share, volume, unit price, money before and after discount.

    Parameters
    ----------
    allocation : Allocation
        Any; without an award there are no rows.
    lang : {"en", "zh"}
        Language.
    most : int, optional
        So many rows at most; the first.
    """
    say, frame, terms = words(lang), allocation.to_frame(), allocation.problem.terms
    columns: Columns = [
        (say["award.lot"], "id"),
        (say["award.supplier"], "id"),
        (say["award.offer"], "text"),
        (say["award.share"], "figure"),
        (say["award.volume"], "figure"),
        (with_money(say["award.unit_price"], allocation.problem), "figure"),
        (with_money(say["award.before"], allocation.problem), "figure"),
        (with_money(say["award.after"], allocation.problem), "figure"),
    ]
    tiers, scores = frame["tier"].notna().any(), frame["score"].notna().any()
    columns += [(say["award.tier"], "figure")] if tiers else []
    columns += [(say["award.score"], "figure")] if scores else []
    rows, marked = list[tuple[str, ...]](), {}
    for at, row in enumerate(frame.head(most or len(frame)).to_dict("records")):
        if row["kind"] == "unserved":
            marked[at] = "open"
        cells = [plain(row["lot"]).replace("|", " + "), plain(row["supplier"]) or NOTHING, _offer(row, lang)]
        cells += [percent(cell_of(row["share"]), 4), short(cell_of(row["volume"]))]
        cells += [_price(row["unit_price"], terms.minor_units)]
        cells += [number(cell_of(row[name]), terms.minor_units) for name in ("base_spend", "spend")]
        cells += [_count(row["tier"])] * bool(tiers) + [number(cell_of(row["score"]), 2)] * bool(scores)
        rows.append(tuple(cells))
    return Table("awards", tuple(columns), tuple(rows), marked)


def _offer(row: dict[Any, Any], lang: Lang) -> str:
    """What kind of offer, with the name of an alternate or a bundle."""
    label = words(lang)[KINDS[row["kind"]]]
    return f"{label} {plain(row['offer'])}".strip()


def winners_table(audit: Audit, lang: Lang) -> Table:
    """Give every winner with its lots, volume, money, discount and how much of its capacity is used, by spend."""
    say, problem = words(lang), audit.problem
    called = any(isinstance(problem.suppliers[name].attributes.get("name"), str) for name in audit.suppliers)
    columns: Columns = [(say["award.supplier"], "id")]
    columns += [(say["column.bidder"], "text")] if called else []
    columns += [
        (say["award.lots"], "figure"),
        (say["award.volume"], "figure"),
        (with_money(say["award.after"], problem), "figure"),
        (say["award.share_of_spend"], "figure"),
        (with_money(say["award.rebate"], problem), "figure"),
        (say["award.tier"], "figure"),
        (say["award.capacity"], "figure"),
    ]
    places = problem.terms.minor_units
    spent = sum(own.spend for own in audit.suppliers.values())
    rows = []
    for name, own in sorted(audit.suppliers.items(), key=lambda item: (-item[1].spend, item[0])):
        part = problem.suppliers[name]
        used = NOTHING if not part.capacity else percent(float(own.capacity_used / part.capacity), 1)
        cells = [plain(name), *[plain(part.attributes.get("name", ""))] * called, str(len(own.lots))]
        cells += [short(float(own.volume)), number(float(own.spend), places)]
        share = percent(float(own.spend / spent), 1) if spent else NOTHING
        tier = NOTHING if part.tiers is None else str(own.tier + 1)
        rows.append((*cells, share, number(float(own.rebate), places), tier, used))
    return Table("winners", tuple(columns), tuple(rows), {})


def costs_table(audit: Audit, lang: Lang) -> Table:
    """Give the money by kind and its sum; kinds of which nothing is paid are left out."""
    say, places = words(lang), audit.problem.terms.minor_units
    columns: Columns = [(say["award.what"], "text"), (with_money(say["award.amount"], audit.problem), "figure")]
    rows = [(say[COSTS[name]], number(float(money), places)) for name, money in audit.costs.items() if money]
    rows.append((say["award.total"], number(float(audit.measures["cost"]), places)))
    return Table("costs", tuple(columns), tuple(rows), {len(rows) - 1: "sum"})


def rules_table(audit: Audit, lang: Lang) -> Table:
    """Give every rule with what it asks, and whether the award keeps it; broken conditions of the problem first."""
    say, problem = words(lang), audit.problem
    columns: Columns = [
        (say["award.rule"], "id"),
        (say["award.asks"], "text"),
        (say["award.limit"], "figure"),
        (say["column.clause"], "id"),
        (say["award.hard"], "id"),
        (say["award.kept"], "id"),
        (say["award.breach"], "text"),
    ]
    broken = {breach.what: breach for breach in audit.breaches}
    rows, marked = list[tuple[str, ...]](), {}
    for breach in audit.breaches:
        if not breach.kind:
            marked[len(rows)] = "open"
            said = say_breach(audit, breach, lang)
            rows.append((plain(breach.what), "", NOTHING, "", say["award.is_hard"], say["text.no"], said))
    for key, rule in problem.rules.items():
        found = broken.get(key)
        if found is not None:
            marked[len(rows)] = "open"
        kept = say["text.yes"] if found is None else say["text.no"]
        cells = (plain(key), message(f"award_audit.rule.{rule.kind}", lang), _limit(rule.kind, rule.value))
        hard = say["award.is_hard"] if rule.hard else say["award.is_soft"]
        said = "" if found is None else say_breach(audit, found, lang)
        rows.append((*cells, plain(rule.clause), hard, kept, said))
    return Table("rules", tuple(columns), tuple(rows), marked)


def _limit(kind: str, value: Any) -> str:  # noqa: ANN401 - a fraction or None
    from supplier_eval.award.rules import RULE_KINDS

    if value is None:
        return NOTHING
    return percent(float(value)) if RULE_KINDS[kind].share else short(float(value))


def with_money(label: str, problem: AwardProblem) -> str:
    """A label with the currency, where one is declared."""
    return f"{label} ({plain(problem.terms.currency)})" if problem.terms.currency else label


def objective_label(label: str, problem: AwardProblem, lang: Lang) -> str:
    """A label with the unit of the first objective."""
    name = problem.terms.goal.stages[0].name
    return with_money(label, problem) if name in MONEY else f"{label} ({measure_name(name, lang)})"


def measure_label(name: str, problem: AwardProblem, lang: Lang) -> str:
    """The name of a measure; money with its currency."""
    said = measure_name(name, lang)
    return with_money(said, problem) if name in MONEY else said


def figure(problem: AwardProblem, value: Any) -> str:  # noqa: ANN401 - a cell of a frame
    """A figure of the first objective; a dash where there is none."""
    return measure_figure(problem.terms.goal.stages[0].name, problem, value)


def measure_figure(name: str, problem: AwardProblem, value: Any) -> str:  # noqa: ANN401 - a cell of a frame
    """A figure of a measure: money with the currency's decimals, anything else with its own digits."""
    cell = cell_of(value)
    return number(cell, problem.terms.minor_units) if name in MONEY else short(cell)


def cell_of(value: Any) -> float | None:  # noqa: ANN401 - a cell of a frame
    """The figure in a cell of a frame; None where it is missing or not finite."""
    import pandas as pd

    return None if value is None or pd.isna(value) or not math.isfinite(value) else float(value)


def _count(value: Any) -> str:  # noqa: ANN401 - a cell of a frame
    cell = cell_of(value)
    return NOTHING if cell is None else str(int(cell))


def _price(value: Any, places: int) -> str:  # noqa: ANN401 - a cell of a frame
    """A unit price with all its digits, six at most, but never fewer than the currency's."""
    cell = cell_of(value)
    if cell is None:
        return NOTHING
    return number(cell, places) if math.isclose(round(cell, places), cell) else short(cell)
