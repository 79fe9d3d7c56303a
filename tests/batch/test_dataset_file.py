"""One input scored from beginning to end."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from batch_folders import POLICY, job, market, quiet, results
from supplier_eval.batch import score_frame
from supplier_eval.batch.aside import leftovers
from supplier_eval.batch.counts import Counts
from supplier_eval.batch.dataset_file import Sealed, score_file
from supplier_eval.batch.dataset_sources import InputFile
from supplier_eval.batch.returning import TenderReturns
from supplier_eval.errors import InvalidInput


def file_of(tmp_path, frame: pd.DataFrame, kind="csv", to=None) -> InputFile:
    path = tmp_path / f"in.{kind}"
    if kind == "csv":
        frame.to_csv(path, index=False)
    else:
        frame.to_parquet(path, index=False)
    return InputFile(path, path.name, kind, to or kind)


def read(sealed: Sealed, part: str, to: str) -> pd.DataFrame:
    named = sealed.temporary[part].with_suffix(f".{to}")
    sealed.temporary[part].rename(named)
    return results(named)


@pytest.mark.parametrize("kind", ["csv", "parquet"])
@pytest.mark.parametrize("to", ["csv", "parquet"])
@pytest.mark.parametrize("batch_rows", [1, 7, 65_536])
def test_results_are_those_of_the_frame_in_any_format_and_batch(tmp_path, kind, to, batch_rows):
    frame = market(25)
    sealed = score_file(file_of(tmp_path, frame, kind, to), job(tmp_path / "out", batch_rows=batch_rows), quiet)
    expected = score_frame(frame, POLICY)
    out = read(sealed, "output", to)
    assert sealed.entry.counts == Counts(len(frame), len(frame), 0, 25, 25, 0)
    assert list(out.columns) == list(expected.columns)
    for name in ("tender", "note", "value_price", "total", "margin"):
        assert out[name].astype(object).where(out[name].notna(), None).tolist() == (
            expected[name].astype(object).where(expected[name].notna(), None).tolist()
        )
    assert "rejects" not in sealed.temporary
    assert not (tmp_path / "out" / "in.csv").exists()


def test_bad_rows_stop_the_work_with_everything_of_their_block(tmp_path):
    frame = market(10)
    frame["price"] = frame["price"].astype(object)
    frame.loc[3, "price"] = "abc"
    frame.loc[5, "price"] = "0"
    with pytest.raises(InvalidInput) as refused:
        score_file(file_of(tmp_path, frame), job(tmp_path / "out"), quiet)
    assert {(f.code, f.rows) for f in refused.value.findings} == {
        ("batch.number.not_a_number", (5,)),
        ("batch.price.not_positive", (7,)),
    }
    assert not leftovers(tmp_path)


@pytest.mark.parametrize("batch_rows", [1, 7, 65_536])
def test_bad_rows_are_put_aside_with_their_tender_and_the_rest_goes_on(tmp_path, batch_rows):
    frame = market(40)
    frame.loc[50, "tender"] = None
    frame.loc[80, "quality"] = 101.0
    text = frame.to_csv(index=False).splitlines()
    text[101] += ",extra"
    text.insert(31, "")
    (tmp_path / "in.csv").write_text("\n".join(text))
    file = InputFile(tmp_path / "in.csv", "in.csv", "csv", "csv")
    sealed = score_file(file, job(tmp_path / "out", batch_rows=batch_rows, keep_going=True), quiet)
    bad = {frame.tender[80], frame.tender[100]}
    expected = frame.index[frame.tender.isin(bad) | frame.tender.isna()]
    rejects = read(sealed, "rejects", "csv")
    assert rejects["reject_row"].tolist() == [i + 2 + (i >= 30) for i in expected]
    codes = dict(zip(rejects["reject_row"], rejects["finding_codes"], strict=True))
    assert codes[53] == "batch.id.missing"
    assert codes[83] == "batch.value.out_of_range"
    assert codes[103] == "batch.row.too_many_cells"
    assert set(codes.values()) >= {"batch.tender.set_aside", "batch.row.of_broken_tender"}
    counts = sealed.entry.counts
    assert (counts.rows, counts.rows_rejected) == (len(frame), len(expected))
    assert counts.tenders_rejected == 2
    rest = score_frame(frame.drop(expected), POLICY)
    assert read(sealed, "output", "csv")["total"].tolist() == rest["total"].tolist()


@pytest.mark.parametrize("batch_rows", [1, 65_536])
@pytest.mark.parametrize("keep_going", [False, True])
def test_a_tender_that_comes_back_is_an_error_that_names_it(tmp_path, batch_rows, keep_going):
    frame = market(5)
    back = pd.concat([frame, frame.iloc[:1].assign(bidder="late", tender="t00000")])
    work = job(tmp_path / "out", batch_rows=batch_rows, keep_going=keep_going)
    with pytest.raises(TenderReturns, match=rf"again in in\.csv \(rows: {len(frame) + 2}\)"):
        score_file(file_of(tmp_path, back), work, quiet)
    assert not leftovers(tmp_path)


def test_a_file_of_nothing_but_odd_records_has_results_without_rows(tmp_path):
    (tmp_path / "in.csv").write_text(",".join(market(1).columns) + "\nA,B\nC\n")
    file = InputFile(tmp_path / "in.csv", "in.csv", "csv", "csv")
    sealed = score_file(file, job(tmp_path / "out", keep_going=True), quiet)
    assert sealed.entry.counts == Counts(2, 0, 2, 0, 0, 0)
    assert read(sealed, "output", "csv").empty
    assert len(read(sealed, "rejects", "csv")) == 2
    with pytest.raises(InvalidInput, match="the row has 2 cells"):
        score_file(file, job(tmp_path / "out"), quiet)


def test_a_file_of_blank_lines_is_refused(tmp_path):
    (tmp_path / "in.csv").write_text(",".join(market(1).columns) + "\n\n,,,,,,\n")
    file = InputFile(tmp_path / "in.csv", "in.csv", "csv", "csv")
    with pytest.raises(InvalidInput, match="no bids"):
        score_file(file, job(tmp_path / "out", keep_going=True), quiet)


def test_a_file_that_changes_while_it_is_read_is_refused(tmp_path):
    file = file_of(tmp_path, market(30))

    def meddle(name: str, rows: int, share: float) -> None:
        with Path(file.path).open("a", encoding="utf-8") as stream:
            stream.write("\n")

    with pytest.raises(InvalidInput, match="changed while it was read"):
        score_file(file, job(tmp_path / "out"), meddle)


def test_whoever_listens_hears_how_far_it_is(tmp_path):
    heard = []
    score_file(
        file_of(tmp_path, market(60), "parquet"), job(tmp_path / "out", batch_rows=20), lambda *a: heard.append(a)
    )
    assert heard[-1][2] == 1.0
    assert [share for _, _, share in heard] == sorted(share for _, _, share in heard)
    assert len(heard) > 3


def test_robustness_columns_do_not_depend_on_the_batch(tmp_path):
    frame = market(12)
    asked = ("acceptability", "radius")
    found = []
    for batch_rows in (1, 65_536):
        work = job(tmp_path / "out", batch_rows=batch_rows, robustness=asked)
        found.append(score_file(file_of(tmp_path, frame, "parquet"), work, quiet).entry.written["output"].sha256)
    assert found[0] == found[1]
