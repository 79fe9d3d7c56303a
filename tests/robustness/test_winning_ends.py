"""Who wins by rank, by how much, and where exactly a stretch of winning values ends."""

from __future__ import annotations

import numpy as np

from supplier_eval.robustness.winning_ends import (
    ALONE,
    NOT,
    SHARED,
    Interval,
    Stretch,
    assembled,
    lead,
    leads,
    verdicts,
)


class Crossing:
    """A lead that falls through zero at one third; ties by nine decimals are wide here."""

    snap = 1e-9

    def __init__(self, slack=0.0):
        self.slack = slack

    def lead(self, which, x):
        return 1.0 / 3.0 - x

    def outcome(self, which, x):
        gap = np.round(self.lead(which, x), 9)
        return np.where(gap > 0, ALONE, np.where(gap == 0, SHARED, NOT))


def test_rank_one_alone_is_a_win_and_shared_is_none():
    ranks = np.array([[1, 1, 2, 0], [2, 1, 1, 1]])
    assert verdicts(ranks, np.array([0, 0, 0, 0])).tolist() == [1, 0, -1, -1]


def test_the_lead_is_over_the_best_rival_and_says_who_is_out_or_alone():
    totals = np.array([[80.0, np.nan, 70.0], [75.0, 60.0, np.nan], [78.0, 50.0, np.nan]])
    assert lead(totals, np.array([0, 0, 0])).tolist() == [2.0, -np.inf, np.inf]
    assert np.isnan(leads(totals, np.array([0, 0, 0]))[0]).all()


def test_the_end_moves_from_the_last_value_that_wins_by_nine_decimals_to_where_totals_meet():
    edge = 1.0 / 3.0 - 5e-10
    stretches = [Stretch(0.0, edge, ALONE), Stretch(edge + 1e-16, 1.0 / 3.0 + 5e-10, SHARED), Stretch(0.34, 1.0, NOT)]
    (found,) = assembled(Crossing(), [stretches], [0])
    (one,) = found.wins
    assert abs(one.upper - 1.0 / 3.0) < 1e-16
    assert (one.upper_closed, one.upper_end, one.lower_closed, one.lower_end) == (False, "tie", True, "asked")
    assert found.ties == ((one.upper, one.upper),)


def test_an_end_by_rounding_or_by_a_jump_stays_where_it_was_found():
    stretches = [Stretch(0.0, 0.25, ALONE), Stretch(0.25000000000000006, 1.0, NOT)]
    (rounded,) = assembled(Crossing(slack=0.5), [stretches], [0])
    (jump,) = assembled(Crossing(slack=0.01), [stretches], [0])
    assert (rounded.wins[0].upper, rounded.wins[0].upper_end) == (0.25, "rounding")
    assert (jump.wins[0].upper, jump.wins[0].upper_end) == (0.25, "jump")


def test_an_interval_holds_its_closed_ends_only():
    one = Interval(1.0, 2.0, True, False, "asked", "tie")
    assert [one.holds(x) for x in (0.9, 1.0, 1.5, 2.0)] == [False, True, True, False]
