"""From p-values to flags."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from integrity.made_markets import joined, ring_in_turn, tender
from supplier_eval.integrity.market_flags import flag_of, in_order, small, told, with_p_values
from supplier_eval.integrity.market_screening import screen_market
from supplier_eval.integrity.market_screens import WEIGHTS, Part


def test_p_and_q_stand_beside_the_figures():
    tables, paired = with_p_values(
        {"bidders": pd.DataFrame({"bidder": ["A", "B"]})}, [Part("losing", "bidders", np.array([0.02, np.nan]))], "bh"
    )
    assert tables["bidders"]["q_losing"].tolist() == [0.02, pd.NA]
    assert paired[0][1] == pytest.approx([0.02, np.nan], nan_ok=True)


def test_figures_are_read_as_shares_and_digits():
    assert told({"joint_share": 0.25, "lift": 3.14159, "wins": 4, "p_x": 0.1, "members": ("A",)}) == {
        **{"joint_share": "25.0 %", "lift": "3.142", "wins": "4"},
    }
    assert (small(0.000123), small(pd.NA), small(np.nan)) == ("0.00012", "–", "–")


def test_a_flag_says_figure_and_line():
    row = {"bidder": "A", "wins": 0, "chances": 20, "expected_wins": 5.0, "p_losing": 0.001, "q_losing": 0.02}
    flag = flag_of("losing", "bidders", row, 0.05)
    assert flag.say() == "A won 0 of 20 tenders, where equal chances give 5. p 0.001, corrected 0.02. (§1.3.4)"
    assert (flag.figure, flag.threshold, flag.state) == (0.02, 0.05, "open")


def test_the_heaviest_flags_stand_first():
    shared = tender("S1", 900, ("A", 1.0), ("B", 2.0)).assign(contact="13800001111")
    found = screen_market(joined(ring_in_turn(30), shared))
    weights = found.to_frame()["weight"].tolist()
    assert weights == sorted(weights, reverse=True)
    assert found.flags[0].code == "market.shared_detail.contact"
    assert in_order(found.flags[::-1]) == found.flags
    assert set(found.to_frame()["screen"]) <= set(WEIGHTS)
