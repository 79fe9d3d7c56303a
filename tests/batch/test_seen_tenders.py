"""Which tenders have come already."""

from __future__ import annotations

import numpy as np
import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from supplier_eval.batch.aside import AsideFile
from supplier_eval.batch.seen_tenders import BLANK, SeenTenders, read_digests, tender_digests


def test_spellings_of_one_id_have_one_digest_and_a_blank_has_none():
    digests = tender_digests(pd.Series(["T1", "t1", "Ｔ１", " T1 ", "T2", None, "", "\u200b"], dtype=object))
    assert len(set(digests[:4].tolist())) == 1
    assert digests[4] != digests[0]
    assert (digests[5:] == BLANK).all()


def test_whole_numbers_and_their_text_are_one_tender():
    assert tender_digests(pd.Series([15, 7])).tolist() == tender_digests(pd.Series(["15", "7"])).tolist()
    assert tender_digests(pd.Series(["00123"])) != tender_digests(pd.Series(["123"]))
    assert tender_digests(pd.Series(["NA"]))[0] != BLANK


def test_digests_do_not_change_between_versions():
    assert tender_digests(pd.Series(["T1"])).tolist() == [17_448_361_497_281_877_568]


@given(st.lists(st.lists(st.integers(1, 60), unique=True, max_size=20), max_size=30))
def test_a_set_in_runs_is_a_set(rounds):
    seen, plain = SeenTenders(), set()
    for numbers in rounds:
        met = seen.add(np.array(sorted(numbers), dtype=np.uint64))
        assert met.tolist() == sorted(plain & set(numbers))
        plain |= set(numbers)
        assert len(seen) == len(plain)
    assert seen.all().tolist() == sorted(plain)


def test_what_is_written_is_read_back(tmp_path):
    for numbers in ([], [2**64 - 1, 7, 9]):
        seen = SeenTenders()
        seen.add(np.array(sorted(numbers), dtype=np.uint64))
        with AsideFile(tmp_path / "t.u64") as aside:
            seen.write(aside)
            aside.seal()
        assert read_digests(aside.temporary).tolist() == sorted(numbers)
        assert aside.bytes == 8 * len(numbers)
