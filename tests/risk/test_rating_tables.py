"""A rating as intake tables: they are read as any other, a gate fails on them, an award rule binds on them."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pandas as pd
import pytest

import supplier_eval as se
from supplier_eval.award import award_lots, read_problem
from supplier_eval.errors import InvalidInput
from supplier_eval.risk import rate_risks

ROOT = Path(__file__).parents[2]
SAMPLES = ROOT / "data" / "samples"
PLAN = {
    "measures": [
        {"id": "delivery", "weight": 80, "knots": [[0, 100], [100, 0]]},
        {"id": "legal", "weight": 20, "knots": [[0, 0], [50, 100]]},
    ],
    "knock_outs": [{"id": "law", "measure": "legal", "points": 100, "level": "E"}],
}


def rating(scores, grave=()):
    """Delivery by supplier (None: no scorecard), and who has a grave violation: without it 80 % of 100 - score."""
    names = sorted(scores)
    suppliers = pd.DataFrame({"supplier": names, "legal_checked": "2026-06-01"})
    legal = pd.DataFrame(
        {"record": [f"r-{name}" for name in grave], "supplier": list(grave), "severity": "grave", "on": "2026-01-01"}
    ).astype(object)
    delivery = pd.DataFrame({"supplier": names, "score": [scores[name] for name in names]})
    return rate_risks(suppliers, PLAN, as_of="2026-06-30", delivery=delivery, legal_record=legal)


def tender_with_gate(folder, rated, limit=50):
    """The service desk with one more gate, `supplier_risk` at most `limit`, answered by the rating."""
    shutil.copytree(SAMPLES / "service-desk", folder)
    gate = (
        f'\n[[gates]]\nid = "supplier_risk"\nname = {{ en = "Supplier risk", zh = "供应商风险" }}\nkind = "at_most"\n'
        f'limit = {limit}\nunit = "points"\n'
    )
    policy = folder / "policy.toml"
    policy.write_text(policy.read_text(encoding="utf-8") + gate, encoding="utf-8")
    bids = pd.read_csv(folder / "bids.csv", dtype=str, keep_default_na=False)
    rows = rated.requirements(bids, requirement="supplier_risk")
    path = folder / "requirements.csv"
    before = pd.read_csv(path, dtype=str, keep_default_na=False)
    pd.concat([before, rows]).fillna("").to_csv(path, index=False)
    return se.read_tender(folder)


def test_a_gate_of_a_tender_fails_on_high_risk_on_knock_outs_and_on_who_is_not_rated(tmp_path):
    """BT 8 points, HZ 64: above 50. LM 16 by score, E by its violation: 80. QH has no scorecard: incomplete."""
    bidders = pd.read_csv(SAMPLES / "service-desk" / "bids.csv", dtype=str)["bidder"].unique()
    rated = rating(dict.fromkeys(bidders, 90.0) | {"HZ": 20.0, "QH": None}, grave=["LM"])
    tender = tender_with_gate(tmp_path / "tender", rated)
    checks = [check for lot in tender.lots for check in se.qualify_bids(tender, lot).checks]
    found = {check.bid: (check.passed, check.found) for check in checks if check.gate == "supplier_risk"}
    assert found["BT-1"] == (True, "8.0")
    assert found["HZ-1"] == (False, "64.0")
    assert found["LM-1"] == (False, "80.0")
    assert found["QH-1"] == (False, "")


def award_folder(folder, rated, limit):
    """The award of six lots, its own figures of risk replaced by the rating, with one cap more."""
    shutil.copytree(SAMPLES / "award-regions", folder)
    path = folder / "suppliers.csv"
    table = pd.read_csv(path, dtype=str, keep_default_na=False).drop(columns="risk")
    rated.award_suppliers(table).to_csv(path, index=False)
    if limit is not None:
        rule = f'\n[[rules]]\nid = "R-risk"\nkind = "max_avg"\nattribute = "risk"\nvalue = {limit}\n'
        award = folder / "award.toml"
        award.write_text(award.read_text(encoding="utf-8") + rule, encoding="utf-8")
    return folder


def mean_risk(allocation, rated):
    """Mean of the risk, by volume."""
    frame = allocation.to_frame()
    risk = frame["supplier"].map(lambda name: float(rated.ratings[name].effective))
    return float((risk * frame["volume"]).sum() / frame["volume"].sum())


def test_an_award_reads_the_rating_and_a_cap_on_it_binds(tmp_path):
    ids = pd.read_csv(SAMPLES / "award-regions" / "suppliers.csv", dtype=str)["id"].tolist()
    rated = rating({name: 95.0 - 9 * at for at, name in enumerate(ids)})
    free = award_lots(read_problem(award_folder(tmp_path / "free", rated, None)), gap=0)
    before = mean_risk(free, rated)
    problem = read_problem(award_folder(tmp_path / "capped", rated, round(before - 1)))
    assert float(problem.suppliers[ids[1]].attributes["risk"]) == pytest.approx(float(rated.ratings[ids[1]].effective))
    capped = award_lots(problem, gap=0)
    assert mean_risk(capped, rated) <= round(before - 1) + 1e-9 < before
    assert capped.objective > free.objective


def test_an_award_asks_for_the_risk_of_who_is_not_rated(tmp_path):
    ids = pd.read_csv(SAMPLES / "award-regions" / "suppliers.csv", dtype=str)["id"].tolist()
    rated = rating(dict.fromkeys(ids, 90.0) | {ids[0]: None})
    with pytest.raises(InvalidInput) as refused:
        award_lots(read_problem(award_folder(tmp_path / "open", rated, 50)), gap=0)
    assert any("risk" in f.line() for f in refused.value.findings)


def test_who_is_not_rated_stays_empty():
    rated = rating({"A": 90.0, "B": None})
    assert rated.requirements({"b1": "a", "b2": "B"})["value"].tolist() == ["8.0", ""]
    assert rated.award_suppliers()["risk"].isna().tolist() == [False, True]


def test_who_was_never_rated_is_refused_and_not_left_out():
    rated = rating({"A": 90.0})
    for ask in (
        lambda: rated.requirements({"b1": "A", "b2": "C"}),
        lambda: rated.award_suppliers(pd.DataFrame({"id": ["A", "C"]})),
    ):
        with pytest.raises(InvalidInput) as refused:
            ask()
        assert [(f.code, f.value) for f in refused.value.findings] == [("rating.bidder_unknown", "C")]


def test_wrong_arguments_are_refused_in_words():
    rated = rating({"A": 90.0})
    for ask, code in (
        (lambda: rated.requirements(3), "asked.frame"),
        (lambda: rated.requirements({}, requirement=""), "asked.text"),
        (lambda: rated.award_suppliers(attribute=None), "asked.text"),
        (lambda: rated.award_suppliers(3), "asked.frame"),
        (lambda: rated.award_suppliers(pd.DataFrame({"id": ["A"], "risk": [1]})), "rating.attribute_there"),
    ):
        with pytest.raises(InvalidInput) as refused:
            ask()
        assert [f.code for f in refused.value.findings] == [code]


def test_the_recipe_of_the_page_appends_to_a_tender_and_joins_to_an_award(tmp_path, monkeypatch):
    page = (ROOT / "docs" / "supplier-risk-rating.md").read_text("utf-8")
    code = re.search(r"<!-- rating into a tender and an award -->\n```python\n(.*?)```", page, re.DOTALL)[1]
    gate = re.search(r"```toml\n(\[\[gates\]\].*?)```", page, re.DOTALL)[1]
    for name, sample in (("tender", "service-desk"), ("award", "award-regions")):
        shutil.copytree(ROOT / "data" / "samples" / sample, tmp_path / name)
    monkeypatch.chdir(tmp_path)
    before = pd.read_csv("tender/requirements.csv", dtype=str)
    bidders = {*pd.read_csv("tender/bids.csv", dtype=str)["bidder"], "BY", "HX", "JT"}
    bidders |= {*pd.read_csv("award/suppliers.csv", dtype=str)["id"]}
    scores = [20.0 if name in {"YX", "HX"} else 95.0 for name in sorted(bidders)]
    delivery = pd.DataFrame({"supplier": sorted(bidders), "score": scores, "coverage": 1.0})
    plan = {"coverage_floor": 0.1}
    found = rate_risks(sorted(bidders), plan, as_of="2026-06-30", delivery=delivery)
    exec(compile(code, "supplier-risk-rating.md", "exec"), {"pd": pd, "found": found})
    after = pd.read_csv("tender/requirements.csv", dtype=str)
    assert len(after) == len(before) + pd.read_csv("tender/bids.csv")["bid"].nunique()
    award = read_problem(tmp_path / "award")
    assert award.suppliers["HX"].attributes["risk"] > 59 > award.suppliers["BY"].attributes["risk"]
    assert "capacity" in pd.read_csv("award/suppliers.csv").columns
    policy = tmp_path / "tender" / "policy.toml"
    policy.write_text(policy.read_text("utf-8") + "\n" + gate, "utf-8")
    out = se.evaluate(se.read_tender(tmp_path / "tender"))
    table = out.lots["L1"].ranking.to_frame().set_index("bid")
    assert table.loc["YX-1", "rank"] == 0 and (table["rank"] == 1).sum() == 1
