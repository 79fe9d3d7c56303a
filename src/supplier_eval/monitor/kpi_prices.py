"""Price level of each supplier in each period, from the quotes of the same items (§3.3.2)."""

from __future__ import annotations

import numpy as np

from supplier_eval.errors import Finding, InvalidInput
from supplier_eval.monitor.kpi_cells import OUT, Cells, Figures, IntArray, Source, known_by, micro
from supplier_eval.monitor.kpi_definitions import KpiDefinition
from supplier_eval.monitor.price_level import price_levels
from supplier_eval.monitor.record_checks import folded


def price_level(kpi: KpiDefinition, source: Source, cells: Cells) -> Figures:
    """Index of a supplier's prices against the others' median, 100 at the market.

    The last quote of an item in the period counts. ``n`` is the number of items with a market price, ``asked`` of all
    items offered, ``denominator`` the share of the spend that has a market price.
    """
    frame = source["quotes"]
    on, group = micro(frame["on"]), cells.group_of("quotes")
    cell = cells.place(known_by(on, cells.wall_as_of), group, wall=True)
    items = folded(frame, "item").to_numpy().astype(np.int64)
    n_items = int(items.max()) + 1 if items.size else 1
    price, quantity = frame["price"].to_numpy(), frame["quantity"].to_numpy()
    order = np.lexsort((on, items))
    figures = Figures.of(cells.size)
    if kpi.method == "fisher":
        blank = np.isnan(quantity) & (cell != OUT)
        if blank.any():
            bad = tuple(int(row) for row in frame["row"].to_numpy()[np.flatnonzero(blank)[:1000]])
            raise InvalidInput([Finding("kpis.blank", "quotes", "quantity", bad, facts={"kpi": kpi.id})], "quotes")
    for period in range(cells.start.size):
        rows: IntArray = order[(cell[order] >= period * cells.groups) & (cell[order] < (period + 1) * cells.groups)]
        if not rows.size:
            continue
        prices, quantities = np.full((n_items, cells.groups), np.nan), np.full((n_items, cells.groups), np.nan)
        item, supplier = items[rows], cell[rows] - period * cells.groups
        prices[item, supplier], quantities[item, supplier] = price[rows], quantity[rows]
        found = price_levels(prices, quantities, kpi.method)
        part = slice(period * cells.groups, (period + 1) * cells.groups)
        figures.value[part], figures.denominator[part] = found.index, found.spend_rated
        figures.n[part], figures.asked[part] = found.rated, found.offered
        figures.reason[part] = "unweighted" if np.isnan(quantity[rows]).any() else ""
    figures.status[~np.isnan(figures.value)] = "measured"
    figures.say(np.isnan(figures.value), "no_data", "no_records")
    figures.say(np.isnan(figures.value) & (figures.asked > 0), "not_market_rated", "only_supplier")
    figures.say((figures.status == "measured") & (figures.n < kpi.minimum_n), "too_few", "below_minimum")
    return figures
