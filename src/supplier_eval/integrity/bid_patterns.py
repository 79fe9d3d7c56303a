"""Which bids stand together in a pattern: each pattern found gives what a flag needs to know."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal

import numpy as np

from supplier_eval.integrity.bid_cells import BoolArray, IntArray
from supplier_eval.integrity.bid_table import BidTable
from supplier_eval.integrity.by_size import blocks_by_size
from supplier_eval.integrity.item_prices import ItemTable
from supplier_eval.integrity.pair_ratios import PairRatios, pair_ratios
from supplier_eval.integrity.price_patterns import (
    even_steps,
    round_markups,
    rounding_unit,
    runs,
    significant_digits,
)
from supplier_eval.integrity.rounding_chances import equal_steps_chance, grid_chance, tie_chance
from supplier_eval.integrity.screen_settings import ScreenSettings
from supplier_eval.messages import LANGS, message

ACROSS = -1
EXPLAINED_TIE = "screens.explained_tie"  # seen and counted, no flag


@dataclass(frozen=True)
class Pattern:
    """Bids that stand together.

    Parameters
    ----------
    code : str
        Code of the screen.
    tender : int
        Place of the tender, -1 where the pattern goes across tenders.
    bidders : tuple of int
        Places of the bidders concerned.
    figure, threshold : float
        What was seen, and the line.
    facts : dict
        Further figures that the words quote.
    """

    code: str
    tender: int
    bidders: tuple[int, ...]
    figure: float
    threshold: float
    facts: dict[str, object] = field(default_factory=dict)


def find_patterns(table: BidTable, by_price: IntArray, settings: ScreenSettings) -> list[Pattern]:
    """Look for every pattern inside the tenders.

    Parameters
    ----------
    table : BidTable
        The bids.
    by_price : ndarray of int64, shape (n_bids,)
        Rows in the order of tender and price.
    settings : ScreenSettings
        The lines.
    """
    return [
        *_close_prices(table, by_price, settings),
        *_ladders(table, by_price, settings),
        *_round_losers(table, by_price, settings),
        *_at_minimum(table, settings),
        *_together(table, settings),
        *_several(table),
    ]


def _close_prices(table: BidTable, by_price: IntArray, settings: ScreenSettings) -> Iterator[Pattern]:
    """Stretches of equal prices, and of neighbouring prices that are nearly equal, of different bidders."""
    price, beside = table.price[by_price], _beside(table, by_price)
    apart = np.full(len(price), np.inf)
    apart[1:] = (price[1:] - price[:-1]) / price[:-1]
    for first, end in zip(*runs(beside & (apart == 0)), strict=True):
        rows = by_price[first:end]
        chance, facts = _tie(table, int(table.tender[rows[0]]))
        explained = chance is not None and len(table) >= settings.market_bids and chance > settings.tie_chance
        code = EXPLAINED_TIE if explained else "screens.identical_prices"
        yield _pattern(table, code, rows, float(end - first), 2.0, price=float(price[first]), **facts)
    for first, end in zip(*runs(beside & (apart <= settings.near)), strict=True):
        widest = float(apart[first + 1 : end].max())
        if widest > 0:
            rows = by_price[first:end]
            yield _pattern(table, "screens.near_identical_prices", rows, widest, settings.near)


def _ladders(table: BidTable, by_price: IntArray, settings: ScreenSettings) -> Iterator[Pattern]:
    """Losing prices at equal steps or ratios, or at round markups on the lowest price."""
    for size, _, rows in blocks_by_size(table.start):
        prices = table.price[by_price[rows]]
        step, off, off_log = even_steps(prices)
        even = (size - 2 >= settings.steps) & (np.fmin(off, off_log) <= settings.step_tolerance)
        for at in np.flatnonzero(even):
            ratio = bool(off_log[at] < off[at])
            code = "screens.equal_ratios" if ratio else "screens.equal_steps"
            figure = float(off_log[at] if ratio else off[at])
            mean = float((prices[-1, at] / prices[1, at]) ** (1 / (size - 2))) if ratio else float(step[at])
            units = round(float((prices[-1, at] - prices[1, at]) / rounding_unit(prices[:, at])))
            if not _by_chance(table, equal_steps_chance(size - 2, units), settings):
                losers = by_price[rows[1:, at]]
                yield _pattern(table, code, losers, figure, settings.step_tolerance, step=mean, count=size - 2)
        if size - 1 >= settings.steps:
            marked = round_markups(prices, settings.markup_grid, settings.markup_tolerance)
            for at in np.flatnonzero(marked):
                b = prices[:, at]
                shares = float(rounding_unit(b) / b[0]), float((b[-1] - b[0]) / b[0])
                chance = grid_chance(size - 1, *shares, settings.markup_grid, settings.markup_tolerance)
                if _by_chance(table, chance, settings):
                    continue
                markups = b[1:] / b[0] - 1.0
                shown = ", ".join(f"{100 * markup:.2f} %" for markup in markups[:6].tolist())
                losers = by_price[rows[1:, at]]
                grid = settings.markup_grid
                yield _pattern(table, "screens.round_markups", losers, float(size - 1), grid, markups=shown)


def _by_chance(table: BidTable, chance: float, settings: ScreenSettings) -> bool:
    """Whether rounding explains a pattern; a table too small for a market does not tell how its prices are rounded."""
    return len(table) >= settings.market_bids and chance > settings.pattern_chance


def _tie(table: BidTable, tender: int) -> tuple[float | None, dict[str, object]]:
    """How likely prices rounded like a tender's repeat each other so often; None where all are equal: no range."""
    prices = table.price[table.bids_of(tender)]
    unit = float(rounding_unit(prices))
    different = len(np.unique(prices))
    facts: dict[str, object] = {"unit": unit}
    if different == 1:
        return None, _said(facts, "screens.words.tie_all")
    places = round((float(prices.max()) - float(prices.min())) / unit) + 1
    chance = tie_chance(len(prices), places, len(prices) - different)
    facts["chance"] = f"{100 * chance:.0f}" if chance >= 0.1 else f"{Decimal(f'{100 * chance:.2g}'):f}"
    return chance, _said(facts, "screens.words.tie_some")


