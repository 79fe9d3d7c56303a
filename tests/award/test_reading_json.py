"""JSON documents: one problem, cases by id, exact figures; what nobody would read is refused."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path

import pytest

from supplier_eval.award.reading import read_problem
from supplier_eval.award.reading_json import given_by_document
from supplier_eval.errors import InvalidInput

FIXTURE = Path(__file__).parents[1] / "fixtures" / "awards.json"
CASES = json.loads(FIXTURE.read_text(encoding="utf-8"))["cases"]
ONE = {
    "schema": "award-instance/1",
    "name": "one",
    "seed": 1,
    "sense": "min_cost",
    "lots": [{"id": "L1", "demand": 7.1, "category": "C0", "region": "R4", "baseline": 15.54}],
    "suppliers": [{"id": "S", "capacity": 871.0, "fixed_cost": 53.0, "quality": 69.8, "sme": False}],
    "bids": [{"lot": "L1", "supplier": "S", "price": 0.1, "max_share": 1.0}],
    "tiers": {"S": {"kind": "all_units", "basis": "spend", "breaks": [0.0, 4150.0], "discount": [0.0, 0.0164]}},
    "rules": [{"id": "R1", "type": "max_winners", "value": 6}],
}


def written(tmp_path, document, name="problem.json"):
    path = tmp_path / name
    path.write_text(document if isinstance(document, str) else json.dumps(document), encoding="utf-8")
    return path


def codes(path, case=None):
    given, found = given_by_document(path, case)
    assert all(f.line("en") and f.line("zh") and "{" not in f.line("en") + f.line("zh") for f in found)
    assert given is None or not any(f.code.startswith("award.document") for f in found)
    return [(f.code, f.value) for f in found]


@pytest.mark.parametrize("case", [case["id"] for case in CASES])
def test_every_case_of_the_fixture_is_read_with_all_its_parts(case):
    problem, stated = read_problem(FIXTURE, case), next(one for one in CASES if one["id"] == case)
    for name in ("lots", "suppliers", "bids", "bundles", "rules"):
        assert len(getattr(problem, name)) == len(stated.get(name, ())), name
    for one in stated["bids"]:
        bid = problem.bids[one["lot"], one["supplier"], ""]
        assert (bid.price is None) == ("price" not in one) and len(bid.curve) == len(one.get("curve", ()))
        assert bid.price is None or float(bid.price) == one["price"]
    for one in stated["suppliers"]:
        tiers = problem.suppliers[one["id"]].tiers
        assert [float(low) for low in tiers.breaks if tiers] == one["tiers"]["breaks"] if tiers else "tiers" not in one
    assert problem.terms.cover == stated.get("cover", "exactly")
    assert problem.terms.goal.name == {"max_value": "value"}.get(stated.get("objective"), "cost")
    assert problem.standing == "exploratory"


def test_a_case_inside_an_analysis_is_read_too():
    assert len(read_problem(FIXTURE, "kbest-4x3-enumerated").bids) == 12


def test_an_instance_is_read_exactly(tmp_path):
    problem = read_problem(written(tmp_path, ONE))
    assert problem.bids["L1", "S", ""].price == Fraction(1, 10)
    assert problem.lots["L1"].demand == Fraction(71, 10) and problem.lots["L1"].baseline == Fraction("15.54")
    assert problem.lots["L1"].attributes == {"category": "C0"}
    assert problem.suppliers["S"].tiers.discount == (0, Fraction("0.0164"))
    assert problem.suppliers["S"].attributes == {"quality": Fraction("69.8"), "sme": False}
    assert problem.rules["R1"].kind == "max_winners" and problem.terms.goal.name == "cost"


def test_words_of_a_case_are_read(tmp_path):
    more = {"objective": "max_attr:quality", "sense": None, "free_disposal": True, "unserved_cost": 9}
    problem = read_problem(written(tmp_path, ONE | more))
    assert problem.terms.cover == "free_disposal" and problem.lots["L1"].unserved_cost == 9
    assert problem.terms.goal.stages[0].maximised


def test_several_problems_need_the_name_of_one(tmp_path):
    path = written(tmp_path, {"cases": [ONE | {"id": "a"}, ONE | {"id": "b"}]})
    assert codes(path) == [("award.case_missing", "")]
    assert codes(path, "c") == [("award.case_unknown", "c")]
    assert codes(path, "a") == []
    assert codes(written(tmp_path, {"cases": [ONE | {"id": "a"}]})) == []
    assert codes(written(tmp_path, ONE), "a") == [("award.case_unknown", "a")]


def test_keys_that_nobody_reads_are_refused_with_the_nearest(tmp_path):
    path = written(tmp_path, ONE | {"rule": [], "x_own": 1, "note": "read"})
    with pytest.raises(InvalidInput) as refused:
        read_problem(path)
    (finding,) = refused.value.findings
    assert (finding.code, finding.value, finding.facts["near"]) == ("award.key_unknown", "rule", "rules")


@pytest.mark.parametrize(
    ("document", "code"),
    [
        ("[1]", "award.document_shape"),
        ({"schema": "award-instance/9"}, "award.document_schema"),
        ("{", "files.json.syntax"),
        ('{"lots": 1, "lots": 2}', "files.json.key_twice"),
        ('{"lots": [{"id": "L", "demand": NaN}]}', "files.json.number"),
    ],
)
def test_what_is_no_document_of_a_problem_is_refused(tmp_path, document, code):
    assert [found for found, _ in codes(written(tmp_path, document))] == [code]
