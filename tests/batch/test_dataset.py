"""Files of bids of any size, scored into a folder."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pandas as pd
import pytest

from batch_folders import POLICY, contents, market, results
from made_batches import made_batch
from strategies import policy_mapping
from supplier_eval.batch import score_dataset, score_frame
from supplier_eval.errors import InvalidInput
from supplier_eval.policy import Policy


@pytest.fixture
def source(tmp_path):
    folder = tmp_path / "in"
    (folder / "二 月").mkdir(parents=True)
    market(30, 1, "A{}").to_csv(folder / "a.csv", index=False)
    market(25, 2, "B{}").to_parquet(folder / "b.parquet", index=False)
    market(20, 3, "招{}").to_csv(folder / "二 月" / "c d.csv", index=False, encoding="gb18030")
    return folder


def codes(refused) -> list[str]:
    return [finding.code for finding in refused.value.findings]


def test_files_hold_what_the_frame_holds_whatever_the_batch_and_the_workers(source, tmp_path):
    said = []
    found = []
    for i, (batch_rows, workers) in enumerate(((1, 1), (7, 1), (65_536, 2))):
        out = tmp_path / f"out{i}"
        summary = score_dataset(source, str(out), POLICY, batch_rows=batch_rows, workers=workers, progress=said.append)
        found.append(contents(out))
        assert (summary.counts.tenders, summary.counts.rows_rejected, summary.complete) == (75, 0, True)
    assert found[0] == found[1] == found[2]
    frame = score_frame(market(25, 2, "B{}"), POLICY)
    pd.testing.assert_frame_equal(
        results(tmp_path / "out0" / "b.parquet").astype(frame.dtypes), frame, check_exact=True
    )
    chinese = results(tmp_path / "out0" / "二 月" / "c d.csv")
    assert chinese["tender"].tolist() == market(20, 3, "招{}")["tender"].tolist()
    assert (tmp_path / "out0" / "二 月" / "c d.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    assert said[-1].share == pytest.approx(1.0)
    assert (said[-1].files, said[-1].files_done, said[-1].rows) == (3, 3, summary.counts.rows)


@pytest.mark.parametrize("seed", range(8))
def test_random_policies_give_the_bits_of_the_frame_in_every_batch(tmp_path, seed):
    made = made_batch(seed, 9)
    rows = made.frame.sort_values("tender", kind="stable", ignore_index=True)
    rows.to_parquet(tmp_path / "a.parquet", row_group_size=11, index=False)
    asked = {"robustness": ("radius",)} if seed % 4 == 0 else {}
    frame = score_frame(pd.read_parquet(tmp_path / "a.parquet"), made.policy, **asked)
    found = set()
    for batch_rows in (1, 7, 65_536):
        out = tmp_path / str(batch_rows)
        score_dataset(tmp_path / "a.parquet", out, made.policy, batch_rows=batch_rows, **asked)
        found.add((out / "a.parquet").read_bytes())
    assert len(found) == 1
    scored = results(tmp_path / "7" / "a.parquet")
    assert list(scored.columns) == list(frame.columns)
    for name in frame.columns[len(rows.columns) :]:
        ours, theirs = (one[name].astype(object).where(one[name].notna(), None).tolist() for one in (scored, frame))
        assert ours == theirs, name


def test_a_second_run_keeps_what_is_there_and_a_changed_input_is_done_again(source, tmp_path):
    out = tmp_path / "out"
    score_dataset(source, out, POLICY)
    before = contents(out)
    again = score_dataset(source, out, POLICY)
    assert [file.state for file in again.files] == ["kept"] * 3
    assert contents(out) == before
    market(31, 1, "A{}").to_csv(source / "a.csv", index=False)
    changed = score_dataset(source, out, POLICY)
    assert [file.state for file in changed.files] == ["scored", "kept", "kept"]
    assert changed.counts.tenders == 76


def test_another_policy_is_refused_or_begins_anew(source, tmp_path):
    out = tmp_path / "out"
    score_dataset(source, out, POLICY)
    other = Policy.from_mapping(policy_mapping({"quality": 40, "price": 30}))
    with pytest.raises(InvalidInput) as refused:
        score_dataset(source, out, other)
    assert codes(refused) == ["batch.target.other_run"]
    summary = score_dataset(source, out, other, resume=False)
    assert summary.policy_fingerprint == other.fingerprint
    assert [file.state for file in summary.files] == ["scored"] * 3


def test_bad_rows_stop_the_run_and_what_is_finished_stays(source, tmp_path):
    frame = market(9, 4, "Z{}")
    frame.loc[4, "price"] = -5.0
    frame.to_csv(source / "z.csv", index=False)
    out = tmp_path / "out"
    with pytest.raises(InvalidInput) as refused:
        score_dataset(source, out, POLICY)
    assert (codes(refused), refused.value.findings[0].rows) == (["batch.price.not_positive"], (6,))
    assert (out / "a.csv").exists()
    assert not (out / "z.csv").exists()
    summary = score_dataset(source, out, POLICY, keep_going=True)
    assert [file.state for file in summary.files] == ["kept", "kept", "scored", "scored"]
    mine = (frame["tender"] == frame["tender"][4]).sum()
    assert summary.counts.rows_rejected == mine
    assert summary.counts.rows == summary.counts.rows_scored + mine
    assert summary.files[2].rejects == "_rejects/z.csv"
    assert len(results(out / "_rejects" / "z.csv")) == mine


def test_a_file_that_cannot_be_read_is_refused_and_tried_again(source, tmp_path):
    whole = (source / "b.parquet").read_bytes()
    (source / "b.parquet").write_bytes(whole[: len(whole) // 2])
    summary = score_dataset(source, tmp_path / "out", POLICY, keep_going=True)
    assert [file.state for file in summary.files] == ["scored", "refused", "scored"]
    assert [finding.code for finding in summary.refused[0].findings] == ["files.parquet.damaged"]
    (source / "b.parquet").write_bytes(whole)
    assert score_dataset(source, tmp_path / "out", POLICY).complete
    score_dataset(source, tmp_path / "other", POLICY)
    assert contents(tmp_path / "out") == contents(tmp_path / "other")


@pytest.mark.parametrize("keep_going", [False, True])
def test_a_tender_in_two_files_is_always_an_error(source, tmp_path, keep_going):
    market(1, ids="a7").to_csv(source / "x.csv", index=False)
    with pytest.raises(InvalidInput, match=r"A7 comes back: in a\.csv \(rows: .*\), and again in x\.csv"):
        score_dataset(source, tmp_path / "out", POLICY, keep_going=keep_going)
    assert not (tmp_path / "out" / "a.csv").exists()
    assert (tmp_path / "out" / "b.parquet").exists()


def test_columns_are_mapped_and_one_format_is_written(source, tmp_path):
    frame = market(5, 6).rename(columns={"tender": "招标", "bidder": "投标人", "quality": "质量"})
    frame.to_csv(tmp_path / "excel.csv", index=False, encoding="gb18030", sep=";")
    columns = {"tender": "招标", "bid": "投标人", "criteria": {"quality": "质量"}}
    summary = score_dataset(tmp_path / "excel.csv", tmp_path / "out", POLICY, columns=columns, to="parquet")
    out = results(tmp_path / "out" / "excel.parquet")
    assert summary.files[0].output == "excel.parquet"
    assert out["total"].tolist() == score_frame(market(5, 6), POLICY)["total"].tolist()
    assert out["招标"].tolist() == frame["招标"].tolist()


def test_a_batch_binds_under_the_published_policy_only(source, tmp_path):
    assert score_dataset(source, tmp_path / "out", POLICY, published=POLICY.fingerprint).standing == "binding"
    again = score_dataset(source, tmp_path / "out", POLICY)
    assert (again.standing, len(again.standing_reasons)) == ("exploratory", 1)


def test_wrong_arguments_are_all_told_at_once(source, tmp_path):
    with pytest.raises(InvalidInput) as refused:
        score_dataset(3, tmp_path / "out", "policy", engine="spark", to="xlsx", lang="fr", address=7, progress=5)
    assert set(codes(refused)) >= {
        "batch.option.engine",
        "batch.option.to",
        "batch.option.lang",
        "batch.option.progress",
        "batch.option.address",
    }
    with pytest.raises(InvalidInput) as refused:
        score_dataset(source, tmp_path / "out", POLICY, workers=0, batch_rows=1.5, resume="yes", seed=-1)
    assert len(refused.value.findings) == 4
    with pytest.raises(InvalidInput) as refused:
        score_dataset(source, tmp_path / "out", POLICY, robustness=["luck"])
    assert codes(refused) == ["batch.robustness.unknown"]
    with pytest.raises(InvalidInput):
        score_dataset(source, tmp_path / "out", POLICY, robustness=["expected_rank"], draws=10**9)
    assert not (tmp_path / "out").exists()


def test_a_full_disk_is_told_in_words(source, tmp_path, monkeypatch):
    from supplier_eval.batch.aside import AsideFile

    def full(self, data):
        raise OSError(28, "No space left on device")

    out = tmp_path / "out"
    score_dataset(source / "a.csv", out, POLICY)
    monkeypatch.setattr(AsideFile, "write", full)
    with pytest.raises(InvalidInput, match="No space left on device"):
        score_dataset(source / "b.parquet", tmp_path / "other", POLICY)
    assert (out / "a.csv").exists()


RUN = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[3])
from batch_folders import POLICY
from supplier_eval.batch import score_dataset
if __name__ == "__main__":
    score_dataset(sys.argv[1], sys.argv[2], POLICY, workers=2, batch_rows=40, keep_going=True)
"""


