"""A folder of planning: what its tables allow is answered, everything wrong in all of them is said at once."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

import pandas as pd
import pytest
import xlsxwriter

from planning_tables import places
from supplier_eval.errors import InvalidInput
from supplier_eval.planning import PlanningAnswers, answer_plan

SAMPLE = Path(__file__).parents[2] / "data" / "samples" / "needs"
FEW = {"draws": 200}


@pytest.fixture
def folder(tmp_path) -> Path:
    return Path(shutil.copytree(SAMPLE, tmp_path / "needs"))


def changed(file: Path, row: int, column: str, text: str) -> None:
    """Write a text into a cell; rows are counted as a spreadsheet does."""
    with file.open(encoding="utf-8", newline="") as source:
        rows = list(csv.reader(source))
    rows[row - 1][rows[0].index(column)] = text
    with file.open("w", encoding="utf-8", newline="") as target:
        csv.writer(target).writerows(rows)


def test_the_sample_is_answered_in_both_languages():
    answers = answer_plan(SAMPLE, **FEW)
    assert answers.standing == "binding" and answers.warnings == ()
    assert [name for name, _ in answers.parts] == ["needs", "costs", "comparison"]
    verdicts = [one.verdict for one in answers.needs.needs]
    assert verdicts == ["candidate", "candidate", "not_necessary", "not_feasible", "undecided"]
    assert answers.comparison.first == ("nights",)
    said = answers.explain()
    assert "4,973 tickets a month, within its range 3,000 to 5,200" in said and "77,247" in said
    assert "tickets of tickets" not in said
    assert "可列为外包候选" in answers.explain("zh")
    assert repr(answers) == "PlanningAnswers(needs, costs, comparison; binding)"


def test_the_document_holds_rows_sentences_and_the_seed():
    document = answer_plan(SAMPLE, seed=5, **FEW).document()
    assert document["costs"]["seed"] == 5 and len(document["costs"]["break_even"]) == 3
    assert len(document["costs"]["lines"]) == 22 and len(document["needs"]["people"]) == 4 * 4 + 2
    first = document["comparison"]["people"][0]
    assert (first["person"], first["option"]) == ("chen.jie", "in_house")
    costs = {row["option"]: row["likely"] for row in document["costs"]["rows"]}
    by_hand = 40 * costs["whole"] / costs["in_house"] + 35 * 0.5 + 25 * 0.5  # 3 and 3 on scales of 1 to 5
    assert first["total"] == pytest.approx(by_hand)
    assert len(document["needs"]["rows"]) == len(document["needs"]["explained"]) == 5
    assert document["policy_fingerprint"].startswith("sha256:")


def test_only_what_the_tables_allow_is_asked(folder):
    for name in ("costs", "volumes", "option_marks"):
        (folder / f"{name}.csv").unlink()
    answers = answer_plan(folder)
    assert answers.needs is not None and answers.costs is None and answers.comparison is None
    assert isinstance(answers, PlanningAnswers)


def test_the_findings_of_all_tables_come_at_once_and_marks_are_judged_where_costs_are_refused(folder):
    changed(folder / "needs.csv", 3, "title", "")
    changed(folder / "need_marks.csv", 4, "mark", "7")
    changed(folder / "costs.csv", 2, "kind", "party")
    changed(folder / "volumes.csv", 2, "low", "6000")
    changed(folder / "option_marks.csv", 3, "mark", "9")
    with pytest.raises(InvalidInput) as refused:
        answer_plan(folder)
    assert places(refused) == {
        ("risk_table.cell_missing", "needs", "title", (3,)),
        ("planning.mark_outside", "need_marks", "mark", (4,)),
        ("planning.kind_unknown", "costs", "kind", (2,)),
        ("planning.range_order", "volumes", "low", (2,)),
        ("planning.mark_outside", "option_marks", "mark", (3,)),
    }


def test_rows_are_those_of_the_file_where_blank_lines_count(folder):
    file = folder / "option_marks.csv"
    lines = file.read_text("utf-8").splitlines()
    file.write_text("\n".join([lines[0], ",,,,", *lines[1:]]) + "\n", "utf-8")
    changed(file, 4, "mark", "9")
    with pytest.raises(InvalidInput) as refused:
        answer_plan(folder, **FEW)
    assert places(refused) == {("planning.mark_outside", "option_marks", "mark", (4,))}


def test_tables_as_excel_in_china_saves_them_give_the_same(folder):
    for file in folder.glob("*.csv"):
        file.write_bytes(file.read_text("utf-8").replace("\n", "\r\n").encode("gb18030"))
    assert answer_plan(folder, **FEW).explain("zh") == answer_plan(SAMPLE, **FEW).explain("zh")


def test_one_workbook_beside_the_plan_gives_the_same(folder):
    with xlsxwriter.Workbook(str(folder / "all.xlsx")) as book:
        for file in sorted(folder.glob("*.csv")):
            sheet = book.add_worksheet(file.stem)
            for at, row in enumerate(csv.reader(file.read_text("utf-8").splitlines())):
                sheet.write_row(at, 0, row)
    assert answer_plan(folder / "all.xlsx", **FEW).explain() == answer_plan(SAMPLE, **FEW).explain()


def test_the_order_of_rows_and_columns_changes_nothing(folder):
    for file in folder.glob("*.csv"):
        table = pd.read_csv(file, dtype=str, keep_default_na=False)
        table.iloc[::-1, ::-1].to_csv(file, index=False)
    assert answer_plan(folder, **FEW).document() == answer_plan(SAMPLE, **FEW).document()


def test_columns_and_files_that_nothing_reads_are_warned_of(folder):
    (folder / "plan_old.toml").write_text("x = 1\n", "utf-8")
    (folder / "letters.csv").write_text("a\n1\n", "utf-8")
    table = pd.read_csv(folder / "costs.csv", dtype=str, keep_default_na=False).rename(columns={"rise": "raise"})
    table.to_csv(folder / "costs.csv", index=False)
    warnings = answer_plan(folder, **FEW).warnings
    assert {(one.code, one.severity) for one in warnings} == {
        ("planning.plan_unread", "warning"),
        ("risk_folder.file_unread", "warning"),
        ("risk_table.column_near", "warning"),
    }


def test_volumes_that_drive_nothing_and_months_without_work_are_warned_of(folder):
    with (folder / "volumes.csv").open("a", encoding="utf-8") as file:
        file.write("visits,visits,1,2,3,\n")
    for row in (16, 17, 18, 20):  # whole: the team leaves a month early, the service manager comes and goes late
        changed(folder / "costs.csv", row, "last_month", "2")
    changed(folder / "costs.csv", 19, "last_month", "30")
    changed(folder / "costs.csv", 20, "first_month", "1")
    warnings = answer_plan(folder, **FEW).warnings
    assert [(one.code, one.value) for one in warnings] == [
        ("planning.driver_unused", "visits"),
        ("planning.months_without_run", "whole"),
    ]
    assert "3, 31 - 36" in str(warnings[1])


def test_the_need_that_the_options_would_meet_is_listed_and_a_candidate(folder):
    plan = folder / "plan.toml"
    text = plan.read_text("utf-8")
    plan.write_text(text.replace('need = "N01"', 'need = "n03"'), "utf-8")
    (warning,) = answer_plan(folder, **FEW).warnings
    assert (warning.code, warning.severity, warning.value) == ("planning.no_candidate", "warning", "N03")
    plan.write_text(text.replace('need = "N01"', 'need = "N99"'), "utf-8")
    changed(folder / "option_marks.csv", 3, "mark", "9")
    with pytest.raises(InvalidInput) as refused:
        answer_plan(folder, **FEW)
    assert places(refused) == {
        ("planning.need_unknown", "planning_plan", "need", ()),
        ("planning.mark_outside", "option_marks", "mark", (3,)),
    }


def test_the_plan_itself_stands_for_its_folder():
    assert answer_plan(SAMPLE / "plan.toml", **FEW).explain() == answer_plan(SAMPLE, **FEW).explain()


def test_a_table_without_its_partner_is_a_finding_beside_the_others(folder):
    (folder / "need_marks.csv").unlink()
    (folder / "costs.csv").unlink()
    changed(folder / "option_marks.csv", 3, "mark", "9")
    with pytest.raises(InvalidInput) as refused:
        answer_plan(folder)
    assert places(refused) == {
        ("planning.table_missing", "needs", "", ()),
        ("planning.table_missing", "volumes", "", ()),
        ("planning.table_missing", "option_marks", "", ()),
        ("planning.mark_outside", "option_marks", "mark", (3,)),
    }


def test_a_folder_without_plan_or_tables_and_none_at_all_are_refused(folder, tmp_path):
    for path, code in ((tmp_path / "nowhere", "planning.no_folder"), (3, "planning.no_folder")):
        with pytest.raises(InvalidInput) as refused:
            answer_plan(path)
        assert places(refused) == {(code, "arguments", "path", ())}
    (folder / "plan.toml").rename(tmp_path / "plan.toml")
    with pytest.raises(InvalidInput) as refused:
        answer_plan(folder)
    assert [one.code for one in refused.value.findings] == ["planning.no_plan"]
    (tmp_path / "empty").mkdir()
    shutil.copy(tmp_path / "plan.toml", tmp_path / "empty")
    with pytest.raises(InvalidInput) as refused:
        answer_plan(tmp_path / "empty")
    assert [one.code for one in refused.value.findings] == ["planning.nothing"]


def test_draws_and_seed_reach_the_costs():
    with pytest.raises(InvalidInput) as refused:
        answer_plan(SAMPLE, draws=3, seed=-1)
    assert {one.code for one in refused.value.findings} == {"planning.draws", "planning.seed"}
    one, other = (answer_plan(SAMPLE, draws=400, seed=seed).costs.worlds for seed in (0, 1))
    assert not (one == other).all()


def test_one_table_is_no_plan_and_a_misspelt_key_names_the_page_of_plans(folder):
    with pytest.raises(InvalidInput) as refused:
        answer_plan(folder / "costs.csv", **FEW)
    assert [(one.code, one.value) for one in refused.value.findings] == [("planning.one_table", "costs.csv")]
    plan = folder / "plan.toml"
    plan.write_text(plan.read_text(encoding="utf-8").replace("discount_rate", "discuont_rate"), encoding="utf-8")
    with pytest.raises(InvalidInput) as refused:
        answer_plan(folder, **FEW)
    (key,) = [one for one in refused.value.findings if one.code == "planning.key_unknown"]
    assert key.column == "discuont_rate" and "docs/planning.md" in key.remedy
