"""Which limits can give way, how far an award needs them to, and how the new limit is written down."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from award_enumeration import sound_awards
from award_limits import needed
from award_problems import problem_of, small_problems
from supplier_eval.award.audit import audit_award
from supplier_eval.award.awarded import Award
from supplier_eval.award.parts import Bid, Lot, Supplier
from supplier_eval.award.relaxable import can_relax, change_to, limit_kept, sign, with_limits
from supplier_eval.award.rules import RULE_KINDS, Rule

WITHOUT = ("exclude", "implies", "mutually_exclusive", "one_supplier_per_region", "set_aside")


def rule(kind, value=1, **more):
    return Rule(id="R", kind=kind, value=Fraction(value), **more)


def test_rules_without_a_limit_can_only_be_given_up():
    assert tuple(sorted(kind for kind in RULE_KINDS if not can_relax(Rule(id="R", kind=kind)))) == WITHOUT


def test_caps_are_raised_and_floors_are_lowered():
    up = {kind for kind in RULE_KINDS if can_relax(rule(kind)) and sign(rule(kind)) > 0}
    assert {kind for kind in RULE_KINDS if kind.startswith("max")} | {"budget"} == up


@pytest.fixture
def problem():
    """100 units; A at 10 with quality 80, B at 13 with quality 90."""
    return problem_of(
        [Lot(id="L", demand=Fraction(100))],
        [Supplier(id=key, attributes={"quality": Fraction(figure)}) for key, figure in (("A", 80), ("B", 90))],
        [Bid(lot="L", supplier=key, price=Fraction(price)) for key, price in (("A", 10), ("B", 13))],
        grid=3,
    )


@pytest.mark.parametrize(
    ("asked", "kept"),
    [
        (rule("budget", 1000), 1100),
        (rule("budget", 2000), 2000),
        (rule("min_avg", 85, attribute="quality"), Fraction(250, 3)),
        (rule("max_avg", 80, attribute="quality"), Fraction(250, 3)),
        (rule("min_attr", 85, attribute="quality"), 80),
        (rule("max_attr", 85, attribute="quality"), 90),
        (rule("max_volume_share", "1/2"), Fraction(2, 3)),
        (rule("min_volume_share", "1/2", suppliers=("B",)), Fraction(1, 3)),
        (rule("max_spend_share", "1/4", suppliers=("B",)), Fraction(13, 33)),
        (rule("min_share_if_awarded", "1/2"), Fraction(1, 3)),
        (rule("force_award", "1/2", suppliers=("B",), lots=("L",)), Fraction(1, 3)),
        (rule("max_winners"), 2),
        (rule("min_winners_per_lot", 3), 2),
    ],
)
def test_the_limit_that_an_award_keeps(problem, asked, kept):
    """Two thirds to A, one third to B: 1,100; quality 83.33; B has 1/3 of the volume, 13/33 of the spend."""
    award = Award(3, {("L", "A", ""): 2, ("L", "B", ""): 1})
    with_rule = problem.replace(rules={"R": asked})
    assert limit_kept(with_rule, asked, award) == kept
    assert audit_award(with_limits(with_rule, {"R": Fraction(kept)}), award).valid


@settings(max_examples=45, suppress_health_check=list(HealthCheck), deadline=None)
@given(small_problems(least_rules=1, most_rules=4, hard=True, most=100), st.data())
def test_the_limit_that_an_award_keeps_is_that_of_a_literal_reading(problem, data):
    awards = list(sound_awards(problem))
    if not awards:
        return
    award = data.draw(st.sampled_from(awards))
    for asked in problem.rules.values():
        if can_relax(asked):
            assert limit_kept(problem, asked, award) == needed(problem, asked, award)


@pytest.mark.parametrize(
    ("asked", "relaxed", "stated"),
    [
        (rule("budget", 1), Fraction("100.001"), Fraction("100.01")),
        (rule("min_avg", 85, attribute="quality"), Fraction(250, 3), Fraction("83.3333")),
        (rule("max_avg", 80, attribute="quality"), Fraction(250, 3), Fraction("83.3334")),
        (rule("max_spend_share", "1/4"), Fraction(1, 3), Fraction("0.3334")),
        (rule("min_share_if_awarded", "1/2"), Fraction(1, 3), Fraction("0.3333")),
        (rule("max_winners", 1), Fraction(2), Fraction(2)),
    ],
)
def test_a_limit_is_written_down_no_tighter_than_it_is(problem, asked, relaxed, stated):
    change = change_to(problem, asked, relaxed)
    assert (change.stated, change.by) == (stated, abs(relaxed - asked.value))
    assert change.relative == change.by / abs(asked.value)


def test_a_limit_of_nothing_counts_by_its_own_unit(problem):
    assert change_to(problem, rule("max_attr", 0, attribute="quality"), Fraction(90)).relative == 90


def test_other_limits_leave_the_rest_of_the_problem_alone(problem):
    two = problem.replace(rules={"R": rule("budget", 1000), "S": replace(rule("max_winners"), id="S")})
    changed = with_limits(two, {"R": Fraction(1100)})
    assert {key: part.value for key, part in changed.rules.items()} == {"R": 1100, "S": 1}
    assert two.rules["R"].value == 1000
