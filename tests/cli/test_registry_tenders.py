"""A tender out of the registry and its result into it, on the command line."""

from __future__ import annotations

import json
import shutil

import pytest

from registry_sample import DESK, TENDER, SampleStore
from supplier_eval.cli import main


@pytest.fixture
def store(tmp_path):
    """The sample store before there was a result; the commands open it again."""
    kept = SampleStore(tmp_path, "tender")
    kept.registry.close()
    return str(kept.path)


def run(capsys, *arguments: str) -> tuple[int, str, str]:
    code = main(["registry", *arguments])
    return (code, *capsys.readouterr())


def test_a_folder_is_written_and_each_file_is_named(store, tmp_path, capsys):
    out = tmp_path / "out"
    asked = ("folder", TENDER, "--out", str(out), "--policy", str(DESK / "policy.toml"), "--store", store)
    code, printed, _ = run(capsys, *asked)
    assert code == 0
    assert sorted(printed.split()) == sorted(str(path) for path in out.iterdir())
    code, _, err = run(capsys, *asked)
    assert code == 1
    assert err.count("keeping.file_there") == 8


def test_another_policy_or_none_is_refused(store, tmp_path, capsys):
    asked = ("folder", TENDER, "--out", str(tmp_path / "out"), "--store", store)
    code, _, err = run(capsys, *asked, "--policy", "profile:service-outsourcing")
    assert (code, "keeping.policy_other" in err) == (1, True)
    assert run(capsys, *asked)[0] == 2
    assert not (tmp_path / "out").exists()


def test_a_result_is_drafted_for_each_lot(store, capsys):
    code, printed, _ = run(capsys, "keep", TENDER, str(DESK), "--store", store, "--actor", "ann")
    assert code == 0
    assert printed.splitlines()[0] == f"{TENDER}-L1-1  draft  binding  YX-1, QH-1, BT-1, HZ-1, LM-1"
    code, printed, _ = run(capsys, "keep", TENDER, str(DESK), "--store", store, "--actor", "ann", "--format", "json")
    results = json.loads(printed)["results"]
    assert [one["fields"]["id"] for one in results] == [f"{TENDER}-{lot}-2" for lot in ("L1", "L2", "L3")]
    assert {one["changed_by"] for one in results} == {"ann"}


def test_a_folder_that_says_otherwise_is_refused_and_nothing_is_kept(store, tmp_path, capsys):
    folder = shutil.copytree(DESK, tmp_path / "desk")
    bids = (folder / "bids.csv").read_text(encoding="utf-8")
    (folder / "bids.csv").write_text(bids.replace("2026-03-10 09:37", "2026-03-10 09:29"), encoding="utf-8")
    code, printed, err = run(capsys, "keep", TENDER, str(folder), "--store", store)
    assert (code, printed) == (1, "")
    assert "keeping.differs" in err
    code, printed, _ = run(capsys, "find", "result", "--store", store, "--format", "json")
    assert json.loads(printed)["records"] == []


def test_an_unknown_tender_is_named(store, capsys):
    code, _, err = run(capsys, "keep", "service-desk-2025", str(DESK), "--store", store)
    assert code == 1
    assert TENDER in err
