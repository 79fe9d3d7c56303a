"""One problem, whatever it came as: the same parts, in canonical order; everything wrong is said at once."""

from __future__ import annotations

import copy
import json
import random
from dataclasses import replace
from fractions import Fraction

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import supplier_eval.award as rooms
from award_problems import small_problems
from supplier_eval.award.problem import AwardProblem
from supplier_eval.award.reading import parts_of, read_problem
from supplier_eval.errors import InvalidInput

BASE = {
    "lots": [
        {"id": "L2", "demand": 20, "region": "S", "category": "bpo"},
        {"id": "L1", "demand": 10, "region": "N", "category": "it", "incumbent": "A", "switching_cost": 3},
    ],
    "suppliers": [
        {"id": "B", "quality": 70, "sme": True, "capacity": 25, "fixed_cost": 0.1},
        {"id": "A", "quality": 80, "sme": False, "capacity": None, "fixed_cost": 2},
    ],
    "bids": [{"lot": lot, "supplier": name, "price": 5.1} for lot in ("L1", "L2") for name in "BA"],
    "bundles": [{"id": "b", "supplier": "A", "lots": ["L2", "L1"], "price": 100}],
    "rules": [{"id": "R2", "type": "max_winners", "value": 1}, {"id": "R1", "type": "exclude", "group": {"sme": True}}],
    "tiers": {"A": {"kind": "incremental", "basis": "spend", "breaks": [0, 50], "discount": [0, 0.1]}},
}


def refused(**given):
    with pytest.raises(InvalidInput) as error:
        AwardProblem(**given)
    found = error.value.findings
    assert all(f.line("en") and f.line("zh") and "{" not in f.line("en") + f.line("zh") for f in found)
    return [f.code.removeprefix("award.") for f in found]


def test_the_parts_are_exact_and_in_canonical_order():
    problem = AwardProblem(**BASE, grid=100)
    assert list(problem.lots) == ["L1", "L2"] and list(problem.suppliers) == ["A", "B"]
    assert list(problem.bids) == [(lot, name, "") for lot in ("L1", "L2") for name in "AB"]
    assert list(problem.rules) == ["R1", "R2"] and problem.bundles["b"].lots == ("L1", "L2")
    assert problem.bids["L1", "A", ""].price == Fraction(51, 10)
    assert problem.suppliers["B"].fixed_cost == Fraction(1, 10) and problem.suppliers["A"].capacity is None
    assert problem.suppliers["A"].tiers.kind == "incremental"
    assert problem.terms.grid == 100 and problem.standing == "exploratory"


def test_frames_lists_parts_and_a_document_give_the_same_problem(tmp_path):
    problem = AwardProblem(**BASE)
    frames = {name: pd.DataFrame(BASE[name]) for name in ("lots", "suppliers", "bids", "bundles")}
    path = tmp_path / "p.json"
    path.write_text(json.dumps(BASE), encoding="utf-8")
    parts = (problem.lots, problem.suppliers, problem.bids)
    again = AwardProblem(*parts, bundles=problem.bundles, rules=problem.rules, objective=problem.terms.goal)
    others = [AwardProblem(**BASE | frames), AwardProblem.read(path), again]
    assert all(other.parts == problem.parts and other.fingerprint == problem.fingerprint for other in others)


@given(st.randoms(use_true_random=False))
def test_the_order_of_rows_and_columns_never_matters(rng: random.Random):
    mixed = copy.deepcopy(BASE)
    for name in ("lots", "suppliers", "bids", "bundles", "rules"):
        mixed[name] = [
            dict(rng.sample(list(row.items()), len(row))) for row in rng.sample(mixed[name], len(mixed[name]))
        ]
    assert AwardProblem(**mixed).fingerprint == AwardProblem(**BASE).fingerprint


@settings(max_examples=60, deadline=None)
@given(small_problems())
def test_every_problem_is_read_again_from_its_own_parts(problem):
    """Whatever the strategies of the other tests make is a problem that can be read, and comes back unchanged."""
    terms = problem.terms
    parts = parts_of(
        list(problem.lots.values()),
        list(problem.suppliers.values()),
        list(problem.bids.values()),
        bundles=list(problem.bundles.values()),
        rules=[rule for rule in problem.rules.values() if _stated(problem, rule)],
        tiers=None,
        terms={"objective": terms.goal, "cover": terms.cover, "grid": terms.grid},
    )
    assert (parts.lots, parts.suppliers, parts.bids, parts.bundles) == (
        problem.lots,
        problem.suppliers,
        problem.bids,
        problem.bundles,
    )
    assert all(rule == _sorted(problem.rules[name]) for name, rule in parts.rules.items())


