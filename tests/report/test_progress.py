"""A bar on stderr while a batch runs."""

from __future__ import annotations

import pytest

from supplier_eval.batch.dataset import BatchProgress
from supplier_eval.report.progress import batch_bar, told

SAID = BatchProgress(files=4, files_done=1, rows=120_000, share=0.5, file="招标[bold] a.csv")


def test_one_step_in_words():
    assert told(SAID, 2.0, "en") == "1/4 files, 120,000 bids, 60,000/s, 招标[bold] a.csv"
    assert told(SAID, 0.0, "zh").startswith("文件 1/4，投标 120,000 份，每秒 0 份")


@pytest.mark.parametrize("asked", [None, False])
def test_nothing_is_shown_where_nobody_sees_it(asked, capsys):
    with batch_bar("en", asked) as show:
        assert show is None
    assert capsys.readouterr() == ("", "")


def test_asked_for_it_is_shown_on_stderr(capsys):
    with batch_bar("en", True) as show:
        show(SAID)
    out, err = capsys.readouterr()
    assert out == ""
    assert "120,000 bids" in err
    assert "50%" in err
