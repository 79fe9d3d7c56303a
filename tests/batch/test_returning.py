"""A tender that comes back is found, proven and told."""

from __future__ import annotations

import numpy as np
import pandas as pd

from supplier_eval.batch import seen_tenders
from supplier_eval.batch.dataset_sources import InputFile
from supplier_eval.batch.returning import TenderReturns, returns_in
from supplier_eval.batch.seen_tenders import tender_digests
from supplier_eval.errors import InvalidInput


def file_of(tmp_path, name: str, *tenders: str) -> InputFile:
    (tmp_path / name).write_text("tender,x\n" + "".join(f"{tender},1\n" for tender in tenders))
    return InputFile(tmp_path / name, name, "csv", "csv")


def digest(tender: str) -> np.uint64:
    return tender_digests(pd.Series([tender]))[0]


def test_both_places_are_told(tmp_path):
    one, two = file_of(tmp_path, "a.csv", "A", "A", "B", "b", "C"), file_of(tmp_path, "b.csv", "D", "Ｂ", "B")
    (finding,) = returns_in([one, two], lambda _: "tender", digest("B"))
    assert (finding.code, finding.value, finding.table, finding.rows) == (
        "batch.file.tender_returns",
        "B",
        "b.csv",
        (3,),
    )
    assert dict(finding.facts) == {"first_file": "a.csv", "first_rows": "4-5", "file": "b.csv", "rows": "3-4"}
    assert not returns_in([one, two], lambda _: "tender", digest("D"))
    assert issubclass(TenderReturns, InvalidInput)


def test_a_row_without_tender_does_not_part_a_tender(tmp_path):
    one = file_of(tmp_path, "a.csv", "A", '""', "A", "B", "A")
    (finding,) = returns_in([one], lambda _: "tender", digest("A"))
    assert (finding.facts["first_rows"], finding.facts["rows"]) == ("2-4", "6")
    assert not returns_in([one], lambda _: "tender", digest("B"))


def test_two_tenders_of_one_digest_are_not_accused(tmp_path, monkeypatch):
    monkeypatch.setattr(seen_tenders.pd.util, "hash_array", lambda keys, **_: np.full(len(keys), 5, np.uint64))
    one = file_of(tmp_path, "a.csv", "A", "B")
    two = file_of(tmp_path, "b.csv", "C", "D")
    assert not returns_in([one, two], lambda _: "tender", np.uint64(5))
