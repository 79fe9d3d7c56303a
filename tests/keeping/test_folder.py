"""A tender's folder out of the registry: filled in, it is the tender that is on record."""

from __future__ import annotations

import csv
import dataclasses
import re
import shutil
import tomllib
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from registry_procedure import Procedure
from registry_sample import DESK, SAMPLES, TENDER, SampleStore
from supplier_eval.errors import InvalidInput, UnknownName
from supplier_eval.intake.assemble import read_tender
from supplier_eval.keeping import (
    keep_evaluation,
    keep_review,
    propose_award,
    registered_tender,
    write_tender_folder,
)
from supplier_eval.keeping.folder import _live_ids
from supplier_eval.keeping.registered import registered
from supplier_eval.monitor.folder_review import review_folder
from supplier_eval.monitor.plan import ReviewPlan
from supplier_eval.policy import Policy
from supplier_eval.procedure import evaluate
from supplier_eval.registry import Registry

POLICY = Policy.load(DESK / "policy.toml")


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def fill_in(folder: Path) -> Path:
    """What people add: prices, requirements, marks, rulings, small businesses; ceilings of lots, the price sheet."""
    small = {row["bid"]: row["small_business"] for row in rows(DESK / "bids.csv")}
    bids = [row | {"small_business": small[row["bid"]]} for row in rows(folder / "bids.csv")]
    with (folder / "bids.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(bids[0]))
        writer.writeheader()
        writer.writerows(bids)
    for table in ("requirements", "marks", "prices", "rulings"):
        shutil.copy(DESK / f"{table}.csv", folder / f"{table}.csv")
    theirs = (DESK / "tender.toml").read_text(encoding="utf-8")
    ours = (folder / "tender.toml").read_text(encoding="utf-8")
    ours = re.sub(r"^lots = \[.*?\]\n", "", ours, flags=re.MULTILINE | re.DOTALL)
    ours = ours.split("\n[[lots]]")[0].rstrip() + "\n"
    ours = ours if "approvals" in ours else ours + theirs[theirs.index("[[approvals]]") : theirs.index("[[lots]]")]
    head = 'decimal = "."\nthousands = ","\n'
    (folder / "tender.toml").write_text(head + ours + "\n" + theirs[theirs.index("[[lots]]") :], encoding="utf-8")
    return folder


def test_the_folder_filled_in_gives_the_result_of_the_sample(opened, tmp_path, evaluation):
    folder = tmp_path / "out"
    files = write_tender_folder(opened.registry, TENDER, folder, POLICY)
    assert {path.name for path in files} == {path.name for path in folder.iterdir()}
    again = evaluate(registered_tender(opened.registry, TENDER, fill_in(folder)))
    assert again.standing == "binding"
    for lot, one in again.lots.items():
        ranking = evaluation.lots[lot].ranking
        assert (one.ranking.order, one.ranking.candidates()) == (ranking.order, ranking.candidates())
        assert [one.ranking.total_of(bid) for bid in ranking.order] == [*map(ranking.total_of, ranking.order)]


def test_it_says_what_is_on_record_and_leaves_the_rest_to_people(opened, tmp_path):
    folder = tmp_path / "out"
    write_tender_folder(opened.registry, TENDER, folder, POLICY)
    bids = {row["bid"]: row for row in rows(folder / "bids.csv")}
    assert len(bids) == 18
    assert bids["TA-1"]["received"] == "2026-03-10T01:37:00+00:00"  # the late one too
    assert {row["evaluator"]: row["conflict_with"] for row in rows(folder / "evaluators.csv")}["E4"] == "LB"
    assert rows(folder / "past.csv")[0]["coverage"] == "91"
    for table in ("requirements", "marks", "prices"):
        assert len((folder / f"{table}.csv").read_text(encoding="utf-8").splitlines()) == 1
    assert Policy.load(folder / "policy.toml").fingerprint == POLICY.fingerprint


def test_a_tender_whose_bids_are_still_closed_is_written_as_far_as_the_record_goes(tmp_path):
    store = SampleStore(tmp_path, "bids_in")
    write_tender_folder(store.registry, TENDER, tmp_path / "out", POLICY)
    notice = tomllib.loads((tmp_path / "out" / "tender.toml").read_text(encoding="utf-8"))
    assert {"published", "deadline", "policy_fingerprint"} <= set(notice)
    assert not {"opened", "technical_locked"} & set(notice)
    assert rows(tmp_path / "out" / "evaluators.csv") == []
    store.registry.close()


def test_where_the_policy_scores_the_past_and_nobody_has_one_the_header_says_so(opened, tmp_path, monkeypatch):
    known = dataclasses.replace(registered(opened.registry, TENDER), past={})
    monkeypatch.setattr("supplier_eval.keeping.folder.registered", lambda *_: known)
    write_tender_folder(opened.registry, TENDER, tmp_path / "out", POLICY)
    assert (tmp_path / "out" / "past.csv").read_text(encoding="utf-8").startswith("bidder,period,score")
    assert rows(tmp_path / "out" / "past.csv") == []


def test_a_tender_that_is_not_on_record_is_named(opened, tmp_path):
    with pytest.raises(UnknownName, match=TENDER):
        write_tender_folder(opened.registry, "service-desk-2025", tmp_path / "out", POLICY)
    assert not (tmp_path / "out").exists()


def test_another_policy_than_the_published_one_is_refused(opened, tmp_path):
    museum = Policy.load(SAMPLES / "museum-services" / "policy.toml")
    with pytest.raises(InvalidInput) as refused:
        write_tender_folder(opened.registry, TENDER, tmp_path / "out", museum)
    (finding,) = refused.value.findings
    assert (finding.code, finding.table, finding.column) == ("keeping.policy_other", "policy", "fingerprint")
    assert finding.facts["published"] == POLICY.fingerprint
    assert not (tmp_path / "out").exists()


def test_nothing_is_written_over(opened, tmp_path):
    for name in ("bids.csv", "tender.toml"):
        (tmp_path / name).write_text("mine", encoding="utf-8")
    with pytest.raises(InvalidInput) as refused:
        write_tender_folder(opened.registry, TENDER, tmp_path, POLICY)
    assert {(f.code, f.value) for f in refused.value.findings} == {
        ("keeping.file_there", "bids.csv"),
        ("keeping.file_there", "tender.toml"),
    }
    assert (tmp_path / "bids.csv").read_text(encoding="utf-8") == "mine"
    assert not (tmp_path / "policy.toml").exists()


@pytest.mark.parametrize(
    "name",
    ['=HYPERLINK("http://x","y")', "+86 Ltd", "@SUM(1)", "-1", "'=1", 'a "quoted", name', "名, 称; x", "\u202eevil"],
)
def test_a_name_that_a_spreadsheet_would_run_is_written_as_text(opened, tmp_path, name):
    supplier = opened.registry.get("supplier", "YX")
    opened.registry.edit(supplier, name=name)
    folder = tmp_path / "out"
    write_tender_folder(opened.registry, TENDER, folder, POLICY)
    (written,) = {row["name"] for row in rows(folder / "bids.csv") if row["bidder"] == "YX"}
    assert written[0] not in "=+-@\t\r"
    assert written in {name, f"'{name}"}
    registered_tender(opened.registry, TENDER, fill_in(folder))


def test_an_id_that_a_spreadsheet_would_run_is_refused(opened):
    known = registered(opened.registry, TENDER)
    bids = dict(known.bids)
    bids["yx-1"] = dataclasses.replace(bids["yx-1"], bid="=YX-1")
    found = list(_live_ids(dataclasses.replace(known, bids=bids)))
    assert [(f.code, f.value) for f in found] == [("keeping.live_id", "=YX-1")]


def test_scorecards_of_one_year_are_the_past_of_the_next_tender(tmp_path):
    """Reviewed in October for three bidders, confirmed by somebody else, scored in the tender of December."""
    store = SampleStore(tmp_path, "tender")
    agreed = ReviewPlan.load(SAMPLES / "service-records" / "plan.toml").fingerprint
    review = review_folder(SAMPLES / "service-records", period="2026-09", agreed=agreed).review
    bidders = {"00123": "YX", "S05": "BT", "S08": "LM"}
    cards = tuple(card for card in review.cards if card.supplier in bidders)
    store.now = datetime(2026, 10, 12, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
    kept = keep_review(
        store.registry.by("wu.fang"), dataclasses.replace(review, cards=cards, proposals=()), suppliers=bidders
    )
    write_tender_folder(store.registry, TENDER, tmp_path / "unconfirmed", POLICY)
    assert "LM" not in {row["bidder"] for row in rows(tmp_path / "unconfirmed" / "past.csv")}
    for one in kept:
        store.move("scorecard", one.id, "confirm", confirmed_by="chen.bo", confirmed_on=date(2026, 10, 12))
    folder = tmp_path / "out"
    write_tender_folder(store.registry, TENDER, folder, POLICY)
    tender = registered_tender(store.registry, TENDER, fill_in(folder))
    past = {bidder: (one.period, one.score, one.coverage) for bidder, one in tender.past.items()}
    scores = {bidders[card.supplier]: Decimal(str(float(card.score))) for card in cards}
    assert {bidder: past[bidder] for bidder in bidders.values()} == {
        bidder: ("2026-09", scores[bidder], Decimal(1) if bidder != "LM" else Decimal("0.8"))
        for bidder in bidders.values()
    }
    assert past["HZ"][0] == "2025-H2"
    before = evaluate(read_tender(DESK)).lots["L3"].ranking
    after = evaluate(tender).lots["L3"].ranking
    assert after.total_of("LM-3") != before.total_of("LM-3")
    store.registry.close()


HELPDESK = """
name = "helpdesk"
categories = []

[adoption]
by = "Procurement Committee"
on = 2026-01-15

[[criteria]]
id = "plan"
name = { en = "Service plan", zh = "服务方案" }
clause = "§3.1.3"
weight = 60
source = "marks"
anchors = [
  { mark = 100, words = { en = "complete", zh = "完整" } },
  { mark = 0, words = { en = "none", zh = "无" } },
]

[[criteria]]
id = "price"
name = { en = "Price", zh = "价格" }
clause = "§3.1.4"
weight = 40
source = "price"
price = { formula = "lowest_over_price" }

[[price.abnormal]]
kind = "below_share_of_mean"
limit = 0.5
"""


class Clock:
    """Stands still until it is advanced."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 2, 8, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def advance(self, *, days: float = 0, hours: float = 0) -> None:
        self.now += timedelta(days=days, hours=hours)


def fill_in_two(folder, bids: tuple[str, str], panel: tuple[str, ...]) -> None:
    """Marks and prices of two bids."""
    marks = [[bid, "plan", person, mark] for bid, mark in zip(bids, (85, 65), strict=True) for person in panel]
    prices = [[bid, "total", amount] for bid, amount in zip(bids, (120_000, 100_000), strict=True)]
    for table, header, rows in (("marks", MARKS, marks), ("prices", ["bid", "item", "amount"], prices)):
        with (folder / f"{table}.csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([header, *rows])


MARKS = ["bid", "criterion", "evaluator", "mark"]


def test_a_tender_without_lots_and_with_odd_ids_goes_all_the_way(tmp_path):
    """One lot, whose name is empty on record and 1 in the evaluation; commas, quotes and slashes in ids."""
    clock = Clock()
    (tmp_path / "policy.toml").write_text(HELPDESK, encoding="utf-8")
    policy = Policy.load(tmp_path / "policy.toml")
    bids, panel = ('甲/1,"x"', "B 2; y"), ("li.na", "王 伟,1", "zhao.min")
    with Registry.create(tmp_path / "s.sqlite", actor="tester", clock=clock) as registry:
        procedure = Procedure(registry, clock)
        procedure.published(policy_fingerprint=policy.fingerprint, policy="policy.toml")
        for number, bid in enumerate(bids, start=1):
            procedure.bid(bid, f"S/{number}")
            procedure.accept(bid)
        procedure.close()
        procedure.open("all")
        procedure.seat(*panel)
        procedure.qualify()
        procedure.lock_marks()
        folder = tmp_path / "out"
        write_tender_folder(registry, "T-1", folder, policy)
        assert not (folder / "past.csv").exists()
        fill_in_two(folder, bids, panel)
        evaluation = evaluate(registered_tender(registry, "T-1", folder))
        (result,) = keep_evaluation(registry, evaluation)
        assert (result.id, result.lot, result.order) == ("T-1-1-1", "", bids)
        assert result.scored_by == tuple(sorted(panel))
        assert registry.move(result, "lock").state == "locked"
        award = propose_award(registry, registry.get("result", result.id), evaluation, "W-1", "first")
        assert (award.lot, award.bid, award.amount) == ("", bids[0], Decimal(120_000))