def test_after_kills_at_any_moment_a_resumed_batch_has_the_same_bytes(tmp_path):
    """Runs with two workers, killed with SIGKILL a random while after the first byte is written."""
    source, out = tmp_path / "in", tmp_path / "out"
    source.mkdir()
    for i in range(8):
        frame = market(120, i, f"F{i}-{{}}")
        frame.loc[frame.index[::97], "quality"] = 300.0
        frame.to_csv(source / f"{i}.csv", index=False) if i % 2 else frame.to_parquet(source / f"{i}.parquet")
    whole = score_dataset(source, tmp_path / "whole", POLICY, keep_going=True)
    script = tmp_path / "run.py"
    script.write_text(RUN)
    rng = random.Random(5)
    for _ in range(2):
        command = [sys.executable, str(script), str(source), str(out), str(Path(__file__).parents[1])]
        with subprocess.Popen(command) as child:
            before = _bytes(out)
            while child.poll() is None and _bytes(out) == before:
                time.sleep(0.005)
            time.sleep(rng.random() * 0.3)
            child.send_signal(signal.SIGKILL)
    summary = score_dataset(source, out, POLICY, keep_going=True)
    assert contents(out) == contents(tmp_path / "whole")
    assert summary.counts == whole.counts


def _bytes(folder) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) if folder.exists() else 0
