"""What the command line shows of planning."""

from __future__ import annotations

from dataclasses import replace

from report.made_planning import made
from supplier_eval.report.console_planning import print_planning, tables_of


def test_answers_stand_in_order_with_their_tables_and_the_standing(capsys):
    print_planning(made(), "en")
    said = capsys.readouterr().out
    at = [
        said.index(text)
        for text in ("Needs\n", "N01", "Costs of the options", "nights / whole", "44.5 in place of 39", "Comparison of")
    ]
    assert at == sorted(at)
    assert "Standing: binding" in said and made().policy_fingerprint in said
    print_planning(made(), "zh")
    assert "各方案成本" in capsys.readouterr().out


def test_only_what_was_answered_has_tables(capsys):
    few = replace(made(), costs=None, comparison=None)
    assert set(tables_of(few, "en")) == {"needs"}
    print_planning(few, "zh")
    said = capsys.readouterr().out
    assert "需求" in said and "各方案成本" not in said