def _sorted(rule):
    return replace(rule, suppliers=tuple(sorted(rule.suppliers)), lots=tuple(sorted(rule.lots)))


def _stated(problem, rule):
    """Not a rule about a region or a category that no lot has."""
    return not rule.where or problem.lots_of(rule) != () or not rule.where.keys() & {"region", "category"}


def test_inputs_are_not_changed():
    before = copy.deepcopy(BASE)
    AwardProblem(**BASE)
    assert before == BASE


def test_suppliers_may_be_left_out_and_curves_may_stand_apart():
    bids = [{"lot": "L1", "supplier": "B", "price": None}, {"lot": "L2", "supplier": "a", "price": 3}]
    curves = pd.DataFrame([{"lot": "L1", "supplier": "B", "qlo": 0, "qhi": 10, "fixed": 0, "slope": 2}])
    problem = AwardProblem([{"id": "L1"}, {"id": "L2"}], None, bids, curves=curves)
    assert list(problem.suppliers) == ["B", "a"] and problem.suppliers["B"].capacity is None
    assert problem.bids["L1", "B", ""].base_cost(Fraction(10)) == 20


def test_everything_that_is_wrong_comes_at_once():
    wrong = copy.deepcopy(BASE)
    wrong["lots"][0] |= {"demand": -1, "incumbent": "Q"}
    wrong["suppliers"][0] |= {"capcity": 3}
    wrong["suppliers"].append({"id": "a"})
    wrong["bids"][0] |= {"lot": "L7", "min_share": 0.6, "max_share": 0.5}
    wrong["bids"][1] |= {"price": "cheap"}
    wrong["bundles"][0] |= {"lots": ["L1", "L8"]}
    wrong["rules"][0] |= {"type": "max_winer"}
    wrong["rules"][1] |= {"group": {"smee": True}}
    wrong["tiers"]["A"] |= {"breaks": [50, 0]}
    assert sorted(refused(**wrong, cover="exact")) == sorted(
        [
            *("cover", "tiers_start", "tiers_order", "not_positive", "column_near", "id_twice"),
            *("number.not_a_number", "unknown_lot", "share_order", "unknown_lot", "rule_kind"),
            *("unknown_supplier", "attribute_unknown"),
        ]
    )


def test_tables_that_are_none_are_said_once_and_not_again_for_each_reference():
    assert refused(**BASE | {"lots": "lots.csv"}) == ["table_shape", "no_lots"]
    assert refused(**BASE | {"lots": [{"lot": "L1"}]}) == ["column_missing", "no_lots"]
    assert refused(**BASE | {"suppliers": 5, "rules": [], "tiers": None}) == ["table_shape", "unknown_supplier"]


@pytest.mark.parametrize(
    ("name", "code"),
    [("nothing.json", "files.missing"), ("nothing", "award.path_missing"), ("x.csv", "award.path_kind")],
)
def test_a_path_that_leads_to_no_problem_is_refused(tmp_path, name, code):
    (tmp_path / "x.csv").write_text("a\n1\n", encoding="utf-8")
    with pytest.raises(InvalidInput) as error:
        read_problem(tmp_path / name)
    assert [f.code for f in error.value.findings] == [code]


def test_a_folder_holds_one_problem_and_no_case(tmp_path):
    (tmp_path / "lots.csv").write_text("id\nL1\n", encoding="utf-8")
    (tmp_path / "bids.csv").write_text("lot,supplier,price\nL1,A,3\n", encoding="utf-8")
    assert len(read_problem(tmp_path).bids) == 1
    with pytest.raises(InvalidInput, match=r"award\.case_not_read"):
        read_problem(tmp_path, "one")


def test_the_room_offers_its_names_when_they_are_asked_for():
    assert rooms.read_problem is read_problem and rooms.AwardProblem is AwardProblem
    assert set(rooms.__all__) <= set(dir(rooms)) and set(rooms.__all__) == set(rooms._HOMES)
    with pytest.raises(AttributeError, match="award_lot'"):
        rooms.award_lot  # noqa: B018
