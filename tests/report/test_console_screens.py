"""What the command line shows of screens."""

from __future__ import annotations

from integrity.made_markets import tender
from report.made_screens import made
from supplier_eval.integrity import screen_bids
from supplier_eval.integrity.screen_answers import ScreenAnswers
from supplier_eval.report.console_screens import print_screens


def test_what_was_tested_then_the_flags_then_what_a_flag_is(capsys):
    print_screens(made(), "en")
    said = capsys.readouterr().out
    assert said.index("What was tested") < said.index("Flags, the heaviest first") < said.index("A flag is a question")
    assert said.strip().endswith("Standing: exploratory")
    print_screens(made(), "zh")
    assert "提示（由重到轻）" in capsys.readouterr().out


def test_one_quiet_tender(capsys):
    print_screens(ScreenAnswers(screen_bids(tender("T", 0, ("A", 1.0), ("B", 2.0), ("C", 3.7)))), "en")
    assert "No flag." in capsys.readouterr().out
