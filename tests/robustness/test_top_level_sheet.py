"""The sheet on its top criteria has the same totals, and nodes that are leaves."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd

import supplier_eval as se
from supplier_eval.robustness.scored import scored_bids
from supplier_eval.robustness.top_level_sheet import inside_top, top_level

SAMPLES = Path(__file__).parents[2] / "data" / "samples"


def test_the_totals_of_the_top_criteria_are_those_of_the_leaves():
    for sample in ("museum-services", "service-desk"):
        for result in se.evaluate(se.read_tender(SAMPLES / sample)).lots.values():
            sheet = result.sheet
            top = top_level(sheet)
            assert top.criteria == tuple(root.id for root in sheet.tree.roots)
            np.testing.assert_allclose(scored_bids(top).totals, scored_bids(sheet).totals, atol=1e-9)
            assert abs(top.weights.sum() - 1) < 1e-12 and np.allclose(inside_top(sheet).sum(axis=1), 1)
            assert [node.id for node in scored_bids(top).nodes] == list(top.criteria)
            assert scored_bids(top).winner == scored_bids(sheet).winner
            assert top.standing == "exploratory" and sheet.standing == result.sheet.standing


def test_a_sheet_made_from_a_table_has_no_levels():
    sheet = se.ScoreSheet.from_frame(pd.DataFrame({"q": [1, 2], "p": [2, 1]}, index=["A", "B"]), {"q": 0.5, "p": 0.5})
    assert top_level(sheet) is sheet and inside_top(sheet).tolist() == [[1, 0], [0, 1]]


def test_exact_volumes_can_be_computed_at_the_top_where_there_are_too_many_leaves():
    result = se.evaluate(se.read_tender(SAMPLES / "service-desk")).lots["L1"]
    found = se.robustness.exact_acceptability(top_level(result.sheet))
    assert abs(found.closure) < 1e-9 or abs(found.closure - 1) < 1e-9
