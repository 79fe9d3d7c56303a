"""The folder of a batch before and after."""

from __future__ import annotations

import pytest

from batch_folders import contents, job, market, quiet
from supplier_eval.batch.dataset_file import score_file
from supplier_eval.batch.dataset_sources import find_inputs
from supplier_eval.batch.manifest import NAME
from supplier_eval.batch.returning import TenderReturns
from supplier_eval.batch.target_state import Published, clear, prepare
from supplier_eval.errors import InvalidInput

HEAD = {"policy": "sha256:a", "version": "1", "options": {"to": None, "lang": "en"}}


def tender_of(columns):
    return "tender"


@pytest.fixture
def finished(tmp_path):
    """Two inputs, scored and published."""
    source, target = tmp_path / "in", tmp_path / "out"
    source.mkdir()
    target.mkdir()
    market(8).to_csv(source / "a.csv", index=False)
    market(8, ids="U{}").to_csv(source / "b.csv", index=False)
    files = find_inputs(source, target).files
    manifest = prepare(target, HEAD, files, resume=True)
    published = Published(manifest, files, tender_of)
    for file in files:
        published.add(score_file(file, job(target), quiet))
    manifest.finish(manifest.entries["a.csv"].counts)
    return source, target, files


def codes(refused) -> list[str]:
    return [finding.code for finding in refused.value.findings]


def test_what_is_finished_and_verified_is_kept(finished):
    _, target, files = finished
    assert list(prepare(target, HEAD, files, resume=True).entries) == ["a.csv", "b.csv"]


@pytest.mark.parametrize("harm", ["cut", "gone", "flip", "input"])
def test_what_is_not_what_the_record_says_is_done_again(finished, harm):
    source, target, files = finished
    path = source / "a.csv" if harm == "input" else target / "a.csv"
    data = path.read_bytes()
    if harm == "gone":
        path.unlink()
    else:
        path.write_bytes({"cut": data[:-1], "flip": data[:-2] + b"\0\n", "input": data + b"\n"}[harm])
    assert list(prepare(target, HEAD, files, resume=True).entries) == ["b.csv"]
    assert not (target / "a.csv").exists()
    assert not (target / "_tenders" / "a.csv.u64").exists()


def test_temporary_files_of_a_killed_run_are_removed(finished):
    _, target, files = finished
    before = contents(target)
    (target / ".a.csv.77-aa.batch-part").write_bytes(b"half")
    (target / "_rejects").mkdir()
    (target / "_rejects" / ".a.csv.77-aa.batch-part").write_bytes(b"half")
    manifest = prepare(target, HEAD, files, resume=True)
    manifest.finish(manifest.entries["a.csv"].counts)
    assert contents(target) == before


@pytest.mark.parametrize("what", ["policy", "version", "options"])
def test_results_of_another_batch_are_refused_unless_one_begins_anew(finished, what):
    _, target, files = finished
    other = {**HEAD, what: {"to": "csv", "lang": "en"} if what == "options" else "other"}
    with pytest.raises(InvalidInput) as refused:
        prepare(target, other, files, resume=True)
    assert codes(refused) == ["batch.target.other_run"]
    assert (target / "a.csv").exists()
    assert not prepare(target, other, files, resume=False).entries
    assert not (target / "a.csv").exists()


def test_a_folder_that_holds_nothing_finished_takes_another_batch(tmp_path):
    prepare(tmp_path, HEAD, (), resume=True)
    assert prepare(tmp_path, {**HEAD, "policy": "b"}, (), resume=True).head["policy"] == "b"


def test_files_of_somebody_else_are_not_touched(finished):
    _, target, files = finished
    (target / NAME).unlink()
    with pytest.raises(InvalidInput) as refused:
        prepare(target, HEAD, files, resume=False)
    assert set(codes(refused)) == {"batch.target.not_ours"}
    (target / NAME).write_text("my notes\n")
    with pytest.raises(InvalidInput) as refused:
        prepare(target, HEAD, files, resume=False)
    assert codes(refused) == ["batch.target.no_manifest"]
    assert (target / NAME).read_text() == "my notes\n"


def test_results_of_an_input_that_is_gone_are_told(finished):
    source, target, _ = finished
    (source / "b.csv").unlink()
    with pytest.raises(InvalidInput, match=r"results of b\.csv"):
        prepare(target, HEAD, find_inputs(source, target).files, resume=True)


def test_a_tender_in_two_inputs_takes_the_results_of_both_away(finished):
    source, target, _ = finished
    market(1, ids="T00003").to_csv(source / "c.csv", index=False)
    files = find_inputs(source, target).files
    manifest = prepare(target, HEAD, files, resume=True)
    published = Published(manifest, files, tender_of)
    with pytest.raises(TenderReturns, match=r"T00003 comes back: in a\.csv \(rows: .*\), and again in c\.csv"):
        published.add(score_file(files[2], job(target), quiet))
    clear(target)
    assert list(manifest.entries) == ["b.csv"]
    assert not (target / "a.csv").exists()
    assert not (target / "c.csv").exists()
    assert list(prepare(target, HEAD, files, resume=True).entries) == ["b.csv"]
