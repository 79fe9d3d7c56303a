"""One lot as plain data for the panel page: values, weights, rules of ranking, and what is drawn from them (§3.2.4)."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np

from supplier_eval.errors import InvalidInput
from supplier_eval.messages import LANGS
from supplier_eval.report.chart_heat import heat_of
from supplier_eval.report.chart_scatter import levels
from supplier_eval.report.formats import money, plain
from supplier_eval.report.iso_lines import PriceQuality, price_quality_of
from supplier_eval.report.tables import total_places
from supplier_eval.robustness.scored import scored_bids
from supplier_eval.robustness.stability_front import WeightStability, weight_stability
from supplier_eval.score.block import node_value
from supplier_eval.score.price import PRICE_FORMULAS

if TYPE_CHECKING:
    from supplier_eval.evaluation import Evaluation, LotResult
    from supplier_eval.intake.notice import Notice
    from supplier_eval.policy.tree import CriteriaTree
    from supplier_eval.report.panel_tokens import Tokens
    from supplier_eval.score.order import FloatArray
    from supplier_eval.score.sheet import ScoreSheet

AIR = 0.09
SAME = 1e-12


def lot_data(evaluation: Evaluation, result: LotResult, tokens: Tokens, *, blind: bool = False) -> dict[str, Any]:
    """Everything that the page shows and computes of one lot.

    Bids are numbers: their places in ``tokens.bids``. Arrays (``values``, ``keys``) have one column a bid of
    ``ranked``; criteria stand in the order in which `rank_points` adds them.
    """
    sheet, ranking, tender = result.sheet, result.ranking, evaluation.tender
    reasons = result.qualification.reasons
    out = sorted((bid for bid in result.qualification.bids if reasons.get(bid)), key=tokens.bid)
    stopped = ranking.stopped
    data: dict[str, Any] = {
        "id": plain(result.lot),
        "name": {lang: plain(tender.notice.lot(result.lot).name.say(lang)) for lang in LANGS},
        "standing": ranking.standing,
        "reasons": [tokens.reason(reason, blind=blind) for reason in sheet.standing_reasons],
        "stopped": tokens.reason(stopped, blind=blind) if stopped is not None else None,
        "out": [
            {"bid": tokens.bid(bid), "why": [tokens.reason(reason, blind=blind) for reason in reasons[bid]]}
            for bid in out
        ],
        "relative": sheet.relative,
        "places": total_places(ranking),
        "heat": _heat(result, tokens),
        "ranked": tokens.several(sheet.bids[b] for b in _columns(result, tokens)),
        "withdrawn": tokens.several(ranking.withdrawn),
        "candidates": tokens.several(ranking.candidates()),
    }
    return data | _order(result, tokens, tender.notice) if ranking.order else data


def _columns(result: LotResult, tokens: Tokens) -> list[int]:
    """Places of the ranked bids in the sheet, in the order of their marks."""
    bids = result.sheet.bids
    return sorted((b for b, bid in enumerate(bids) if result.ranking.rank_of(bid)), key=lambda b: tokens.bid(bids[b]))


def _order(result: LotResult, tokens: Tokens, notice: Notice) -> dict[str, Any]:
    """What the page needs to rank the bids again."""
    sheet, ranking = result.sheet, result.ranking
    at, policy = _columns(result, tokens), sheet.policy
    rounding = policy.rounding if policy is not None else None
    stretched, moves = _rescale(sheet, at), _moves(sheet)
    prices = sheet.prices.evaluated if sheet.prices is not None else {}
    minor = policy.minor_units if policy is not None else 2
    return {
        "values": sheet.values[:, at].tolist(),
        "weights": sheet.weights.tolist(),
        "rounding": {
            "criterion": rounding.criterion if rounding is not None else None,
            "total": rounding.total if rounding is not None else None,
        },
        "keys": _keys(result, at),
        "rescale": stretched,
        "fixed": moves and stretched is None,
        "nodes": _nodes(sheet, tokens),
        "published": {
            "unrounded": ranking.unrounded[at].tolist(),
            "total": ranking.total[at].tolist(),
            "ranks": ranking.ranks[at].tolist(),
        },
        "prices": [money(prices.get(sheet.bids[b]), minor) for b in at],
        "scatter": _scatter(price_quality_of(sheet, ranking.order, ranking.points, notice), result, tokens),
    }


def _keys(result: LotResult, at: list[int]) -> list[dict[str, Any]]:
    """The tie keys after the total: fixed figures, or the rows whose rounded points are added; then a recorded draw."""
    sheet, tree = result.sheet, result.sheet.tree
    found: list[dict[str, Any]] = []
    for name, key in result.ranking.keys[1:]:
        label = dict.fromkeys(LANGS, "")
        if name.startswith("higher:") and tree is not None:
            node = name.removeprefix("higher:")
            rows = [sheet.criteria.index(leaf.id) for leaf in tree.leaves_below(node)]
            label = {lang: plain(tree[node].name.say(lang) or node) for lang in LANGS}
            found.append({"name": "higher", "label": label, "rows": rows})
        elif name != "draw":
            found.append({"name": name, "label": label, "figures": key[at].tolist()})
    drawn = [sheet.drawn.get(sheet.bids[b]) for b in at]
    if any(place is not None for place in drawn):
        found.append({"name": "draw", "drawn": [None if place is None else float(place) for place in drawn]})
    return found


def _rescale(sheet: ScoreSheet, at: list[int]) -> dict[str, Any] | None:
    """The rows that are stretched to their best, as they stand before; None where nothing is stretched.

    With two envelopes the best is sought among all opened bids, also those that fell afterwards.
    """
    policy, tree, technical = sheet.policy, sheet.tree, sheet.technical
    if policy is None or tree is None or technical is None or not policy.procedure.technical.rescale_to_best:
        return None
    named = policy.procedure.technical.criteria
    rows = [sheet.criteria.index(leaf.id) for node in named for leaf in tree.leaves_below(node)]
    opened = set(sheet.prices.evaluated) if sheet.prices is not None and policy.procedure.envelopes == 2 else set()
    among = [b for b, bid in enumerate(technical.bids) if bid in opened or sheet.eligible[sheet.position(bid)]]
    mine = [technical.bids.index(sheet.bids[b]) for b in at]
    best = float(np.max(node_value(technical.values[:, among], sheet.weights, rows), initial=0.0))
    if not rows or abs((100.0 / best if best > 0 else 1.0) - sheet.factor) > SAME:
        return None
    before = technical.values[rows]
    return {"rows": rows, "before": before[:, mine].tolist(), "among": before[:, among].tolist()}


def _moves(sheet: ScoreSheet) -> bool:
    """Whether weights move values: a node that is stretched, or a price formula that reads quality."""
    leaves = sheet.tree.leaves if sheet.tree is not None else ()
    reads = any(
        parameter.per_bid
        for leaf in leaves
        if leaf.price is not None
        for parameter in PRICE_FORMULAS[leaf.price.formula].parameters
    )
    return reads or sheet.factor != 1.0


def _nodes(sheet: ScoreSheet, tokens: Tokens) -> list[dict[str, Any]]:
    """Every criterion, parents before children, with its weight as published and the interval of `weight_stability`."""
    tree, policy = sheet.tree, sheet.policy
    scored = scored_bids(sheet)
    at = {node.id: i for i, node in enumerate(scored.nodes)}
    stable = _stability(sheet)
    rows = []
    for node in scored.nodes:
        criterion = tree[node.id] if tree is not None else None
        total = _total(tree, node.parent, float(policy.total) if policy is not None else 100.0)
        rows.append(
            {
                "parent": at.get(node.parent, -1),
                "label": {lang: plain(scored.label(node.id, lang)) for lang in LANGS},
                "weight": float(criterion.weight) if criterion is not None else node.share * total,
                "total": total,
                "share": node.share,
                "leaf": sheet.criteria.index(node.id) if node.id in sheet.criteria else -1,
                **_interval(stable, node.id, tokens),
            }
        )
    return rows


def _total(tree: CriteriaTree | None, parent: str, whole: float) -> float:
    return float(tree[parent].total) if tree is not None and parent else whole


def _stability(sheet: ScoreSheet) -> WeightStability | None:
    try:
        return weight_stability(sheet)
    except InvalidInput:
        return None


def _interval(stable: WeightStability | None, node: str, tokens: Tokens) -> dict[str, Any]:
    """Shares between which the winner stays first, and who takes over beyond; None where there is no such interval."""
    line = next((line for line in stable.nodes if line.node.id == node), None) if stable is not None else None
    if line is None or not line.first.ever:
        return {"movable": line.movable if line is not None else True, "interval": None}
    ends = {
        "lower": line.first.lower,
        "upper": line.first.upper,
        "low": tokens.several(line.challengers_low),
        "high": tokens.several(line.challengers_high),
        "holds": line.first.holds_now,
    }
    return {"movable": line.movable, "interval": ends}


def _heat(result: LotResult, tokens: Tokens) -> dict[str, Any] | None:
    """What each member's marks are worth, bid by bid; None where no panel marked anything."""
    heat = heat_of(result)
    if heat is None or not np.isfinite(heat.marks).any():
        return None
    member = {name: i for i, name in enumerate(tokens.members)}
    across = sorted(range(len(heat.members)), key=lambda m: member[heat.members[m]])
    down = sorted(range(len(heat.bids)), key=lambda b: tokens.bid(heat.bids[b]))
    return {
        "members": [member[heat.members[m]] for m in across],
        "bids": tokens.several(heat.bids[b] for b in down),
        "marks": [[_figure(float(heat.marks[b, m])) for m in across] for b in down],
        "boxed": [[tokens.bid(bid), member[name], is_open] for (bid, name), is_open in heat.boxed.items()],
    }


