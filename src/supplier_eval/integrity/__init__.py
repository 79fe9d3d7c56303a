"""Flags for people: what bids and markets look like beside what competition looks like (§1.3.4)."""

from __future__ import annotations

import importlib
from typing import Any

_HOMES: dict[str, str] = {
    "BidScreens": "bid_screens",
    "BidTable": "bid_table",
    "MarketScreens": "market_result",
    "MarketSettings": "market_settings",
    "RedFlagSettings": "ocds_settings",
    "RedFlags": "ocds_red_flags",
    "ScreenSettings": "screen_settings",
    "SubgroupScreens": "summary_screens",
    "adjust_p_values": "false_alarms",
    "read_bids": "bid_table",
    "screen_bids": "screening",
    "screen_market": "market_screening",
    "screen_releases": "ocds_screening",
    "subgroup_screens": "summary_screens",
}

__all__ = [
    "BidScreens",
    "BidTable",
    "MarketScreens",
    "MarketSettings",
    "RedFlagSettings",
    "RedFlags",
    "ScreenSettings",
    "SubgroupScreens",
    "adjust_p_values",
    "read_bids",
    "screen_bids",
    "screen_market",
    "screen_releases",
    "subgroup_screens",
]


def __getattr__(name: str) -> Any:  # noqa: ANN401 - any public name
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(importlib.import_module(f"{__name__}.{_HOMES[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
