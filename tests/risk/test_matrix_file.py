"""A matrix from a file."""

from __future__ import annotations

import pytest

from report.made_risks import SAMPLE
from supplier_eval.errors import InvalidInput
from supplier_eval.risk import RiskMatrix
from supplier_eval.risk.folder_tables import open_folder

BROKEN = """
cells = [["green"], ["green", "red"]]
colours = ["green", "red"]
[likelihood]
names = ["a", "b"]
edges = [1, 0, 2]
[impact]
names = ["a", "b"]
edges = [0, 1, 2]
"""


def test_the_matrix_of_the_sample():
    matrix = RiskMatrix.load(SAMPLE / "matrix.toml")
    assert matrix.to_frame().equals(open_folder(SAMPLE).matrix.to_frame())


def test_edges_say_their_axis_and_hide_no_ragged_row(tmp_path):
    path = tmp_path / "matrix.toml"
    path.write_text(BROKEN, "utf-8")
    with pytest.raises(InvalidInput) as refused:
        RiskMatrix.load(path)
    found = [(one.code, one.column) for one in refused.value.findings]
    assert ("risk_matrix.edges", "likelihood.edges") in found
    assert "risk_matrix.shape" in dict(found)


@pytest.mark.parametrize("wrong", [None, "nowhere.toml", 3])
def test_what_is_no_file_is_refused(wrong):
    with pytest.raises(InvalidInput):
        RiskMatrix.load(wrong)
