"""Rows are scored as `evaluate` scores their tenders one by one, to the last bit; bad tenders are set aside whole."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

import supplier_eval as se
from made_batches import made_batch
from strategies import flat, make_tender, policy_mapping
from supplier_eval.batch import compile_plan, score_rows
from supplier_eval.policy import Policy

PLAN = compile_plan(Policy.from_mapping(policy_mapping()))


def bids(**columns: object) -> pd.DataFrame:
    """Two tenders with two bids and three."""
    frame = pd.DataFrame({"tender": ["T1", "T1", "T2", "T2", "T2"], "bid": ["A", "B", "A", "B", "C"]})
    for name in ("quality", "capability", "emergency"):
        frame[name] = [80.0, 70.0, 60.0, 50.0, 40.0]
    return frame.assign(price=[100.0, 90.0, 100.0, 90.0, 80.0], **columns)


def compare(seed: int, tenders: int) -> tuple[int, int, int]:
    """Score the made tenders both ways; how many there were, how many stopped, how many had a tie."""
    made = made_batch(seed, tenders)
    scored = score_rows(made.frame, compile_plan(made.policy)).frame
    row = {key: i for i, key in enumerate(zip(scored["tender"], scored["bid"], strict=True))}
    mine = {name: scored[name].to_numpy() for name in ("total", "eligible", "margin")}
    mine["rank"] = scored["rank"].to_numpy(dtype=float, na_value=0)
    codes = {name: scored[name].astype(object).tolist() for name in ("flags", "reason")}
    leaves = made.policy.tree().leaves
    values = scored[[f"value_{leaf.id}" for leaf in leaves]].to_numpy().T
    stopped = tied = 0
    for tender in made.tenders:
        result = se.evaluate(tender).only_lot
        sheet, ranking = result.sheet, result.ranking
        at = [row[tender.notice.id, bid] for bid in sheet.bids]
        margins = [ranking.margins.get(bid, np.nan) for bid in sheet.bids]
        theirs = {"total": ranking.total, "rank": ranking.ranks, "eligible": sheet.eligible, "margin": margins}
        np.testing.assert_array_equal(values[:, at], sheet.values, err_msg=f"values, seed {seed}")
        for name, figures in theirs.items():
            np.testing.assert_array_equal(mine[name][at], figures, err_msg=f"{name}, seed {seed}")
        flags: dict[str, set[str]] = {bid: set() for bid in sheet.bids}
        for flag in result.flags:
            flags[flag.bid] |= {flag.code} if flag.code.startswith("price.abnormal") else set()
        assert [told(codes["flags"][i]) for i in at] == list(flags.values())
        why = [{reason.code for reason in sheet.qualification.reasons.get(bid, ())} for bid in sheet.bids]
        assert [told(codes["reason"][i]) - {"score.too_few_valid_bids"} for i in at] == why
        stopped += ranking.stopped is not None
        tied += bool(ranking.tied)
    return len(made.tenders), stopped, tied


def told(cell: object) -> set[str]:
    """Codes of one cell, without what they are about."""
    return {code.split("[")[0] for code in cell.split("; ")} if isinstance(cell, str) else set()


def test_a_thousand_tenders_under_random_policies_are_scored_as_evaluate_scores_them_to_the_last_bit():
    """All formulas, value functions, gates, floors, limits, deductions, rounding, ties, two envelopes, stops, flags."""
    counts = np.sum([compare(seed, 6) for seed in range(1000, 1167)], axis=0)
    assert counts[0] >= 1000
    assert (counts[1:] > 50).all()  # stops and ties were among them


def test_floors_of_one_lot_hold_in_that_lot_alone_as_in_a_tender_with_lots():
    policy = Policy.from_mapping(policy_mapping(floors=[{"criterion": "quality", "minimum": 60, "lot": "L2"}]))
    rng = np.random.default_rng(0)
    offers = [flat(f"B{i}", float(rng.integers(40, 90)), str(rng.integers(50, 99)), 1) for i in range(8)]
    tender = make_tender(offers, policy, notice={"lots": [{"id": "L1"}, {"id": "L2"}]})
    lots = ["L1", "L2"] * 4
    rows = [{"tender": "t", "bid": o.bid, "price": float(o.price), **o.marks["E1"]} for o in offers]
    scored = score_rows(pd.DataFrame(rows).assign(lot=lots), compile_plan(policy)).frame.set_index("bid")
    for result in se.evaluate(replace(tender, bids=tender.bids.assign(lot=lots))).lots.values():
        mine = scored.loc[list(result.sheet.bids)]
        np.testing.assert_array_equal(mine["eligible"], result.sheet.eligible)
        np.testing.assert_array_equal(mine["total"], result.ranking.total)
        np.testing.assert_array_equal(mine["rank"].fillna(0).astype(int), result.ranking.ranks)
    assert not scored["eligible"].all()


def test_the_rows_of_good_tenders_are_scored_and_whole_tenders_with_a_bad_row_are_set_aside():
    frame = bids()
    frame.loc[3, "price"] = np.nan
    scored = score_rows(frame, PLAN, first_row=100)
    assert scored.frame.index.tolist() == [0, 1]
    assert scored.rejected.index.tolist() == [2, 3, 4]
    assert scored.rejected["finding_codes"].tolist() == [
        "batch.tender.set_aside",
        "batch.price.missing",
        "batch.tender.set_aside",
    ]
    assert [(f.code, f.rows) for f in scored.findings] == [("batch.price.missing", (103,))]
    assert scored.n_tenders == 1
    assert len(scored.frame) + len(scored.rejected) == len(frame)


def test_everything_that_is_wrong_refuses_the_table_at_once():
    frame = bids()
    frame.loc[0, "quality"] = 101
    frame.loc[2, "price"] = -1
    frame.loc[4, "bid"] = "b"
    with pytest.raises(se.InvalidInput) as refused:
        score_rows(frame, PLAN, on_error="raise")
    assert {f.code: f.rows for f in refused.value.findings} == {
        "batch.bid.twice": (5, 6),
        "batch.value.out_of_range": (2,),
        "batch.price.not_positive": (4,),
    }
    assert all(f.say("zh") and f.advise("zh") for f in refused.value.findings)


def test_a_row_without_tender_belongs_to_none_and_spoils_none():
    scored = score_rows(bids(tender=["T1", "T1", None, "T2", "T2"]), PLAN)
    assert scored.rejected["finding_codes"].tolist() == ["batch.id.missing"]
    assert scored.frame["rank"].tolist() == [1, 2, 1, 2]
    assert "1 rows rejected" in repr(scored)


def test_a_missing_figure_of_a_bid_that_a_gate_took_out_is_not_asked_for():
    gate = {"id": "licence", "name": "licence", "kind": "yes"}
    plan = compile_plan(Policy.from_mapping(policy_mapping(gates=[gate])))
    frame = bids(licence=["yes", "no", "yes", None, "yes"])
    frame.loc[[1, 3], ["quality", "price"]] = np.nan
    scored = score_rows(frame, plan)
    assert scored.frame["reason"].tolist()[1::2] == ["qualify.gate.yes[licence]", "qualify.incomplete[licence]"]
    assert scored.frame["rank"].fillna(0).tolist() == [1, 0, 1, 0, 2]


def test_what_a_formula_refuses_is_a_finding():
    policy = policy_mapping()
    policy["criteria"][-1]["price"] = {
        "formula": "reduced_price",
        "parameters": {"features_max": "0.5"},
        "quality_from": ["quality"],
    }
    policy["procedure"] = {"technical": {"criteria": ["quality", "capability"], "rescale_to_best": True}}
    frame = bids(capability=[0.0] * 5)
    with pytest.raises(se.InvalidInput, match="reduced_price"):
        score_rows(frame, compile_plan(Policy.from_mapping(policy)))


def test_arguments_of_the_wrong_kind_are_told_at_once():
    with pytest.raises(se.InvalidInput) as refused:
        score_rows(None, PLAN.policy, on_error="skip", lang="fr")
    assert [f.column for f in refused.value.findings] == ["frame", "plan", "on_error", "lang"]
