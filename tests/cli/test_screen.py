"""The command `screen`: tables and tenders, one JSON document, exit codes, files."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from integrity.made_markets import ring_in_turn
from supplier_eval.cli import main

SAMPLES = Path(__file__).parents[2] / "data" / "samples"


@pytest.fixture
def ring(tmp_path):
    frame = ring_in_turn(30).rename(columns={"price": "报价", "bidder": "供应商"})
    frame.to_csv(tmp_path / "bids.csv", index=False)
    return str(tmp_path / "bids.csv")


NAMED = ("--column", "price=报价", "--column", "bidder=供应商")


def test_flags_are_printed_by_weight_with_what_was_tested(ring, capsys):
    assert main(["screen", ring, *NAMED]) == 0
    captured = capsys.readouterr()
    assert "30 tenders, 5 bidders" in captured.out
    assert "winning in turn" in captured.out
    assert captured.out.strip().endswith("Standing: exploratory")
    assert captured.err == ""


def test_json_is_one_document_and_the_files_hold_the_same(ring, tmp_path, capsys):
    out = tmp_path / "out"
    assert main(["screen", ring, *NAMED, "--out", str(out), "--format", "json", "--lang", "zh"]) == 0
    captured = capsys.readouterr()
    document = json.loads(captured.out, parse_constant=pytest.fail)
    assert any(flag["screen"] == "rotation" for flag in document["flags"])
    assert json.loads((out / "screens.json").read_text("utf-8")) == document
    assert (out / "flags.csv").read_text("utf-8-sig").startswith("scope,weight,screen,")
    assert "仅供探讨" in (out / "screens.html").read_text("utf-8")
    assert "screens.html" in captured.err


def test_a_tender_folder_is_screened_inside_only(capsys):
    assert main(["screen", str(SAMPLES / "museum-services"), "--format", "json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert "across" not in document
    assert document["policy_fingerprint"].startswith("sha256:")


def test_the_market_sample_is_screened_with_its_own_columns(capsys):
    columns = ["tender=pid", "bidder=bidder_id", "price=bid", "reserve=reserveprice", "minimum=minprice"]
    options = [part for column in [*columns, "date=year+month+day"] for part in ("--column", column)]
    assert main(["screen", str(SAMPLES / "market" / "bids.csv"), *options]) == 0
    captured = capsys.readouterr()
    assert "1,225 tenders, 252 bidders" in captured.out
    assert "bid_table.several_bids" in captured.err
    assert "cartel" not in captured.out


def test_ocds_releases_are_screened_by_their_own_flags(capsys, tmp_path):
    source = sorted((Path(__file__).parents[1] / "fixtures" / "ocds_red_flags").glob("*.jsonl"))[0]
    out = tmp_path / "out"
    assert main(["screen", str(source), "--format", "json", "--out", str(out)]) == 0
    document = json.loads(capsys.readouterr().out, parse_constant=pytest.fail)
    assert {flag["scope"] for flag in document["flags"]} == {"releases"}
    assert (out / "screens.html").exists()
    assert main(["screen", str(source)]) == 0
    assert "Flags, the heaviest first" in capsys.readouterr().out
    assert main(["screen", str(source), "--column", "price=x"]) == 2


def test_settings_are_named_one_by_one(ring, capsys):
    assert main(["screen", ring, *NAMED, "--setting", "false_discovery=1e-9", "--format", "json"]) == 0
    few = json.loads(capsys.readouterr().out)
    assert main(["screen", ring, *NAMED, "--format", "json"]) == 0
    assert len(few["flags"]) < len(json.loads(capsys.readouterr().out)["flags"])
    assert main(["screen", ring, *NAMED, "--setting", "cvv=1"]) == 1
    assert "the nearest is cv" in capsys.readouterr().err
    assert main(["screen", ring, *NAMED, "--setting", "cv"]) == 2
    assert main(["screen", str(SAMPLES / "museum-services"), "--setting", "minutes=1"]) == 0
    capsys.readouterr()


def test_a_folder_is_screened_by_its_only_table_and_else_told_what_to_type(ring, tmp_path, capsys):
    assert main(["screen", str(tmp_path), *NAMED]) == 0
    assert "30 tenders" in capsys.readouterr().out
    (tmp_path / "more.csv").write_text("tender,bidder,price\n", encoding="utf-8")
    assert main(["screen", str(tmp_path), *NAMED]) == 1
    assert "supplier-eval screen FOLDER/bids.csv" in capsys.readouterr().err
    (tmp_path / "empty").mkdir()
    assert main(["screen", str(tmp_path / "empty"), "--lang", "zh"]) == 1
    assert "tender.toml" in capsys.readouterr().err


def test_refused_input_says_everything_on_stderr(tmp_path, capsys):
    path = tmp_path / "bids.csv"
    path.write_text("tender,price\nT,none\n", encoding="utf-8")
    assert main(["screen", str(path), "--lang", "zh"]) == 1
    captured = capsys.readouterr()
    assert captured.out == ""
    assert "bid_table.column_missing" in captured.err
    assert "bid_table.not_a_number" in captured.err
    assert main(["screen", str(tmp_path / "nothing.csv")]) == 1


@pytest.mark.parametrize(
    "wrong", [["--column", "price"], ["--column", "=x"], ["--policy", "x.toml"], ["--opened", "B"]]
)
def test_usage_is_exit_two(ring, wrong, capsys):
    assert main(["screen", ring, *wrong]) == 2
    assert main(["screen", str(SAMPLES / "museum-services"), "--column", "price=x"]) == 2
    capsys.readouterr()


@pytest.mark.parametrize(("mark", "prices"), [(",", ("1,234.50", "999.50")), (".", ("1.234,50", "999,50"))])
def test_prices_with_thousands_are_read_where_the_mark_is_named(tmp_path, capsys, mark, prices):
    path = tmp_path / "bids.csv"
    rows = "".join(f'T,{bidder},"{price}"\n' for bidder, price in zip("AB", prices, strict=True))
    path.write_text("tender,bidder,price\n" + rows, encoding="gb18030")
    assert main(["screen", str(path), "--thousands", mark, "--format", "json"]) == 0
    (tender,) = json.loads(capsys.readouterr().out)["tenders"]
    assert (tender["lowest"], tender["highest"]) == (999.5, 1234.5)
    assert main(["screen", str(path)]) != 0
    assert "bids.csv.price, row" in "".join(capsys.readouterr())
