"""Seeds: all smallest conflicts and all smallest corrections are found, each once, whatever they are."""

from __future__ import annotations

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from supplier_eval.award.hitting_sets import Seeds

RULES = "ABCDE"
subsets = st.frozensets(st.sampled_from(RULES))


def smallest(sets):
    return {some for some in sets if not any(other < some for other in sets)}


def every_set():
    return [frozenset(some) for n in range(len(RULES) + 1) for some in combinations(RULES, n)]


def asked_until_nothing_is_left(possible):
    """`possible`: sets of rules that can be kept together; whatever is inside one of them can be kept too."""
    seeds = Seeds(RULES)

    def holds(rules):
        return any(rules <= kept for kept in possible)

    while (left_out := seeds.following()) is not None:
        left = frozenset(RULES) - left_out
        if holds(left):
            seeds.correct(left_out)
            continue
        for rule in RULES:
            if rule in left and not holds(left - {rule}):
                left -= {rule}
        seeds.conflict(left, True)
    return seeds


@given(st.lists(subsets, min_size=1, max_size=6))
def test_all_smallest_conflicts_and_corrections_are_found(possible):
    seeds = asked_until_nothing_is_left(possible)
    kept = [some for some in every_set() if any(some <= other for other in possible)]
    conflicts = smallest([some for some in every_set() if some not in kept])
    corrections = smallest([frozenset(RULES) - some for some in kept])
    assert set(seeds.conflicts) == conflicts and len(seeds.conflicts) == len(conflicts)
    assert set(seeds.corrections) == corrections and len(seeds.corrections) == len(corrections)


def test_the_first_seed_leaves_nothing_out():
    assert Seeds("AB").following() == frozenset()


def test_a_seed_hits_every_conflict_with_no_more_than_it_needs():
    seeds = Seeds("ABC")
    seeds.conflict(frozenset("AB"), True)
    seeds.conflict(frozenset("BC"), True)
    assert seeds.following() == {"B"}
    seeds.correct(frozenset("B"))
    assert seeds.following() == {"A", "C"}


def test_what_nobody_could_tell_is_not_asked_again_but_larger_sets_are():
    seeds = Seeds("AB")
    seeds.give_up(frozenset())
    assert seeds.following() == {"A"}
    seeds.give_up(frozenset("A"))
    seeds.correct(frozenset("B"))
    assert seeds.following() is None
    assert seeds.unknown == [frozenset(), frozenset("A")]


def test_a_conflict_drives_out_those_that_hold_it():
    seeds = Seeds("ABC")
    seeds.conflict(frozenset("ABC"), False)
    assert seeds.unproven == [frozenset("ABC")]
    seeds.conflict(frozenset("AB"), True)
    assert (seeds.conflicts, seeds.unproven) == ([frozenset("AB")], [])
