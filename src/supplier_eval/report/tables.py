"""Results as rows of text: who stands where, who is out and why, what each bid costs (§3.1.1, §3.2.3, §3.2.4).

A table holds what a page or a sheet shows, already formatted; nothing is computed here. Tables about the panel, the
flags and single values stand in `tables_detail`.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Literal

from supplier_eval.messages import Lang
from supplier_eval.messages.days import said_day
from supplier_eval.rank.points import ROUNDING
from supplier_eval.report.formats import NOTHING, PLACES, margin, money, number, plain, short, signed
from supplier_eval.report.words import words

if TYPE_CHECKING:
    from supplier_eval.evaluation import LotResult
    from supplier_eval.intake.notice import Item
    from supplier_eval.policy.rules import Gate
    from supplier_eval.rank.points import PointsRanking
    from supplier_eval.score.evaluated_price import EvaluatedPrices

Kind = Literal["text", "figure", "id"]
RUNGS = ("read", "corrected", "adjusted", "evaluated", "scored")


@dataclass(frozen=True)
class Table:
    """A table as it is shown.

    Parameters
    ----------
    name : str
        What it is; also its class on a page.
    columns : tuple of (str, {"text", "figure", "id"})
        Heads, and how cells are set: left, right, or left without a break.
    rows : tuple of tuple of str
        Cells; a line break parts several lines of one cell.
    marked : mapping of int to str
        Rows that stand out: ``first``, ``out``, ``open``, ``sum``.
    """

    name: str
    columns: tuple[tuple[str, Kind], ...]
    rows: tuple[tuple[str, ...], ...]
    marked: dict[int, str]


def total_places(ranking: PointsRanking) -> int:
    """Decimals in which totals are shown: those of the policy's rounding, else four."""
    policy = ranking.sheet.policy
    return policy.rounding.total if policy is not None and policy.rounding.total is not None else PLACES


def ranking_table(ranking: PointsRanking, lang: Lang) -> Table:
    """Rank, total, margin to the next and points by top criterion, best first; only bids that have a rank."""
    say, tree, sheet = words(lang), ranking.sheet.tree, ranking.sheet
    points = {bid: ranking.criteria_points(bid) for bid in ranking.order}
    tops = [root.id for root in tree.roots] if tree is not None else list(sheet.criteria)
    if any(ROUNDING in mine for mine in points.values()):
        tops.append(ROUNDING)
    columns: list[tuple[str, Kind]] = [
        (say["column.rank"], "figure"),
        (say["column.bid"], "id"),
        (say["column.bidder"], "text"),
        (say["column.total"], "figure"),
        (say["column.margin"], "figure"),
    ]
    columns += [(criterion_label(ranking, name, lang), "figure") for name in tops]
    places = total_places(ranking)
    rows: list[tuple[str, ...]] = []
    marked: dict[int, str] = {}
    for i, bid in enumerate(ranking.order):
        if bid in ranking.withdrawn:
            marked[i] = "out"
        elif bid in ranking.winners:
            marked[i] = "first"
        cells = [number(points[bid].get(name, 0.0)) for name in tops]
        lead = margin(ranking.margins[bid], places)
        total = number(ranking.total_of(bid), places)
        rows.append((str(ranking.rank_of(bid)), plain(bid), _name(sheet.names, bid), total, lead, *cells))
    return Table("ranking", tuple(columns), tuple(rows), marked)


def criterion_label(ranking: PointsRanking, name: str, lang: Lang) -> str:
    """The name of a criterion, or of the rounding line."""
    if name == ROUNDING:
        return words(lang)["column.rounding"]
    tree = ranking.sheet.tree
    return plain((tree[name].name.say(lang) if tree is not None and name in tree.by_id else "") or name)


def _name(names: object, bid: str) -> str:
    return plain(names.get(bid, bid)) if hasattr(names, "get") else bid


def comparison_table(ranking: PointsRanking, first: str, second: str, lang: Lang) -> Table:
    """What puts one bid before another: points of every leaf, largest difference first; columns add up."""
    from supplier_eval.rank.comparison import compare_bids

    say, compared = words(lang), compare_bids(ranking, first, second)
    columns: tuple[tuple[str, Kind], ...] = (
        (say["column.criterion"], "text"),
        (plain(first), "figure"),
        (plain(second), "figure"),
        (say["column.difference"], "figure"),
    )
    lines = sorted(compared.lines, key=lambda line: -abs(line[1] - line[2]))
    rows: list[tuple[str, ...]] = [
        (criterion_label(ranking, name, lang), number(a), number(b), signed(a - b)) for name, a, b in lines
    ]
    totals = ranking.total_of(first), ranking.total_of(second)
    rows.append((say["column.total"], *(number(total) for total in totals), signed(compared.difference)))
    return Table("comparison", columns, tuple(rows), {len(rows) - 1: "sum"})


