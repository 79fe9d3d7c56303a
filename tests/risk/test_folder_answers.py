"""One call for a folder of risks: what is there is answered, what is missing is said, what is wrong comes at once."""

from __future__ import annotations

import csv
import random
import shutil
from pathlib import Path

import pytest

from supplier_eval import risk
from supplier_eval.errors import InvalidInput
from supplier_eval.risk.answers import QUESTIONS

SAMPLE = Path(__file__).parents[2] / "data" / "samples" / "risks"


@pytest.fixture
def folder(tmp_path):
    return Path(shutil.copytree(SAMPLE, tmp_path / "risks"))


def ask(folder, **more):
    return risk.answer_folder(folder, years=2000, **more)


def codes(folder, **more):
    with pytest.raises(InvalidInput) as refused:
        ask(folder, **more)
    assert refused.value.report("en")
    assert refused.value.report("zh")
    return {finding.code for finding in refused.value.findings if finding.severity == "error"}


def test_the_sample_answers_every_question():
    answers = ask(SAMPLE)
    assert tuple(answers.answers) == tuple(QUESTIONS)
    assert answers.left_out == {}


@pytest.mark.parametrize(
    ("gone", "left"),
    [
        ("measures.csv", {"responses", "choice", "tails"}),
        ("matrix.toml", {"matrix", "places"}),
        ("spend.csv", {"concentration"}),
        ("suppliers.csv", {"rating"}),
        ("items.csv", {"portfolio"}),
        ("incidents.csv", {"backtest"}),
        ("history.csv", {"indicators", "backtest"}),
        ("ratings.csv", {"register", "places", "losses", "responses", "choice", "tails"}),
    ],
)
def test_what_depends_on_a_missing_table_is_left_out_and_said(folder, gone, left):
    (folder / gone).unlink()
    answers = ask(folder)
    assert set(answers.left_out) == left
    missing = gone if gone.endswith(".toml") else gone.removesuffix(".csv")
    for question in left:
        assert missing in answers.left_out[question]
        assert missing in answers.explain(question)
        assert missing in answers.explain(question, "zh")


def test_a_rating_goes_on_without_the_tables_behind_it_and_says_what_was_not_assessed(folder):
    for name in ("financial", "delivery", "spend", "security_findings", "legal_record"):
        (folder / f"{name}.csv").unlink()
    rating = ask(folder).rating
    assert set(rating.not_rated) == set(rating.ratings)


def test_findings_of_all_tables_come_at_once_with_the_rows_of_the_files(folder):
    measures = (folder / "measures.csv").read_text("utf-8").splitlines()
    (folder / "measures.csv").write_text(
        "\n".join([measures[0], "", "M9,R01,in_place,,1,1,2027-01-01,,,,CNY"]), "utf-8"
    )
    ratings = (folder / "ratings.csv").read_text("utf-8") + "R01,2026-09-09,X,-1,5,4,,\n"
    (folder / "ratings.csv").write_text(ratings, "utf-8")
    (folder / "spend.csv").write_text("supplier,amount\nA,-5\n", "utf-8")
    with pytest.raises(InvalidInput) as refused:
        ask(folder)
    tables = {finding.table for finding in refused.value.findings}
    assert {"ratings", "spend"} <= tables
    (folder / "ratings.csv").write_text((SAMPLE / "ratings.csv").read_text("utf-8"), "utf-8")
    with pytest.raises(InvalidInput) as refused:
        ask(folder)
    rows = {finding.table: finding.rows for finding in refused.value.findings}
    assert rows["measures"] == (3,)


def test_a_folder_without_tables_no_folder_and_no_day_are_refused(folder, tmp_path):
    assert codes(tmp_path / "nowhere") == {"risk_folder.no_folder"}
    (tmp_path / "empty").mkdir()
    assert codes(tmp_path / "empty") == {"risk_folder.nothing"}
    (folder / "risks.toml").unlink()
    assert codes(folder) == {"risk_folder.no_day"}
    assert codes(folder, as_of="soon") == {"indicator.day"}


