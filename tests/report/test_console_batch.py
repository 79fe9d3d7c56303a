"""What the command line shows of a batch."""

from __future__ import annotations

from pathlib import Path

import pytest

from supplier_eval.batch.counts import Counts
from supplier_eval.batch.summary import BatchSummary, FileSummary
from supplier_eval.errors import Finding
from supplier_eval.report.console_batch import files_table, print_batch


def summary(n: int) -> BatchSummary:
    files = tuple(FileSummary(f"{i:03}.csv", "scored", Counts(1200, 1200, 0, 2, 2, 0), f"{i:03}.csv") for i in range(n))
    refused = FileSummary("z.csv", "refused", findings=(Finding("files.empty", "z.csv"),))
    return BatchSummary((*files, refused), Path("结果"), "sha256:a", "1", "local", "exploratory", ("why not",))


def test_refused_files_come_first_and_the_rest_is_counted(capsys):
    assert [row[0] for row in files_table(summary(3), "en").rows] == ["z.csv", "000.csv", "001.csv", "002.csv"]
    print_batch(summary(60), "en")
    printed = capsys.readouterr().out
    assert "and 21 more files" in printed
    assert "Bids: 72,000" in printed
    assert "why not" in printed


@pytest.mark.parametrize(
    ("lang", "words"),
    [("en", ("refused", "Folder: 结果", "why it is out")), ("zh", ("拒绝", "文件夹：结果", "出局原因"))],
)
def test_it_speaks_both_languages(lang, words, capsys):
    print_batch(summary(1), lang)
    printed = capsys.readouterr().out
    assert all(word in printed for word in words)
