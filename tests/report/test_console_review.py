"""What the command line shows of a review."""

from __future__ import annotations

from monitor_folders import SAMPLE, two_years
from supplier_eval.monitor.folder_review import review_folder
from supplier_eval.report.console_review import print_review


def test_suppliers_signals_and_standing_are_printed(capsys):
    print_review(two_years(), "en")
    out = capsys.readouterr().out
    for part in ("Reviewed: 2026-10", "Tiny Desk Ltd.", "Signals S03", "Standing: exploratory", "sha256:"):
        assert part in out


def test_one_supplier_is_explained(capsys):
    print_review(review_folder(SAMPLE, span=("2025-09", "2025-10"), supplier="S03"), "zh")
    out = capsys.readouterr().out
    assert "仅显示 S03" in out
    assert "Tiny Desk" not in out