def test_a_stated_budget_and_day_take_the_place_of_the_files():
    assert ask(SAMPLE, budget=0).choice.measures == ()
    assert ask(SAMPLE, as_of="2026-12-31").register.as_of.isoformat() == "2026-12-31"


def test_the_order_of_rows_and_columns_changes_nothing_to_the_last_bit(folder):
    mixed = random.Random(3)
    for table in folder.glob("*.csv"):
        with table.open(encoding="utf-8", newline="") as file:
            header, *rows = list(csv.reader(file))
        mixed.shuffle(rows)
        order = mixed.sample(range(len(header)), len(header))
        with table.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([[row[i] for i in order] for row in (header, *rows)])
    assert ask(folder).document() == ask(SAMPLE).document()


def test_one_supplier_alone_is_asked_like_many(tmp_path):
    (tmp_path / "suppliers.csv").write_text("supplier\nA\n", "utf-8")
    (tmp_path / "spend.csv").write_text("supplier,amount\nA,5\n", "utf-8")
    answers = ask(tmp_path, as_of="2026-01-01")
    assert set(answers.answers) == {"rating", "concentration"}
    assert answers.concentration.line().hhi == 10_000


def test_tables_without_rows_are_refused_or_warned_of(folder):
    for name in ("items", "legal_record"):
        path = folder / f"{name}.csv"
        path.write_text(path.read_text("utf-8").split("\n")[0] + "\n", "utf-8")
    said = [one.table for one in ask(folder).warnings if one.code == "risk_folder.table_empty"]
    assert said == ["items"]
    for name in ("risks", "ratings"):
        path = folder / f"{name}.csv"
        path.write_text(path.read_text("utf-8").split("\n")[0] + "\n", "utf-8")
    assert "register.empty" in codes(folder)


def change(folder, name, *pairs):
    path = folder / name
    text = path.read_text("utf-8")
    for before, after in pairs:
        assert before in text
        text = text.replace(before, after, 1)
    path.write_text(text, "utf-8")


def test_what_is_wrong_anywhere_comes_at_once(folder):
    """A register that is refused hides neither measures nor shocks; one wrong cell hides no contradiction beside it."""
    change(folder, "risks.csv", ("information_security", "weather"))
    change(folder, "measures.csv", ("in_place", "perhaps"))
    (folder / "shocks.csv").write_text("shock,risk,frequency,probability\nS,R01,0.1,1.3\nS,R99,0.1,0.5\n", "utf-8")
    change(folder, "indicators.toml", ("owner = ", "ownr = "))
    (folder / "history.csv").write_text("indicator,on,value\nnobody,2026-01-01,x\n", "utf-8")
    change(folder, "risks.toml", ("scale = ", "scael = "))
    change(folder, "matrix.toml", ("edges = [0, ", "edges = [999, "), ("cells = [", 'cells = [ ["green"],'))
    found = codes(folder)
    assert found >= {
        *("register.category", "response.choice", "risk_table.out_of_range", "losses.shock_risk"),
        *("indicator.key_unknown", "indicator.unknown", "risk_table.not_number", "risk_folder.setting.portfolio"),
        *("risk_matrix.edges", "risk_matrix.shape"),
    }
    with pytest.raises(InvalidInput, match=r"likelihood\.edges"):
        ask(folder)


def test_findings_name_the_place_where_the_figure_stands(folder):
    change(folder, "risks.toml", ("few_suppliers = 50", "few_suppliers = 40"))
    with pytest.raises(InvalidInput, match=r"risks\.toml\.portfolio\.supply_risk"):
        ask(folder)
    shutil.copy(SAMPLE / "risks.toml", folder)
    (folder / "measures.csv").unlink()
    for wrong in (-5, "x", float("nan")):
        assert codes(folder, budget=wrong) == {"risk_folder.setting.budget"}
    (folder / "risks.toml").write_text("budget = 250,000\n", "utf-8")
    with pytest.raises(InvalidInput, match=r"risks\.toml: the file risks\.toml is not valid TOML"):
        ask(folder)


def test_rows_that_could_not_be_read_make_no_id_unknown(folder):
    change(folder, "risks.csv", ("Customer data leak", "Customer, data leak"))
    assert codes(folder) == {"files.rows.too_many_cells"}