def qualification_table(result: LotResult, lang: Lang) -> Table:
    """Every bid of the lot: considered or not, and all reasons."""
    say, qualified = words(lang), result.qualification
    columns: tuple[tuple[str, Kind], ...] = tuple(
        (say[f"column.{name}"], "id" if name in {"bid", "considered"} else "text")
        for name in ("bid", "bidder", "considered", "reasons")
    )
    rows, marked = [], {}
    for i, bid in enumerate(qualified.bids):
        reasons = qualified.reasons.get(bid, ())
        if reasons:
            marked[i] = "out"
        said = "\n".join(reason.say(lang) for reason in reasons)
        considered = say["text.no"] if reasons else say["text.yes"]
        rows.append((plain(bid), _name(qualified.names, bid), considered, said))
    return Table("qualification", columns, tuple(rows), marked)


def checks_table(result: LotResult, lang: Lang) -> Table | None:
    """Every gate on every bid, with what was found and how far off; None where there are no gates."""
    say, policy = words(lang), result.sheet.policy
    gates = {gate.id: gate for gate in policy.gates} if policy is not None else {}
    if not result.qualification.checks:
        return None
    heads = ("bid", "gate", "passed", "found", "needed", "missed_by", "clause")
    kinds: dict[str, Kind] = {"missed_by": "figure", "bid": "id", "passed": "id"}
    columns: tuple[tuple[str, Kind], ...] = tuple((say[f"column.{name}"], kinds.get(name, "text")) for name in heads)
    rows, marked = [], {}
    for i, check in enumerate(result.qualification.checks):
        if not check.passed:
            marked[i] = "out"
        gate = gates.get(check.gate)
        label = plain((gate.name.say(lang) if gate is not None else "") or check.gate)
        passed = say["text.yes"] if check.passed else say["text.no"]
        found, needed = said_day(plain(check.found), lang) or NOTHING, said_day(plain(check.needed), lang)
        rows.append((plain(check.bid), label, passed, found, needed, _missed(check.distance, gate, lang), check.clause))
    return Table("checks", columns, tuple(rows), marked)


def _missed(distance: float | None, gate: Gate | None, lang: Lang) -> str:
    """By how much a gate was missed, with its unit; a dash where it was met or there is no measure."""
    if distance is None or distance <= 0:
        return NOTHING
    days = gate is not None and gate.kind in {"valid_until", "none_since"}
    unit = words(lang)["unit.days"] if days else gate.unit if gate is not None else ""
    return f"{short(distance)} {plain(unit)}".strip()


def price_table(result: LotResult, lang: Lang) -> Table | None:
    """The price ladder of every opened bid; None where nothing was opened, or bids have no money total."""
    prices, policy = result.sheet.prices, result.sheet.policy
    if prices is None or policy is None or all(price is None for price in prices.evaluated.values()):
        return None
    say = words(lang)
    rungs = [name for name in RUNGS if name != "scored" or prices.scored != prices.evaluated]
    columns: list[tuple[str, Kind]] = [(say["column.bid"], "id"), (say["column.bidder"], "text")]
    columns += [(say["column.with_unit"].format(name=say[f"rung.{r}"], unit=policy.currency), "figure") for r in rungs]
    rows = [
        (
            plain(bid),
            _name(result.qualification.names, bid),
            *(money(getattr(prices, rung)[bid], policy.minor_units) for rung in rungs),
        )
        for bid in prices.evaluated
    ]
    outside = {i: "out" for i, bid in enumerate(prices.evaluated) if bid not in result.qualification.eligible}
    return Table("prices", tuple(columns), tuple(rows), outside)


def items_table(result: LotResult, items: tuple[Item, ...], lang: Lang) -> Table | None:
    """Evaluated price of every item of every opened bid; None where bidders quote one total."""
    prices, policy = result.sheet.prices, result.sheet.policy
    if prices is None or policy is None or not items:
        return None
    say = words(lang)
    opened = [bid for bid in prices.evaluated if prices.items.get(bid)]
    columns: list[tuple[str, Kind]] = [(say["column.item"], "text"), (say["column.unit"], "text")]
    columns += [(plain(bid), "figure") for bid in opened]
    rows = []
    for item in items:
        open_base = item.quote == "discount" and item.base is None
        unit = say["unit.per_cent_of_base"] if open_base else policy.currency
        figures = [_item(prices, bid, item.id, policy.minor_units) for bid in opened]
        rows.append((plain(item.name.say(lang) or item.id), unit, *figures))
    return Table("items", tuple(columns), tuple(rows), {}) if opened else None


def _item(prices: EvaluatedPrices, bid: str, item: str, minor_units: int) -> str:
    found: Decimal | None = prices.items[bid].get(item)
    return money(found, minor_units)
