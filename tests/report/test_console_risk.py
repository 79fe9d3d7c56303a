"""What the command line shows of risks."""

from __future__ import annotations

from report.made_risks import made
from supplier_eval.report.console_risk import print_risks, tables_of
from supplier_eval.risk.answers import RiskAnswers


def test_the_tables_follow_their_questions(capsys):
    print_risks(made(), "en")
    said = capsys.readouterr().out
    assert said.index("Where do the risks lie") < said.index("R01") < said.index("What may a year cost")
    print_risks(made(), "zh")
    assert "各供应商风险如何" in capsys.readouterr().out


def test_without_a_matrix_the_risks_stand_under_the_register():
    answers = dict(made().answers)
    del answers["matrix"], answers["places"]
    few = RiskAnswers("f", made().as_of, answers, {"matrix": ("matrix.toml",), "places": ("matrix.toml",)})
    assert "places" not in tables_of(few, "en")
    assert tables_of(few, "en")["register"].rows[0][6] == ""


def test_nothing_at_all_says_so(capsys):
    print_risks(RiskAnswers("f", made().as_of, {}, {"matrix": ("matrix.toml",)}), "en")
    assert "Left out" in capsys.readouterr().out


def test_a_page_may_show_every_risk():
    assert len(tables_of(made(), "en", 500)["places"].rows) == len(made().register.risks)
    assert len(tables_of(made(), "en")["places"].rows) < len(made().register.risks)
