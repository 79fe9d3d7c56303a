"""Values of columns are those of the value functions; missing is not zero."""

from __future__ import annotations

import numpy as np
import pandas as pd

from strategies import policy_mapping
from supplier_eval.batch import compile_plan
from supplier_eval.batch.columns import Bound
from supplier_eval.batch.faults import Faults
from supplier_eval.batch.values import criterion_values
from supplier_eval.policy import Policy


def valued(cells: list[object], considered: list[bool] | None = None, rounding: object = None, **criterion: object):
    mapping = policy_mapping(rounding=rounding or {})
    mapping["criteria"][0] |= criterion
    if criterion.get("source"):
        mapping["criteria"][0].pop("anchors")
    plan = compile_plan(Policy.from_mapping(mapping))
    frame = pd.DataFrame({"quality": pd.Series(cells), "capability": 50.0, "emergency": 50.0})
    bound = Bound({}, {c: c for c in frame.columns}, {}, {})
    faults = Faults(len(frame))
    mask = np.ones(len(frame), bool) if considered is None else np.array(considered)
    return criterion_values(plan, frame, bound, mask, faults)[0], faults


def test_marks_are_rounded_and_valued_on_their_range():
    values, faults = valued([79.5, 80.4], rounding={"mark": 0}, minimum=0, maximum=200)
    assert values.tolist() == [40.0, 40.0]
    assert not faults.found


def test_a_mark_outside_its_range_is_a_fault_with_the_range():
    _, faults = valued([101.0, -1.0, 100.0])
    assert [(f.code, f.at.tolist(), f.facts["maximum"]) for f in faults.found] == [
        ("batch.value.out_of_range", [0, 1], "100")
    ]
    assert valued([100.0000000001])[1].found[0].value == "100.0000000001"  # not 100, which would be inside


def test_a_missing_mark_is_a_fault_of_the_bids_that_are_considered():
    values, faults = valued([np.nan, np.nan, 50.0], considered=[True, False, True])
    assert [(f.code, f.at.tolist()) for f in faults.found] == [("batch.value.missing", [0])]
    assert np.isnan(values[:2]).all()


def test_a_cell_that_cannot_be_read_is_not_called_missing_as_well():
    _, faults = valued(["x", "50"])
    assert [f.code for f in faults.found] == ["batch.number.not_a_number"]


def test_none_is_worth_what_was_declared_for_it():
    values, faults = valued(["none", "80", None], source="facts", when_missing=35)
    assert values.tolist()[:2] == [35.0, 80.0]
    assert [(f.code, f.at.tolist()) for f in faults.found] == [("batch.value.missing", [2])]
    _, faults = valued(["none"], source="facts")
    assert [f.code for f in faults.found] == ["batch.value.missing"]
    values, faults = valued([np.nan, 80.0], source="past", when_missing=35)
    assert values.tolist() == [35.0, 80.0]
    assert not faults.found


def test_levels_and_yes_and_no_are_worth_what_the_policy_says():
    rubric = {"kind": "rubric", "levels": {"优": "100", "差": "10"}}
    assert valued(["优", "差"], value=rubric)[0].tolist() == [100.0, 10.0]
    assert valued([True, False], value={"kind": "yes_no", "no": "20"})[0].tolist() == [100.0, 20.0]
