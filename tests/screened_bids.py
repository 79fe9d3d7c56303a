"""Small tables of bids for the tests of the screens."""

from __future__ import annotations

import numpy as np
import pandas as pd

from supplier_eval.integrity.bid_table import read_bids
from supplier_eval.integrity.screening import screen_bids


def tenders(*prices, **more):
    """One tender for each list of prices; bidders are A, B, C, … in the order given."""
    rows = [(f"t{at}", chr(ord("A") + i), price) for at, listed in enumerate(prices) for i, price in enumerate(listed)]
    return pd.DataFrame(rows, columns=["tender", "bidder", "price"]).assign(**more)


def market(n=60, bids=4, seed=0):
    """Tenders without any pattern: prices to the last yuan, with six digits."""
    rng = np.random.default_rng(seed)
    rows = [
        (f"m{at}", f"F{firm}", float(round(price)))
        for at in range(n)
        for firm, price in zip(rng.permutation(40)[:bids], rng.uniform(400_000, 999_999, bids), strict=True)
    ]
    return pd.DataFrame(rows, columns=["tender", "bidder", "price"])


def codes(frame, **given):
    """Screens that flag something, without their prefix."""
    return sorted({flag.code.removeprefix("screens.") for flag in screen_bids(frame, **given).flags})


def flag_of(frame, screen, **given):
    """The only flag of one screen."""
    (flag,) = [one for one in screen_bids(frame, **given).flags if one.code == f"screens.{screen}"]
    return flag


__all__ = ["codes", "flag_of", "market", "read_bids", "tenders"]
