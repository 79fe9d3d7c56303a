"""The command ``batch``."""

from __future__ import annotations

import json

import pytest

from batch_folders import POLICY, market
from supplier_eval.cli import main


@pytest.fixture
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "policy.toml").write_text(POLICY.to_toml(), encoding="utf-8")
    frame = market(20)
    frame.to_csv("good.csv", index=False)
    frame.loc[7, "price"] = -1.0
    frame.to_csv("bad.csv", index=False)
    return tmp_path


@pytest.mark.parametrize(("lang", "words"), [("en", "Bids: "), ("zh", "投标 ")])
def test_a_table_of_counts_in_both_languages(here, capsys, lang, words):
    assert main(["batch", "good.csv", "out", "--policy", "policy.toml", "--lang", lang]) == 0
    out, err = capsys.readouterr()
    assert words in out
    assert not err
    assert (here / "out" / "good.csv").exists()


def test_stopped_by_hand_it_says_what_stays(here, capsys, monkeypatch):
    def stopped(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr("supplier_eval.batch.dataset.score_dataset", stopped)
    assert main(["batch", "good.csv", "out", "--policy", "policy.toml"]) == 130
    assert "same command goes on" in capsys.readouterr().err


def test_json_is_one_document(here, capsys):
    arguments = [
        "batch",
        "*.csv",
        "out",
        "--policy",
        "policy.toml",
        "--keep-going",
        "--format",
        "json",
        "--to",
        "parquet",
    ]
    assert main([*arguments, "--no-progress"]) == 1  # two inputs share their tenders
    assert "comes back" in capsys.readouterr().err
    assert main(["batch", "bad.csv", *arguments[2:]]) == 0
    document = json.loads(capsys.readouterr().out)
    assert document["counts"]["rows"] == document["counts"]["rows_scored"] + document["counts"]["rows_rejected"]
    assert document["files"][0]["rejects"] == "_rejects/bad.parquet"


def test_bad_rows_exit_with_one_and_their_findings(here, capsys):
    assert main(["batch", "bad.csv", "out", "--policy", "policy.toml"]) == 1
    assert "bad.csv.price, row 9" in capsys.readouterr().err
    assert main(["batch", "bad.csv", "out", "--policy", "policy.toml", "--lang", "zh"]) == 1
    assert "第 9 行" in capsys.readouterr().err


def test_a_refused_file_exits_with_one_after_the_rest_is_scored(here, capsys):
    (here / "in").mkdir()
    (here / "good.csv").rename(here / "in" / "good.csv")
    (here / "in" / "x.csv").write_text("a,b\n1,2\n")
    (here / "in" / "read.me").write_text("x")
    assert main(["batch", "in", "out", "--policy", "policy.toml", "--keep-going"]) == 1
    out, err = capsys.readouterr()
    assert "refused" in out
    assert "passed over (1): read.me" in err
    assert (here / "out" / "good.csv").exists()


@pytest.mark.parametrize(
    "extra",
    [
        ["--workers", "0"],
        ["--engine", "spark"],
        ["--to", "xlsx"],
        ["--format", "xml"],
        [],
    ],
)
def test_wrong_usage_exits_with_two(here, extra):
    assert main(["batch", "good.csv", "out", *extra, *(["--policy", "policy.toml"] if extra else [])]) == 2


def test_columns_by_name_and_progress_when_asked(here, capsys):
    frame = market(5).rename(columns={"tender": "招标", "quality": "质量"})
    frame.to_csv("excel.csv", index=False, encoding="gb18030")
    named = ["--column", "tender=招标", "--column", "quality=质量"]
    assert main(["batch", "excel.csv", "out", "--policy", "policy.toml", *named, "--progress", "--workers", "1"]) == 0
    assert "bids" in capsys.readouterr().err
    assert main(["batch", "excel.csv", "out2", "--policy", "policy.toml", "--column", "tendr=招标"]) == 1
    assert "tendr is no role" in capsys.readouterr().err
