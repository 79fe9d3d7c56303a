"""The table of a weight stability."""

from __future__ import annotations

import pandas as pd

from supplier_eval.robustness.stability_front import weight_stability
from supplier_eval.robustness.stability_rows import COLUMNS, stability_frame
from supplier_eval.score.sheet import ScoreSheet


def test_one_row_a_node_with_the_documented_columns():
    values = pd.DataFrame({"quality": [90, 70], "price": [50, 80]}, index=["A", "B"])
    found = weight_stability(ScoreSheet.from_frame(values, {"quality": 0.7, "price": 0.3}))
    frame = stability_frame(found.nodes)
    assert list(frame.columns) == COLUMNS
    assert frame["node"].tolist() == [line.node.id for line in found.nodes]
    assert not frame.isna().to_numpy().any()
    row = frame.set_index("node").loc["quality"]
    assert row["challenger_low"] == "B"
    assert row["order_pair_low"] == "B > A"
    assert 0.9 * row["lower"] + 0.5 * (1 - row["lower"]) == 0.7 * row["lower"] + 0.8 * (1 - row["lower"])
