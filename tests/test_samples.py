"""The samples give what their READMEs say, from a folder, from one workbook, and as Excel in China writes CSV."""

from __future__ import annotations

import csv
import json
import random
import re
import shutil
import tomllib
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pandas as pd
import pytest
import xlsxwriter

from registry_sample import SampleStore, script
from supplier_eval.batch import score_frame
from supplier_eval.cli import main
from supplier_eval.errors import NotOpened
from supplier_eval.evaluation import Evaluation
from supplier_eval.intake.assemble import read_tender
from supplier_eval.intake.notice import Approval, Item, Lot, Notice
from supplier_eval.intake.ruling_checks import CASES
from supplier_eval.policy import Policy
from supplier_eval.procedure import check_tender, evaluate
from supplier_eval.registry import due_until, head_anchor, kinds, late_payments, repeat_rate, verify_store

SAMPLES = Path(__file__).parents[1] / "data" / "samples"
OVERDUE = ("need", "milestone", "finding", "complaint", "risk", "warning", "contact", "settlement")
DESK, MUSEUM = SAMPLES / "service-desk", SAMPLES / "museum-services"
FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")
FIGURES = {"mark", "quantity", "unit_price", "amount", "opening_amount", "score", "lower", "upper", "small_business"}


def document(evaluation: Evaluation) -> dict[str, object]:
    """The JSON document without the fingerprint of what was read, which differs from form to form."""
    whole = evaluation.to_dict()
    del whole["tender"]["fingerprint"]
    return whole


@pytest.fixture(scope="module")
def desk() -> Evaluation:
    return evaluate(read_tender(DESK))


@pytest.fixture(scope="module")
def museum() -> Evaluation:
    return evaluate(read_tender(MUSEUM))


def rows_of(table: Path) -> list[list[str]]:
    with table.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def test_the_museum_tender_gives_the_published_totals(museum):
    """Venice 18/2017, published score sheet (data/samples/museum-services/README.md)."""
    ranking = museum.ranking
    assert ranking.order == ("ATI OPERA", "ATI CNS")
    assert ranking.total_of("ATI OPERA") == pytest.approx(88.084, abs=0.001)
    assert ranking.total_of("ATI CNS") == pytest.approx(79.222, abs=0.001)
    technical = {bid: ranking.criteria_points(bid)["technical"] for bid in ranking.order}
    assert technical == pytest.approx({"ATI OPERA": 38.084, "ATI CNS": 50.0}, abs=0.001)
    assert museum.standing == "binding"


def test_the_museum_bidder_below_the_threshold_is_out_and_its_price_is_nowhere(museum):
    (lot,) = museum.lots.values()
    assert [r.code for r in lot.qualification.reasons["ATI REAR"]] == ["qualify.floor"]
    assert "27.1" in lot.qualification.explain("ATI REAR")
    assert "ATI REAR" not in lot.sheet.prices.evaluated
    assert "ATI REAR" not in {row[0] for row in rows_of(MUSEUM / "prices.csv")}