def _said(facts: dict[str, object], code: str) -> dict[str, object]:
    shown = {**facts, "unit": f"{facts['unit']:,.6f}".rstrip("0").rstrip(".")}
    return {**facts, **{f"rounding_{lang}": message(code, lang, **shown) for lang in LANGS}}


def _round_losers(table: BidTable, by_price: IntArray, settings: ScreenSettings) -> Iterator[Pattern]:
    """Losing prices that are all rounder than the market's, where the lowest is not."""
    typical = market_digits(table, settings)
    if typical is None:
        return
    digits = significant_digits(table.price)
    for size, _, rows in blocks_by_size(table.start):
        if size - 1 < settings.round_losers:
            continue
        of = digits[by_price[rows]]
        line = typical - settings.round_digits
        for at in np.flatnonzero((of[1:].max(axis=0) <= line) & (of[0] >= typical)):
            facts = {"lowest": int(of[0, at]), "market": typical}
            most = float(of[1:, at].max())
            yield _pattern(table, "screens.round_losers", by_price[rows[1:, at]], most, float(line), **facts)


def market_digits(table: BidTable, settings: ScreenSettings) -> int | None:
    """Median number of significant digits of all prices (the lower one of two); None without a market."""
    if len(table) < settings.market_bids:
        return None
    digits = np.sort(significant_digits(table.price))
    return int(digits[(len(digits) - 1) // 2])


def _at_minimum(table: BidTable, settings: ScreenSettings) -> Iterator[Pattern]:
    """Prices at the abnormal line or just above it."""
    if table.minimum is None:
        return
    line = table.minimum[table.tender]
    above = (table.price - line) / line
    near = (above >= 0) & (above <= settings.above_minimum)
    for rows in _by_tender(table, near):
        facts = {"minimum": float(table.minimum[table.tender[rows[0]]])}
        least = float(above[rows].min())
        yield _pattern(table, "screens.at_minimum", rows, least, settings.above_minimum, **facts)


def _together(table: BidTable, settings: ScreenSettings) -> Iterator[Pattern]:
    """Bids of different bidders that arrived within minutes of each other."""
    if table.submitted_at is None:
        return
    order = np.lexsort((table.bidder, table.submitted_at, table.tender))
    moment = table.submitted_at[order]
    waited = np.full(len(order), np.inf)
    known = ~np.isnat(moment[1:]) & ~np.isnat(moment[:-1])
    waited[1:][known] = np.diff(moment)[known] / np.timedelta64(1, "m")
    for first, end in zip(*runs(_beside(table, order) & (waited <= settings.minutes)), strict=True):
        longest = float(waited[first + 1 : end].max())
        yield _pattern(table, "screens.submitted_together", order[first:end], longest, settings.minutes)


def _several(table: BidTable) -> Iterator[Pattern]:
    """Bidders with several prices in one tender."""
    same = np.zeros(len(table), dtype=bool)
    same[1:] = (table.tender[1:] == table.tender[:-1]) & (table.bidder[1:] == table.bidder[:-1])
    for first, end in zip(*runs(same), strict=True):
        yield _pattern(table, "screens.several_bids", np.arange(first, first + 1), float(end - first), 1.0)


def constant_ratios(table: BidTable, settings: ScreenSettings) -> tuple[PairRatios, list[Pattern]]:
    """Find pairs of bidders whose prices keep one ratio in all their common tenders."""
    pairs = pair_ratios(table.tender, table.bidder, table.price)
    steady = (pairs.count >= settings.ratio_tenders) & (pairs.range <= settings.ratio_tolerance)
    found = pairs.of(steady)
    patterns = [
        Pattern("screens.constant_ratio", ACROSS, (a, b), apart, settings.ratio_tolerance, facts)
        for a, b, apart, facts in _told(found)
    ]
    return found, patterns


def item_patterns(items: ItemTable, settings: ScreenSettings) -> list[Pattern]:
    """Find pairs of bids whose price sheets repeat unit prices, or keep one ratio over all items."""
    place = np.unique(np.stack((items.tender, items.item)), axis=1, return_inverse=True)[1].ravel()
    pairs = pair_ratios(place.astype(np.int64), items.bidder, items.unit_price, items.tender)
    steady = (pairs.count >= settings.items) & (pairs.range <= settings.item_tolerance)
    alike = (pairs.count >= settings.items) & (pairs.equal >= settings.item_share * pairs.count)
    found = []
    for chosen, code in ((alike, "screens.item_prices_equal"), (steady & ~alike, "screens.item_ratio_constant")):
        part = pairs.of(chosen)
        for at, (a, b, apart, facts) in enumerate(_told(part)):
            share = float(part.equal[at] / part.count[at])
            lines = (share, settings.item_share) if "equal" in code else (apart, settings.item_tolerance)
            found.append(Pattern(code, int(part.group[at]), (a, b), *lines, {**facts, "equal": int(part.equal[at])}))
    return found


def _told(pairs: PairRatios) -> Iterator[tuple[int, int, float, dict[str, object]]]:
    apart, middle = pairs.range.tolist(), np.sqrt(pairs.lowest * pairs.highest).tolist()
    for a, b, n, between, ratio in zip(
        pairs.first.tolist(), pairs.second.tolist(), pairs.count.tolist(), apart, middle, strict=True
    ):
        yield a, b, between, {"count": n, "ratio": f"{ratio:.6g}"}


def _beside(table: BidTable, order: IntArray) -> BoolArray:
    """Whether a row is of the same tender as the row before, and of another bidder."""
    tender, bidder = table.tender[order], table.bidder[order]
    beside = np.zeros(len(order), dtype=bool)
    beside[1:] = (tender[1:] == tender[:-1]) & (bidder[1:] != bidder[:-1])
    return beside


def _by_tender(table: BidTable, chosen: BoolArray) -> Iterator[IntArray]:
    """The chosen rows of each tender that has some."""
    rows = np.flatnonzero(chosen)
    if len(rows):
        yield from np.split(rows, np.flatnonzero(np.diff(table.tender[rows])) + 1)


def _pattern(table: BidTable, code: str, rows: IntArray, figure: float, threshold: float, **facts: object) -> Pattern:
    bidders = tuple(sorted(set(table.bidder[rows].tolist())))
    return Pattern(code, int(table.tender[rows[0]]), bidders, figure, threshold, facts)
