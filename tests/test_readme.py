"""What the README shows runs as written."""

from __future__ import annotations

import ast
import re
import tempfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
CHINESE = (ROOT / "README.zh-CN.md").read_text(encoding="utf-8")


def run_block(number, monkeypatch, capsys):
    """What the README's Python block prints, run from the checkout."""
    monkeypatch.chdir(ROOT)
    code = re.findall(r"```python\n(.*?)```", README, re.DOTALL)[number]
    assert len([line for line in code.splitlines() if line.strip()]) <= 5
    exec(compile(code, "README.md", "exec"), {})
    return capsys.readouterr().out


def test_the_five_lines_run_and_print_the_published_totals(monkeypatch, capsys):
    printed = run_block(0, monkeypatch, capsys)
    assert "88.08" in printed
    assert "79.22" in printed
    assert "27.1 of 50 points" in printed


def test_the_lines_on_robustness_say_how_firm_the_winner_is(monkeypatch, capsys):
    printed = run_block(1, monkeypatch, capsys)
    assert "ATI OPERA" in printed
    assert "63.55 points or less" in printed
    assert printed.startswith(("Firm", "Sensitive", "Fragile"))


def test_the_lines_on_the_award_say_who_gets_what_and_what_the_next_best_costs(monkeypatch, capsys):
    printed = run_block(2, monkeypatch, capsys)
    assert "238320.0" in printed
    assert "worse by 1,602.56 CNY" in printed


def test_the_lines_on_a_market_find_the_recorded_winner_and_flags(monkeypatch, capsys):
    printed = run_block(3, monkeypatch, capsys)
    assert float(printed.split("\n")[0]) == pytest.approx(1211 / 1225)
    assert "companion of a winner, companions: 1 of" in printed


def test_the_lines_on_a_review_say_score_grade_and_proposal(monkeypatch, capsys):
    printed = run_block(4, monkeypatch, capsys)
    assert "no new invitations" in printed.lower()
    assert "basis: raw, contract" in printed


def test_the_lines_on_risks_say_what_a_year_costs_and_why_a_supplier_is_risky(monkeypatch, capsys):
    printed = run_block(5, monkeypatch, capsys)
    assert "standard error" in printed and "in no figure: 3" in printed
    assert "level D (high), 65.8 of 100 points of risk" in printed


def test_the_lines_on_planning_say_what_an_option_costs_and_how_firmly_one_is_first(monkeypatch, capsys):
    printed = run_block(6, monkeypatch, capsys)
    assert "present value 7,398,389 CNY" in printed and "5,641 tickets a month" in printed
    assert "nights: rank 1 of 3" in printed and "drawn worlds" in printed


def test_the_lines_on_the_registry_say_what_is_due_and_late_and_that_nothing_was_changed(monkeypatch, capsys, tmp_path):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    printed = run_block(7, monkeypatch, capsys)
    assert "[35 rows x 5 columns]" in printed
    assert "12 days late" in printed
    assert "Nothing is wrong." in printed


@pytest.mark.parametrize("name", ["first command", "test command"])
def test_the_two_commands_are_one_line_each(name):
    (command,) = re.findall(rf"<!-- {name} -->\n```bash\n(.*?)```", README, re.DOTALL)
    assert len(command.strip().splitlines()) == 1
    assert command.startswith("python3 -m venv .venv && ")


def test_every_document_that_the_readme_names_is_there():
    named = re.findall(r"`(docs/[\w.-]+\.md|CONTRIBUTING\.md)`", README)
    assert len(named) > 8
    assert not [name for name in named if not (ROOT / name).exists()]


def test_the_chinese_readme_has_the_same_commands():
    commands = [re.findall(r"<!-- [a-z ]+ -->\n```bash\n.*?```", text, re.DOTALL) for text in (README, CHINESE)]
    assert len(commands[0]) == 2
    assert commands[0] == commands[1]


def test_the_chinese_readme_has_the_same_code_with_remarks_of_its_own():
    blocks = [re.findall(r"```python\n(.*?)```", text, re.DOTALL) for text in (README, CHINESE)]
    meant = [[ast.dump(ast.parse(block)) for block in each] for each in blocks]
    assert len(meant[0]) > 5
    assert meant[0] == meant[1]


def test_the_chinese_readme_has_the_same_lines_of_the_command_line_and_the_same_pages():
    lines = [re.findall(r"^\| (`supplier-eval .*?`) \|", text, re.MULTILINE) for text in (README, CHINESE)]
    assert len(lines[0]) > 8
    assert lines[0] == lines[1]
    pages = [set(re.findall(r"`(docs/[\w.-]+\.md|CONTRIBUTING\.md)`", text)) for text in (README, CHINESE)]
    assert pages[0] == pages[1]


@pytest.mark.parametrize("text", [README, CHINESE], ids=["en", "zh"])
def test_pictures_and_the_other_language_are_there_and_small(text):
    links = re.findall(r"\]\(([\w./-]+)\)", text)
    pictures = [name for name in links if name.endswith(".png")]
    assert len(pictures) == 1
    assert len(links) > len(pictures)
    assert not [name for name in links if not (ROOT / name).exists()]
    assert all((ROOT / name).stat().st_size < 250_000 for name in pictures)
