"""The workbook to be filled in: read as it is, ranges and lists on its cells, and evaluated once it is filled in."""

from __future__ import annotations

import openpyxl
import pytest

from filled_templates import BIDS, EVALUATORS, best, fill_book
from supplier_eval.errors import InvalidInput
from supplier_eval.intake import read_tender, write_template
from supplier_eval.policy import Policy, profile_names
from supplier_eval.procedure import check_tender, evaluate
from supplier_eval.report import write_template_book

KNOWN = {"bids": BIDS, "evaluators": EVALUATORS}
POLICY = {"name": "p", "categories": [], "price": {"abnormal": [{"kind": "below_share_of_mean", "limit": 0.5}]}}
PRICE = {"id": "price", "name": "Price", "weight": 0, "source": "price", "price": {"formula": "lowest_over_price"}}


@pytest.mark.parametrize("name", profile_names())
def test_the_workbook_of_every_profile_evaluates_once_it_is_filled_in(name, tmp_path):
    policy = Policy.profile(name)
    *_, book = write_template_book(policy, tmp_path / "T", category=policy.categories[0], **KNOWN)
    assert evaluate(read_tender(fill_book(book, best(policy)))).ranking.order == BIDS


def test_the_empty_workbook_is_told_what_the_empty_folder_is_told(tmp_path):
    book, folder = tmp_path / "x" / "T", tmp_path / "f" / "T"
    write_template_book(Policy.default(), book, category="ITO", **KNOWN)
    write_template(Policy.default(), folder, category="ITO", **KNOWN)
    told = [[(f.code, f.column, f.rows) for f in check_tender(path)] for path in (book / "tender.xlsx", folder)]
    assert sorted(told[0]) == sorted(told[1])
    assert ("marks.mark.blank", "mark", tuple(range(2, 107))) in told[0]


def test_a_cell_takes_what_its_criterion_allows(tmp_path):
    write_template_book(Policy.default(), tmp_path / "T", category="ITO", lang="zh", **KNOWN)
    book = openpyxl.load_workbook(tmp_path / "T" / "tender.xlsx")
    marks = book["marks"]
    rules = {str(rule.sqref): rule for rule in marks.data_validations.dataValidation}
    assert len(rules) == marks.max_row - 1
    assert {(r.type, r.operator or "between", r.formula1, r.formula2) for r in rules.values()} == {
        ("decimal", "between", "0.0", "100.0")
    }
    assert marks["D1"].value == "mark" and all(at.startswith("D") for at in rules)
    lists = {rule.formula1 for rule in book["requirements"].data_validations.dataValidation if rule.type == "list"}
    assert lists == {'"是,否"', '"A,B,M,C,D"'}
    said = {row[0].value: row[1].value for row in book["x_criteria"].iter_rows()}
    assert said["team"] == "拟派团队" and said["tax_paid"]


def test_levels_that_a_list_cannot_hold_are_left_to_the_check(tmp_path):
    levels = {f"level {n:03d} of a long rubric": n for n in range(100)}
    for name, rubric in (("long", levels), ("comma", {"good, very": 100, "bad": 0})):
        data = {"id": "plan", "name": "Plan", "weight": 100, "source": "marks"}
        leaf = {**data, "value": {"kind": "rubric", "levels": rubric}}
        policy = Policy.from_mapping({**POLICY, "criteria": [leaf, PRICE]})
        write_template_book(policy, tmp_path / name, **KNOWN)
        book = openpyxl.load_workbook(tmp_path / name / "tender.xlsx")
        assert not book["marks"].data_validations.dataValidation


def test_a_folder_that_holds_anything_is_left_alone(tmp_path):
    (tmp_path / "tender.xlsx").write_bytes(b"mine")
    with pytest.raises(InvalidInput, match="is not empty"):
        write_template_book(Policy.profile("lpta"), tmp_path)
    assert (tmp_path / "tender.xlsx").read_bytes() == b"mine"
