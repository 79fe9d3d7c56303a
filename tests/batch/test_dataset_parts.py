"""A long Parquet file in parts of whole tenders."""

from __future__ import annotations

import pandas as pd
import pytest

from batch_folders import job, market, quiet
from supplier_eval.batch import dataset_parts
from supplier_eval.batch.dataset_file import Sealed, score_file
from supplier_eval.batch.dataset_parts import Partings, border_of, partings, put_together, score_part
from supplier_eval.batch.dataset_sources import InputFile
from supplier_eval.batch.dataset_stream import Stream, open_stream
from supplier_eval.batch.returning import TenderReturns
from supplier_eval.batch.worker_pool import Refused, attempt
from supplier_eval.errors import InvalidInput


def stream_of(tmp_path, frame: pd.DataFrame, group: int = 10) -> Stream:
    frame.to_parquet(tmp_path / "a.parquet", index=False, row_group_size=group)
    return open_stream(InputFile(tmp_path / "a.parquet", "a.parquet", "parquet", "parquet"))


def windows_of(stream: Stream, least: int = 20) -> tuple[Partings, list]:
    parting = partings(stream, "tender", least)
    return parting, list(parting.moved([border_of(stream, "tender", window) for window in parting.windows]))


def scored(stream: Stream, windows, work) -> Sealed | Refused:
    parts = []
    for window in windows:
        stream.window = window
        parts.append(score_part(stream, work))
    stream.window = None
    return put_together(stream, work, parts)


@pytest.mark.parametrize("most", [1, 9, 60])
@pytest.mark.parametrize("group", [3, 10])
def test_parts_put_together_are_the_file_to_the_byte(tmp_path, most, group):
    frame = market(30, 3, ids="x{}", most=most)
    frame.loc[frame.index[::41], "quality"] = 200.0
    frame.loc[frame.index[5:8], "tender"] = None
    stream = stream_of(tmp_path, frame, group)
    work = job(tmp_path / "out", keep_going=True, batch_rows=5)
    parting, windows = windows_of(stream, 2 * group)
    assert not parting.proven  # x10 sorts before x2, and a missing id proves nothing
    assert windows[0].start == 0
    assert [w.stop for w in windows[:-1]] == [w.start for w in windows[1:]]
    assert windows[-1].stop == len(frame)
    above, below = frame["tender"].ffill(), frame["tender"].bfill()
    assert all(above[w.start - 1] != below[w.start] for w in windows[1:])
    together = scored(stream, windows, work)
    alone = score_file(stream.file, work, quiet)
    assert together.entry == alone.entry


def test_statistics_prove_that_parts_share_no_tender(tmp_path):
    frame = pd.DataFrame({"tender": [f"T{i // 10:03}" for i in range(60)], "x": 0})
    assert partings(stream_of(tmp_path, frame), "tender", 20).proven
    assert not partings(stream_of(tmp_path, frame, 11), "tender", 11).proven  # a border cuts a tender
    whole = frame.assign(tender=[i // 10 for i in range(60)])
    assert partings(stream_of(tmp_path, whole), "tender", 20).proven
    assert len(partings(stream_of(tmp_path, frame, 100), "tender", 20).windows) == 1


def test_what_statistics_take_for_two_tenders_is_scored_as_one(tmp_path):
    frame = market(2, ids="T{}", most=1).loc[[0, 0, 1, 1]].assign(tender=["T1", "T1", "t1", "t2"], bidder=list("abcd"))
    stream = stream_of(tmp_path, frame, 2)
    parting = partings(stream, "tender", 2)
    assert parting.proven
    work = job(tmp_path / "out")
    together = scored(stream, parting.windows, work)
    assert together.entry == score_file(stream.file, work, quiet).entry
    assert together.entry.counts.tenders == 2


def test_a_tender_that_a_border_cut_is_counted_afterwards_and_the_file_scored_in_one_go(tmp_path, monkeypatch):
    frame = market(12, ids="x{}", most=9)
    stream = stream_of(tmp_path, frame)
    parting, moved = windows_of(stream)
    assert list(parting.windows) != moved  # some border does cut a tender
    work = job(tmp_path / "out")
    again = []
    monkeypatch.setattr(dataset_parts, "attempt", lambda *given: again.append(given) or attempt(*given))
    together = scored(stream, parting.windows, work)  # as if nobody had moved the borders
    assert len(again) == 1
    assert together.entry == score_file(stream.file, work, quiet).entry
    scored(stream, moved, work)
    assert len(again) == 1


def test_a_tender_in_two_parts_comes_back(tmp_path):
    frame = pd.concat([market(12, ids="x{}"), market(1, ids="x0").assign(bidder="late").iloc[:1]])
    stream = stream_of(tmp_path, frame)
    _, windows = windows_of(stream)
    with pytest.raises(TenderReturns, match="x0 comes back"):
        scored(stream, windows, job(tmp_path / "out", keep_going=True))


def test_a_part_that_cannot_be_scored_refuses_the_file(tmp_path):
    frame = market(12).assign(price=-1.0)
    stream = stream_of(tmp_path, frame)
    with pytest.raises(InvalidInput, match="not above zero"):
        score_part(stream, job(tmp_path / "out"))
    nameless = stream_of(tmp_path, frame.drop(columns="price"))
    assert isinstance(score_part(nameless, job(tmp_path / "out", keep_going=True)), Refused)
    refused = Refused("a.parquet", ())
    assert put_together(stream, job(tmp_path / "out"), [refused]) is refused