def test_the_command_line_prints_the_museum_result_as_json_and_nothing_else(capsys):
    assert main(["evaluate", str(MUSEUM), "--format", "json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert said["standing"] == "binding"
    assert [(b["bid"], round(b["total"], 3)) for b in said["lots"][0]["ranking"]] == [
        ("ATI OPERA", 88.084),
        ("ATI CNS", 79.222),
    ]
    assert [b["bid"] for b in said["lots"][0]["disqualified"]] == ["ATI REAR"]


def test_the_service_desk_gives_the_table_of_its_readme(desk):
    readme = (DESK / "README.md").read_text(encoding="utf-8")
    row = re.compile(r"^\| (L\d) \| (\d) \| (\S+) \| ([\d.]+) \| ([\d,.]+) \|$", re.MULTILINE)
    told = [(lot, int(rank), bid, total, price) for lot, rank, bid, total, price in row.findall(readme)]
    found = [
        (lot, r.ranking.rank_of(bid), bid, f"{r.ranking.total_of(bid):.2f}", f"{r.sheet.prices.evaluated[bid]:,.2f}")
        for lot, r in desk.lots.items()
        for bid in r.ranking.order
    ]
    assert told == found
    assert desk.standing == "binding"


def test_the_service_desk_exercises_every_way_out(desk):
    reasons = {bid: [r.code for r in rs] for lot in desk.lots.values() for bid, rs in lot.qualification.reasons.items()}
    assert reasons == {
        "NY-1": ["qualify.gate.valid_until"],
        "TA-1": ["qualify.late"],
        "TY-1": ["qualify.case_excluded"],
        "LB-2": ["qualify.ceiling"],
        "HZ-3": ["qualify.floor"],
    }


def test_the_service_desk_keeps_the_envelope_of_the_bid_below_the_floor_closed(desk):
    assert "HZ-3" not in desk.lots["L3"].sheet.prices.evaluated


def test_the_service_desk_breaks_one_tie_by_price_and_one_by_a_recorded_draw(desk):
    sites, watch = desk.lots["L2"].ranking, desk.lots["L3"].ranking
    assert sites.total_of("HZ-2") == sites.total_of("QH-2")
    assert sites.decided_by("HZ-2", "QH-2") == "lower_price"
    assert watch.decided_by("TY-3", "LM-3") == "draw"
    assert desk.lots["L3"].sheet.prices.evaluated["TY-3"] == desk.lots["L3"].sheet.prices.evaluated["LM-3"]


def test_the_evaluator_with_a_conflict_leaves_one_lot_only(desk):
    panels = {lot: r.sheet.technical.panel for lot, r in desk.lots.items()}
    assert panels["L2"].recused == {"E4": "LB"}
    assert [len(panels[lot].members) for lot in ("L1", "L2", "L3")] == [5, 4, 5]
    assert {f.state for f in desk.flags if f.code == "panel.even"} == {"accepted"}


def test_every_case_that_holds_was_ruled_on(desk):
    held = {(f.code, f.bid): f.state for f in desk.flags if f.holds}
    assert held == {
        ("panel.even", ""): "accepted",
        ("price.abnormal.below_share_of_mean", "BT-2"): "accepted",
        ("price.abnormal.below_share_of_mean", "TY-1"): "excluded",
        ("prices.correction.needs_consent", "HZ-1"): "accepted",
        ("prices.correction.needs_consent", "QH-1"): "accepted",
    }


def test_without_its_rulings_the_service_desk_is_exploratory_and_excludes_nobody_for_the_price(tmp_path):
    folder = shutil.copytree(DESK, tmp_path / "desk")
    (folder / "rulings.csv").unlink()
    evaluation = evaluate(read_tender(folder))
    assert evaluation.standing == "exploratory"
    assert evaluation.lots["L1"].ranking.rank_of("TY-1") > 0
    assert evaluation.lots["L3"].ranking.tied == (("LM-3", "TY-3"),)


def test_before_the_technical_lock_no_price_is_read_however_wrong(tmp_path):
    folder = shutil.copytree(DESK, tmp_path / "desk")
    notice = (folder / "tender.toml").read_text(encoding="utf-8")
    (folder / "tender.toml").write_text(re.sub(r"technical_locked.*\n", "", notice), encoding="utf-8")
    (folder / "prices.csv").write_text("nothing,of\nthe,kind\n", encoding="utf-8")
    assert not [f for f in check_tender(folder) if f.severity == "error"]
    tender = read_tender(folder)
    for result in evaluate(tender).lots.values():
        assert result.ranking.stopped.code == "score.prices_closed"
        assert result.ranking.order == ()
    with pytest.raises(NotOpened):
        tender.open_prices(["YX-1"])


def test_the_order_of_rows_and_columns_changes_nothing_to_the_last_bit(desk, tmp_path):
    folder = shutil.copytree(DESK, tmp_path / "desk")
    mixed = random.Random(7)
    for table in folder.glob("*.csv"):
        header, *rows = rows_of(table)
        mixed.shuffle(rows)
        order = mixed.sample(range(len(header)), len(header))
        with table.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([[row[i] for i in order] for row in (header, *rows)])
    assert document(evaluate(read_tender(folder))) == document(desk)


def test_the_fingerprint_of_a_tender_follows_its_content_not_its_order(tmp_path):
    folder = shutil.copytree(DESK, tmp_path / "desk")
    before = read_tender(folder).fingerprint
    header, *rows = rows_of(folder / "marks.csv")
    (folder / "marks.csv").write_text("\n".join(map(",".join, (header, *reversed(rows)))) + "\n", encoding="utf-8")
    assert read_tender(folder).fingerprint == before
    rows[0][3] = "87"
    (folder / "marks.csv").write_text("\n".join(map(",".join, (header, *rows))) + "\n", encoding="utf-8")
    assert read_tender(folder).fingerprint != before


@pytest.mark.parametrize("ending", ["\r\n", "\r"])
def test_csv_as_excel_in_china_writes_it_gives_the_same_evaluation(desk, tmp_path, ending):
    """GB18030, full-width digits and commas in figures, other line ends."""
    folder = shutil.copytree(DESK, tmp_path / "desk")
    for table in folder.glob("*.csv"):
        header, *rows = rows_of(table)
        for row in rows:
            for i, name in enumerate(header):
                if name in FIGURES:
                    row[i] = row[i].translate(FULL_WIDTH).replace(",", "，")
        with table.open("w", encoding="gb18030", newline="") as file:
            csv.writer(file, lineterminator=ending).writerows([header, *rows])
    assert b"\xa3\xb1" in (folder / "marks.csv").read_bytes()
    assert document(evaluate(read_tender(folder))) == document(desk)


def as_workbook(folder: Path, target: Path, *, numbers: bool) -> Path:
    """Write a tender folder into one workbook: a sheet a table, the notice as keys and values."""
    book = xlsxwriter.Workbook(target)
    notice = tomllib.loads((folder / "tender.toml").read_text(encoding="utf-8"))
    lists = {name: notice.pop(name) for name in ("lots", "items", "approvals") if name in notice}
    head = [["key", "value"], *flattened(notice)]
    sheets = {"tender": head} | {name: as_table(entries) for name, entries in lists.items()}
    sheets |= {table.stem: rows_of(table) for table in sorted(folder.glob("*.csv"))}
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        for r, row in enumerate(rows):
            for c, cell in enumerate(row):
                figure = cell.replace(",", "")
                if numbers and r and rows[0][c] in FIGURES and re.fullmatch(r"-?[\d.]+", figure):
                    sheet.write_number(r, c, float(figure))
                else:
                    sheet.write_string(r, c, cell)
    book.close()
    shutil.copy(folder / "policy.toml", target.parent)
    return target


def flattened(notice: dict[str, object], above: str = "") -> list[list[str]]:
    rows = []
    for key, value in notice.items():
        if isinstance(value, dict):
            rows += flattened(value, f"{above}{key}.")
        else:
            rows.append([above + key, said(value)])
    return rows


def as_table(entries: list[dict[str, object]]) -> list[list[str]]:
    flat = [dict(flattened(entry)) for entry in entries]
    columns = list(dict.fromkeys(key for entry in flat for key in entry))
    return [columns, *[[entry.get(key, "") for key in columns] for entry in flat]]


def said(value: object) -> str:
    if isinstance(value, list):
        return ";".join(map(str, value))
    return value.isoformat() if isinstance(value, date | datetime) else str(value)


@pytest.mark.parametrize("numbers", [False, True], ids=["cells of text", "cells of numbers"])
@pytest.mark.parametrize("sample", [DESK, MUSEUM], ids=["service-desk", "museum-services"])
def test_one_workbook_gives_the_same_evaluation(sample, numbers, tmp_path, desk, museum):
    book = as_workbook(sample, tmp_path / "tender.xlsx", numbers=numbers)
    tender = read_tender(book)
    expected = desk if sample == DESK else museum
    assert tender.notice == expected.tender.notice
    assert document(evaluate(tender)) == document(expected)


def test_a_workbook_keeps_its_price_sheet_closed_before_the_technical_lock(tmp_path):
    folder = shutil.copytree(DESK, tmp_path / "desk")
    notice = (folder / "tender.toml").read_text(encoding="utf-8")
    (folder / "tender.toml").write_text(re.sub(r"technical_locked.*\n", "", notice), encoding="utf-8")
    (folder / "prices.csv").write_text("bid,bid\nthe,kind\n", encoding="utf-8")
    book = as_workbook(folder, tmp_path / "tender.xlsx", numbers=False)
    assert not [f for f in check_tender(book) if f.severity == "error"]
    (folder / "tender.toml").write_text(notice, encoding="utf-8")
    locked = as_workbook(folder, tmp_path / "locked.xlsx", numbers=False)
    assert {f.code for f in check_tender(locked) if f.severity == "error"} == {"files.header.duplicate"}


GUIDE = (SAMPLES.parents[1] / "docs" / "tender-folder.md").read_text(encoding="utf-8")


def guide_example(folder: Path) -> Path:
    """The files of the guide's minimal example: each stands in a fence under its name."""
    for name, text in re.findall(r"^`([\w.]+)`\n\n```\w+\n(.*?)^```$", GUIDE, re.MULTILINE | re.DOTALL):
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def test_the_minimal_example_of_the_guide_runs_and_gives_what_it_says(tmp_path, capsys):
    folder = guide_example(tmp_path)
    assert len(list(folder.iterdir())) == 6
    evaluation = evaluate(read_tender(folder))
    assert {bid: round(evaluation.ranking.total_of(bid), 2) for bid in "AB"} == {"A": 84.33, "B": 79.0}
    assert [r.code for r in evaluation.standing_reasons] == ["standing.not_adopted", "standing.not_published"]
    assert main(["evaluate", str(folder)]) == 0


def test_the_guides_steps_to_a_binding_result_work(tmp_path):
    folder = guide_example(tmp_path)
    (adoption,) = re.findall(r"```toml\n(\[adoption\].*?)```", GUIDE, re.DOTALL)
    policy = folder / "policy.toml"
    policy.write_text(policy.read_text(encoding="utf-8") + "\n" + adoption, encoding="utf-8")
    notice = folder / "tender.toml"
    published = f'policy_fingerprint = "{Policy.load(policy).fingerprint}"\n'
    notice.write_text(notice.read_text(encoding="utf-8") + published, encoding="utf-8")
    assert evaluate(read_tender(folder)).standing == "binding"


def test_the_guide_lists_every_key_of_the_notice_and_every_case():
    said = set(re.findall(r"`(?:\[\[)?([a-z_]+)(?:\]\])?`", GUIDE))
    keys = {key for model in (Notice, Lot, Item, Approval) for key in model.model_fields}
    assert keys <= said
    cases = set(re.findall(r"`((?:[a-z]+|…)(?:\.[a-z_]+)*)`", GUIDE))
    whole = {case.replace("….", "price.abnormal.") for case in cases}
    assert set(CASES) <= whole


def test_the_market_policy_ranks_the_recorded_winner_first_as_its_readme_says():
    """1,203 alone, 8 sharing the first place, 12 another, 2 none; 1,207 (98.5 %) with ties to the lower id."""
    folder = SAMPLES / "market"
    bids = pd.read_csv(folder / "bids.csv", dtype={"pid": str})
    assert (bids["offer"] == bids.groupby("pid").cumcount() + 1).all()
    scored = score_frame(bids, Policy.load(folder / "policy.toml"))
    first = scored[scored["rank"].eq(1).fillna(False)].groupby("pid")["winner"].agg(["size", "sum"])
    recorded = bids.groupby("pid")["winner"].sum()
    assert len(first) == 1225
    assert ((first["size"] == 1) & (first["sum"] == 1)).sum() == 1203
    assert ((first["size"] > 1) & (first["sum"] == 1)).sum() == 8
    assert ((first["sum"] == 0) & recorded.eq(1)).sum() == 12
    assert recorded.eq(0).sum() == 2
    by_id = scored[scored["eligible"]].sort_values(["pid", "bid", "bidder_id"]).groupby("pid").head(1)
    assert by_id["winner"].sum() == 1207
    readme = (folder / "README.md").read_text(encoding="utf-8")
    assert all(figure in readme for figure in ("1,203", "| 8 |", "| 12 |", "| 2 |", "1,207", "**98.5 %**"))


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    built = SampleStore(tmp_path_factory.mktemp("registry"))
    yield built
    built.registry.close()


def test_the_sample_store_is_the_same_store_whenever_it_is_built(store, tmp_path):
    again = script().main(str(tmp_path / "again.sqlite")).registry
    assert str(head_anchor(again)) == str(head_anchor(store.registry))
    again.close()
    verdict = verify_store(store.registry)
    assert verdict.is_sound, verdict.explain()


def test_its_clock_never_goes_back(store):
    with store.registry.reading() as reading:
        moments = [line.at for line in reading.lines()]
    assert moments == sorted(moments)
    assert moments[-1] <= "2026-11-30T01:00:00"


def test_the_sample_store_holds_the_kinds_that_its_readme_names(store):
    readme = (SAMPLES / "registry" / "README.md").read_text(encoding="utf-8")
    counted = {kind: store.registry.count(kind) for kind in kinds()}
    said = {kind: int(count) for kind, count in re.findall(r"\| `(\w+)` \| (\d+) \|", readme)}
    assert said == {kind: count for kind, count in counted.items() if count}
    assert {kind for kind, count in counted.items() if not count} == {"addendum", "registration"}


def test_at_its_last_day_the_sample_store_has_things_due_and_overdue(store):
    readme = (SAMPLES / "registry" / "README.md").read_text(encoding="utf-8")
    due = due_until(store.registry, date(2027, 1, 15)).to_frame()
    overdue = due[due["days_left"] < 0]
    assert f"**{len(due)}**" in readme and f"**{len(overdue)}**" in readme
    assert set(overdue["kind"]) == {*OVERDUE}
    late = late_payments(store.registry.where("settlement"), date(2026, 11, 30)).payments
    assert [(one.settlement, one.days_late) for one in late] == [
        ("settlement-L1-2026-07", 12),
        ("settlement-L3-2026-09", 4),
    ]
    assert repeat_rate(store.registry.where("complaint")) == pytest.approx(Decimal(1) / 3)
