"""Robustness as rows of text: intervals, changes, shares, panel, bids that should not matter, other methods."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from supplier_eval.messages import Lang
from supplier_eval.report.formats import NOTHING, names, number, plain
from supplier_eval.report.tables import Kind, Table
from supplier_eval.report.words import words

if TYPE_CHECKING:
    from supplier_eval.robustness.acceptability_result import Acceptability
    from supplier_eval.robustness.breakeven import BreakEven
    from supplier_eval.robustness.methods import MethodComparison
    from supplier_eval.robustness.scored import Scored
    from supplier_eval.robustness.stability_front import NodeStability, WeightStability
    from supplier_eval.robustness.study import RobustnessStudy

Columns = tuple[tuple[str, Kind], ...]
# What was changed, and the label that says so.
CHANGES = {
    "removed": "robust.removed",
    "replaced": "robust.replaced",
    "cloned": "robust.cloned",
    "dominated": "robust.dominated",
    "nonsense": "robust.nonsense",
    "without_one": "robust.without_one",
    "without_two": "robust.without_two",
    "severity": "robust.severity",
    "spread": "robust.spread",
}
NOT_ASKED = {
    "too_few_marks": "robust.too_few_marks",
    "nobody_left": "robust.nobody_left",
    "no_effect": "robust.no_effect",
}


def intervals_table(stability: WeightStability, lang: Lang, *, ends_only: bool = False) -> Table:
    """Give for every criterion the weights between which the winner stays, the tightest first.

    Parameters
    ----------
    stability : WeightStability
        Exact intervals.
    lang : {"en", "zh"}
        Language.
    ends_only : bool
        Only criteria at which the first place can change hands.
    """
    say, scored = words(lang), stability.scored
    columns: Columns = (
        (say["column.criterion"], "text"),
        (say["robust.weight"], "figure"),
        (say["robust.lower"], "figure"),
        (say["robust.upper"], "figure"),
        (say["robust.below"], "id"),
        (say["robust.above"], "id"),
        (say["robust.order"], "figure"),
    )
    shown = [line for line in stability.by_room if not ends_only or (line.movable and math.isfinite(line.room))]
    rows = tuple((plain(scored.label(line.node.id, lang)), *_interval(line, lang)) for line in shown)
    return Table("intervals", columns, rows, {})


def _interval(line: NodeStability, lang: Lang) -> tuple[str, ...]:
    """Weight, both ends, who leads beyond them, and the range of the whole order; dashes where nothing can move."""
    now = number(line.weight_points, 2)
    if not line.movable or not line.first.ever:
        return (now, *[NOTHING] * 5)
    ends = (number(line.points(line.first.lower), 2), number(line.points(line.first.upper), 2))
    order = NOTHING
    if line.order.ever:
        order = f"{number(line.points(line.order.lower), 2)} – {number(line.points(line.order.upper), 2)}"
    beyond = [names(bids, lang) or NOTHING for bids in (line.challengers_low, line.challengers_high)]
    return (now, *ends, *beyond, order)


def change_table(study: RobustnessStudy, lang: Lang) -> Table:
    """Give for every challenger the smallest change of the top weights at which it wins, and who keeps it out."""
    say, change = words(lang), study.change
    columns: Columns = (
        (say["column.bid"], "id"),
        (say["column.bidder"], "text"),
        (say["robust.size"], "figure"),
        (say["robust.new_weights"], "text"),
        (say["robust.blockers"], "id"),
    )
    rows = []
    for one in change.changes:
        size = number(one.size("max"), 2) if one.possible else NOTHING
        moved = say["robust.leads_now"] if one.leads_now else ""
        if one.possible and not one.leads_now:
            pairs = zip(change.criteria, change.weights, one.weights, strict=True)
            colon = say["text.colon"]
            moved = "\n".join(
                f"{plain(change.scored.label(c, lang))}{colon}{number(100 * old, 2)} → {number(100 * new, 2)}"
                for c, old, new in pairs
                if abs(new - old) > 5e-5
            )
        rows.append((plain(one.bid), _name(change.scored, one.bid), size, moved, names(list(one.blockers), lang)))
    return Table("change", columns, tuple(rows), {})


def shares_table(study: RobustnessStudy, lang: Lang) -> Table:
    """Give how often each bid is first: the declared ball with marks, exactly, weights only, and all weights."""
    say, ball = words(lang), study.ball
    columns: list[tuple[str, Kind]] = [
        (say["column.bid"], "id"),
        (say["column.bidder"], "text"),
        (say["robust.first_ball"], "figure"),
        (say["robust.mean_rank"], "figure"),
        (say["robust.first_weights"], "figure"),
    ]
    if study.exact is not None:
        columns.append((say["robust.first_exact"], "figure"))
    columns.append((say["robust.first_whole"], "figure"))
    rows, marked = [], {}
    for i, bid in enumerate(_by_share(ball)):
        if bid in study.influence.winners:
            marked[i] = "first"
        b = ball.bids.index(bid)
        cells = [_share(ball, bid), number(float(ball.expected_rank[b]), 2), _share(study.ball_weights, bid)]
        if study.exact is not None:
            cells.append(_percent(min(max(study.exact.first_of(bid), 0.0), 1.0)))
        rows.append((plain(bid), _name(ball.scored, bid), *cells, _share(study.whole, bid)))
    return Table("shares", tuple(columns), tuple(rows), marked)


def _by_share(found: Acceptability) -> list[str]:
    """Bids, the one that is most often first on top, then by mean rank."""
    order = sorted(range(len(found.bids)), key=lambda b: (-found.first[b], found.expected_rank[b], found.bids[b]))
    return [found.bids[b] for b in order]


def _share(found: Acceptability, bid: str) -> str:
    """A share of first ranks with the half-width of its 95 % interval."""
    b = found.bids.index(bid)
    wide = 100 * float(found.half_widths()[b, 0])
    return f"{_percent(float(found.first[b]))} ± {number(wide, 2)}"


def _percent(share: float) -> str:
    """A share of 1 as a percentage with two decimals, so that a column reads straight down."""
    return f"{number(100.0 * share, 2)} %"


def panel_table(study: RobustnessStudy, lang: Lang) -> Table:
    """Give who wins, and by how much, without each member, without each two, and with levelled members."""
    say = words(lang)
    columns: Columns = (
        (say["robust.changed"], "text"),
        (say["robust.left_out"], "text"),
        (say["robust.wins_then"], "id"),
        (say["robust.lead"], "figure"),
    )
    rows, marked = [], {}
    for i, one in enumerate(study.influence.variations):
        if one.changed:
            marked[i] = "open"
        wins = say[NOT_ASKED[one.not_asked]] if one.not_asked else names(one.winners, lang) or NOTHING
        lead = NOTHING if one.not_asked else number(one.lead, 3)
        rows.append((say[CHANGES[one.kind]], names(one.left_out, lang), wins, lead))
    return Table("panel-influence", columns, tuple(rows), marked)


def reversal_table(study: RobustnessStudy, lang: Lang) -> Table:
    """Give every change among the bids that should not matter, and who wins then."""
    say = words(lang)
    columns: Columns = (
        (say["robust.changed"], "text"),
        (say["column.bid"], "id"),
        (say["robust.wins_then"], "id"),
        (say["robust.reversed"], "id"),
    )
    rows, marked = [], {}
    for i, event in enumerate(study.reversal.events):
        if event.reversal:
            marked[i] = "open"
        said = say["text.yes"] if event.reversal else say["text.no"]
        cells = (plain(event.bid) or NOTHING, names(event.winners, lang) or NOTHING)
        rows.append((say[CHANGES[event.change]], *cells, say["robust.relevant"] if event.relevant else said))
    return Table("reversal", columns, tuple(rows), marked)


def methods_table(found: MethodComparison, lang: Lang) -> Table:
    """Give every way of ranking, who is first under it, how close its order is to the policy's, and why it differs."""
    say = words(lang)
    columns: Columns = (
        (say["robust.method"], "text"),
        (say["robust.wins_then"], "id"),
        (say["robust.tau"], "figure"),
        (say["robust.why"], "text"),
    )
    rows, marked = [], {}
    frame = found.to_frame(lang)
    records = zip(frame["title"], frame["winner"], frame["agrees"], frame["tau"], frame["reason"], strict=True)
    for i, (title, winner, agrees, tau, reason) in enumerate(records):
        if agrees is False:
            marked[i] = "open"
        close = float(tau) if isinstance(tau, float) else None
        rows.append((plain(title), plain(winner) or NOTHING, number(close, 2), plain(reason)))
    return Table("methods", columns, tuple(rows), marked)


def break_even_table(found: BreakEven, lang: Lang) -> Table:
    """Give what would have changed the place of each bid, all else as given; for those inside the procedure."""
    say = words(lang)
    columns: Columns = (
        (say["column.bid"], "id"),
        (say["column.bidder"], "text"),
        (say["robust.says"], "text"),
    )
    rows = []
    for bid in found.prices:
        lines = found.explain(bid, lang).split("\n")[2 if found.tied_first else 1 :]  # head and tie stand above
        said = "\n".join(plain(line) for line in lines)
        rows.append((plain(bid), plain(found.labels.name(bid)), said))
    return Table("break-even", columns, tuple(rows), {})


def _name(scored: Scored, bid: str) -> str:
    return plain(scored.name(bid))
