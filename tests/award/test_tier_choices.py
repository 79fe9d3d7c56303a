"""What a part of a search keeps is what the relaxation, or the best award, has; the award in hand stays possible."""

from __future__ import annotations

import numpy as np
import pytest
from award_instances import generated_problem

from supplier_eval.award.formulation import formulate
from supplier_eval.award.model import solve
from supplier_eval.award.relax import Relaxed, left_out, relax
from supplier_eval.award.tier_choices import with_kept_tiers, with_sure_tiers


@pytest.fixture(scope="module")
def made():
    return formulate(generated_problem(30, 8, 5, seed=7, share_step="0.01"))


@pytest.fixture(scope="module")
def relaxed(made):
    return relax(made.program, solver="scipy", time_limit=30)


def test_who_is_wholly_in_a_tier_stays_there_and_who_is_between_tiers_is_free(made, relaxed):
    fixed = with_sure_tiers(made, made.program, relaxed)
    for at, tiers in enumerate(made.columns.in_tier):
        switches = np.append(tiers, made.columns.active[at])
        values = relaxed.values[switches]
        sure = np.abs(values - np.rint(values)).max() < 1e-3
        assert (fixed.lower[switches] == fixed.upper[switches]).all() == sure
    shares = made.columns.share
    assert (fixed.upper[shares] == made.program.upper[shares]).all()


def test_the_award_in_hand_is_possible_in_every_neighbourhood_and_some_suppliers_are_free(made, relaxed):
    best = solve(made.program, solver="scipy", gap=0.01).values
    narrow, _ = left_out(made, relaxed, 0.0)
    switches = np.concatenate(made.columns.in_tier)
    freed = []
    for seed in range(5):
        part = with_kept_tiers(made, narrow, relaxed, best, np.random.default_rng(seed))
        assert (best <= part.upper + 1e-6).all()
        assert (best >= part.lower - 1e-6).all()
        freed.append(int((part.lower[switches] < part.upper[switches]).sum()))
    assert 0 < sum(freed) < 5 * switches.size


def test_nothing_known_fixes_nothing(made, relaxed):
    unknown = Relaxed("no_award_found")
    assert with_sure_tiers(made, made.program, unknown) is made.program
    rng = np.random.default_rng(0)
    assert with_kept_tiers(made, made.program, relaxed, None, rng) is made.program
