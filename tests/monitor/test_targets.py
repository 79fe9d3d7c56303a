"""Targets broken down: whoever meets every target below must meet the one above."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service_tables import SAMPLE, kpi, records
from supplier_eval.errors import InvalidInput
from supplier_eval.monitor.plan import ReviewPlan
from supplier_eval.monitor.record_reading import read_service_records
from supplier_eval.monitor.targets import cascade_targets


def target(level: str, node: str, parent: str, goal: object, volume: float, owner: str = "somebody") -> dict:
    given = {"supplier": "A", "kpi": "k", "level": level, "node": node, "parent": parent}
    return given | {"target": goal, "owner": owner, "volume": volume}


GOOD = [
    target("contract", "A", "", 0.9, 100), target("team", "t1", "A", 0.95, 60), target("team", "t2", "A", 0.85, 40),
    target("person", "p1", "t1", 0.95, 60),
]  # fmt: skip


def codes(rows: list[dict], definition=None) -> list[tuple[str, tuple[int, ...]]]:
    cascade = cascade_targets(records(targets=rows), definition or kpi())
    assert all(f.say("zh") and f.advise("zh") for f in cascade.findings)
    assert cascade.holds == (not cascade.findings)
    return [(f.code.removeprefix("targets."), f.rows) for f in cascade.findings]


def test_a_mix_that_keeps_the_contract_holds():
    """60 % of the work at 0.95 and 40 % at 0.85 are 0.91 together."""
    cascade = cascade_targets(records(targets=GOOD), kpi())
    assert cascade.holds and float(cascade.mixes["a", "k", "a"]) == 0.91
    assert float(cascade.target_of("a", "K", "T2")) == 0.85 and cascade.target_of("A", "k", "t9") is None
    assert cascade.to_frame()["mix"].dropna().tolist() == [0.91, 0.95]
    assert repr(cascade) == "TargetCascade(4 targets, 0 findings)"


def test_a_looser_mix_misses_the_contract_even_if_each_target_is_met():
    rows = [*GOOD[:2], target("team", "t2", "A", 0.8, 40), GOOD[3]]
    assert codes(rows) == [("target.missed", (2,))]
    assert codes(
        [target("contract", "A", "", 8, 2), target("team", "t", "A", 9, 2)], kpi(statistic="mean", target=8)
    ) == [("target.missed", (2,))]


def test_percentiles_do_not_average():
    p90 = kpi(statistic="percentile", target=8)
    rows = [target("contract", "A", "", 8, 2), target("team", "t", "A", 4, 1), target("team", "u", "A", 9, 1)]
    assert codes(rows, p90) == [("target.looser", (4,))]


def test_every_way_to_break_a_tree_is_a_finding():
    assert codes([*GOOD[:3], target("person", "p1", "t9", 0.95, 60)]) == [("parent.orphan", (5,))]
    assert codes([*GOOD[:3], target("person", "p1", "", 0.95, 60)]) == [("parent.orphan", (5,))]
    circle = [*GOOD[:3], target("post", "x", "y", 0.9, 1), target("post", "y", "x", 0.9, 1)]
    assert codes(circle) == [("parent.circle", (5,)), ("parent.circle", (6,))]
    assert codes([*GOOD[:3], target("team", "t3", "t1", 0.95, 60)]) == [("parent.level", (5,))]
    assert ("contract.count", (2,)) in codes(GOOD[1:])
    assert ("contract.count", (2,)) in codes([GOOD[0], GOOD[0] | {"node": "B"}])
    assert codes([GOOD[0] | {"parent": "A2"}]) == [("parent.on_top", (2,))]


def test_owners_gaps_and_other_contracts():
    assert codes([*GOOD[:3], GOOD[3] | {"owner": ""}]) == [("owner.missing", (5,))]
    assert codes([*GOOD[:2], GOOD[2] | {"volume": 30}, GOOD[3]]) == [("volume.gap", (2,))]
    assert codes(GOOD, kpi(target="0.92")) == [("contract.other", (2,))]
    assert codes(GOOD, kpi(id="other")) == [("kpi.unknown", (2,))]


def test_no_table_is_refused_and_a_duplicate_node_too():
    with pytest.raises(InvalidInput) as caught:
        cascade_targets("targets", kpi())
    assert caught.value.findings[0].code == "targets.none"
    with pytest.raises(InvalidInput) as caught:
        records(targets=[GOOD[0], GOOD[0]])
    assert caught.value.findings[0].code == "targets.duplicate"


def test_the_sample_holds():
    cascade = cascade_targets(read_service_records(SAMPLE), ReviewPlan.load(SAMPLE / "plan.toml").kpis)
    assert cascade.holds and len(cascade.targets) == 14


shares = st.lists(st.tuples(st.integers(1, 50), st.integers(0, 100)), min_size=1, max_size=6)


@given(shares, st.integers(0, 100))
def test_a_cascade_holds_exactly_when_meeting_all_targets_meets_the_contract(groups, goal):
    """Teams that handle v tickets and just meet t/100 of them: the contract is kept if their sum is enough."""
    rows = [target("contract", "A", "", goal / 100, sum(v for v, _ in groups))]
    rows += [target("team", f"t{n}", "A", t / 100, v) for n, (v, t) in enumerate(groups)]
    kept = sum(v * t for v, t in groups) >= goal * sum(v for v, _ in groups)
    assert cascade_targets(records(targets=rows), kpi(target=f"{goal / 100}")).holds == kept
