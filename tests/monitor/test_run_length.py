"""Mean points to a false alarm."""

from __future__ import annotations

import math

import numpy as np
import pytest

from supplier_eval.monitor.run_length import cusum_length, ewma_length, limits_length, shewhart_length
from supplier_eval.monitor.run_rules import NELSON, WESTERN_ELECTRIC, run_hits

# C. W. Champ and W. H. Woodall (1987), Technometrics 29, 393-399, table 1, no shift.
CHAMP_WOODALL = {
    ("beyond_limits",): 370.40,
    ("beyond_limits", "two_of_three"): 225.44,
    ("beyond_limits", "four_of_five"): 166.05,
    ("beyond_limits", "eight_one_side"): 152.73,
    WESTERN_ELECTRIC: 91.75,
}


@pytest.mark.parametrize("rules", CHAMP_WOODALL)
def test_western_electric_tests_cost_what_champ_and_woodall_1987_found(rules):
    assert shewhart_length(rules) == pytest.approx(CHAMP_WOODALL[rules], abs=5e-3)


def test_a_run_of_nine_on_one_side_comes_once_in_511_points():
    assert shewhart_length(["nine_one_side"]) == pytest.approx(2**9 - 1)  # closed form for a fair coin


def test_cusum_and_ewma_lengths_are_those_of_the_textbooks():
    # Montgomery, tables 9.3 and 9.11 (Lucas and Saccucci 1990).
    assert cusum_length(0.5, 4.0) == pytest.approx(168, abs=0.5)
    assert cusum_length(0.5, 5.0) == pytest.approx(465, abs=0.6)
    assert ewma_length(0.1, 2.814) == pytest.approx(500, rel=0.01)
    assert ewma_length(0.25, 2.998) == pytest.approx(500, rel=0.01)
    assert ewma_length(1.0, 3.0) == pytest.approx(limits_length(3.0), rel=1e-6)


def test_all_eight_tests_together_agree_with_a_simulation():
    rng, reps, n = np.random.default_rng(5), 500, 600
    lengths = []
    for z in rng.standard_normal((reps, n)):
        at = [int(np.argmax(np.abs(z) > 3)) if (np.abs(z) > 3).any() else n]
        lengths.append(min([*at, *(hit.at for hit in run_hits(z, NELSON))]) + 1)
    error = np.std(lengths) / math.sqrt(reps)
    assert abs(np.mean(lengths) - shewhart_length(NELSON)) < 4 * error
    assert 50 < shewhart_length(NELSON) < 80


def test_no_test_never_fires_and_stricter_limits_fire_more_often():
    assert shewhart_length([]) == math.inf
    assert shewhart_length(["beyond_limits"], 2.5) == pytest.approx(limits_length(2.5)) == pytest.approx(80.5, abs=0.1)
    assert shewhart_length(WESTERN_ELECTRIC, 2.5) < shewhart_length(WESTERN_ELECTRIC, 3.0)