def _figure(value: float) -> float | None:
    return value if math.isfinite(value) else None


def _scatter(data: PriceQuality, result: LotResult, tokens: Tokens) -> dict[str, Any]:
    """Prices, and the price points of one further bid along the axis, from which lines of equal total are drawn."""
    sheet = result.sheet
    leaves = sheet.tree.leaves if sheet.tree is not None else ()
    rows = [i for i, leaf in enumerate(leaves) if leaf.source == "price"]
    at = sorted(range(len(data.bids)), key=lambda b: tokens.bid(data.bids[b]))
    found: dict[str, Any] = {
        "bids": tokens.several(data.bids[b] for b in at),
        "x": None if data.by_points else data.x[at].tolist(),
        "y": data.y[at].tolist() if data.by_value else None,
        "rows": rows,
        "deducted": data.deducted,
        "why": data.why_no_lines,
        "curve": None,
        "lines": None,
    }
    if data.by_points or data.why_no_lines or data.model is None:
        return found
    low, high = _limits(data.x)
    x = np.linspace(low, high, 201)
    if not data.model.reads_quality:
        score, alone = data.model.score(x, 0.0)
        return found | {"curve": {"x": x.tolist(), "score": _gaps(np.where(alone, score, np.nan))}}
    totals = [float(result.ranking.unrounded[sheet.position(bid)]) for bid in data.bids]
    air = max(0.35 * (max(totals) - min(totals)), 2.0)
    lines = [(total, data.line(total, low, high)[1]) for total in levels(min(totals) - air, max(totals) + air)]
    return found | {"lines": {"x": x.tolist(), "at": [[total, _gaps(y)] for total, y in lines]}}


def _limits(x: FloatArray) -> tuple[float, float]:
    low, high = float(np.min(x)), float(np.max(x))
    air = AIR * (high - low) if high > low else max(0.05 * abs(high), 1.0)
    return max(0.0, low - air), high + air


def _gaps(figures: FloatArray) -> list[float | None]:
    return [_figure(value) for value in figures.tolist()]
