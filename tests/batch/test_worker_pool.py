"""Inputs scored side by side in processes."""

from __future__ import annotations

import pytest

from batch_folders import job, market, quiet
from supplier_eval.batch.aside import leftovers
from supplier_eval.batch.dataset_sources import find_inputs
from supplier_eval.batch.worker_pool import Refused, attempt, one_by_one, side_by_side
from supplier_eval.errors import InvalidInput


@pytest.fixture
def files(tmp_path):
    source = tmp_path / "in"
    source.mkdir()
    for i in range(3):
        market(20 + i, ids=f"T{i}-{{}}").to_csv(source / f"{i}.csv", index=False)
    (source / "x.csv").write_text("a,b\n1,2\n")
    return find_inputs(source, tmp_path / "out").files


def test_processes_write_what_one_writes_and_tell_how_far_they_are(files, tmp_path):
    told = []
    work = job(tmp_path / "out", keep_going=True)
    alone = {a.entry.file: a.entry for a in one_by_one(files, work, quiet) if not isinstance(a, Refused)}
    answers = list(side_by_side(files, work, lambda *said: told.append(said), 2))
    assert {a.entry.file: a.entry for a in answers if not isinstance(a, Refused)} == alone
    (refused,) = [answer for answer in answers if isinstance(answer, Refused)]
    assert refused.file == "x.csv"
    assert {finding.code for finding in refused.findings} == {"batch.column.missing"}
    assert told


def test_a_file_that_cannot_be_read_ends_a_run_that_does_not_go_on(files, tmp_path):
    with pytest.raises(InvalidInput, match="no column"):
        attempt(files[3], job(tmp_path / "out"), quiet)
    with pytest.raises(InvalidInput, match="no column"):
        list(side_by_side(files[2:], job(tmp_path / "out"), quiet, 1))
    assert all(path.name.startswith(".2.csv") for path in leftovers(tmp_path / "out") if path.parent.name != "_tenders")
