"""`score_frame`: the same rows with results beside them, whatever the table looks like."""

from __future__ import annotations

from decimal import Decimal

import numpy as np
import pandas as pd
import pytest

import supplier_eval as se
from made_batches import made_batch
from strategies import policy_mapping
from supplier_eval.batch import score_frame
from supplier_eval.policy import Policy

POLICY = Policy.from_mapping(policy_mapping())
MARKS = ("quality", "capability", "emergency")
RESULTS = [
    *(f"value_{name}" for name in (*MARKS, "price")),
    *("total", "rank", "margin", "eligible", "reason", "reason_text", "flags"),
]


def market(tenders: int, seed: int = 0, sizes: tuple[int, int] = (1, 9)) -> pd.DataFrame:
    """Bids of some tenders, coarse enough for ties."""
    rng = np.random.default_rng(seed)
    counts = rng.integers(*sizes, tenders)
    n = int(counts.sum())
    frame = pd.DataFrame({"tender": np.repeat([f"T{t:04d}" for t in range(tenders)], counts)})
    frame["bidder"] = [f"S{i}" for count in counts for i in range(count)]
    for name in MARKS:
        frame[name] = rng.integers(0, 11, n) * 10.0
    return frame.assign(price=rng.integers(5, 12, n) * 100.0)


def bare(frame: pd.DataFrame) -> pd.DataFrame:
    """Results alone, rows by tender and bid as text."""
    keys = [frame["tender"].astype(object).astype(str), frame["bidder"].astype(object).astype(str)]
    return frame[RESULTS].set_index(keys).sort_index()


def test_input_columns_rows_and_index_are_untouched_and_results_stand_beside_them():
    frame = market(20).sample(frac=1, random_state=1)
    frame.index = pd.Index([7] * len(frame), name="row")  # an index that tells rows apart by nothing
    before = frame.copy()
    scored = score_frame(frame, POLICY)
    pd.testing.assert_frame_equal(frame, before)
    pd.testing.assert_frame_equal(scored[list(frame.columns)], before)
    assert list(scored.columns) == [*frame.columns, *RESULTS]
    assert scored["rank"].dtype == "Int64"
    assert scored["eligible"].dtype == bool


def test_results_can_be_changed_without_touching_what_was_given():
    frame = market(3)
    scored = score_frame(frame, POLICY)
    scored["price"] *= 2
    assert scored["price"].iloc[0] == 2 * frame["price"].iloc[0]


def test_the_order_of_rows_and_columns_decides_nothing():
    frame = market(60)
    shuffled = frame.sample(frac=1, random_state=5)[[*reversed(frame.columns)]]
    pd.testing.assert_frame_equal(bare(score_frame(shuffled, POLICY)), bare(score_frame(frame, POLICY)))


@pytest.mark.parametrize("kind", ["object", "category", "string", "string[pyarrow]", "str"])
def test_ids_of_any_dtype_give_the_same(kind):
    frame = market(30)
    other = frame.astype({"tender": kind, "bidder": kind})
    pd.testing.assert_frame_equal(bare(score_frame(other, POLICY)), bare(score_frame(frame, POLICY)))


@pytest.mark.parametrize(
    "kind", ["float32", "int64", "Int64", "Float64", "object", "str", "category", "double[pyarrow]"]
)
def test_figures_of_any_dtype_give_the_same(kind):
    frame = market(30)
    whole = frame.astype(dict.fromkeys((*MARKS, "price"), "int64"))
    other = whole.astype(dict.fromkeys((*MARKS, "price"), kind))
    pd.testing.assert_frame_equal(bare(score_frame(other, POLICY)), bare(score_frame(frame, POLICY)))


def test_decimals_are_read_exactly():
    frame = market(10).assign(price=lambda f: [Decimal(str(p)) + Decimal("0.10") for p in f["price"]])
    floats = frame.assign(price=frame["price"].astype(float))
    pd.testing.assert_frame_equal(bare(score_frame(frame, POLICY)), bare(score_frame(floats, POLICY)))


def test_ids_are_text_leading_zeros_stay_and_na_is_a_name():
    frame = market(1, sizes=(6, 7)).assign(tender=["00123", "123", "NA", "NA", "nan", "None"])
    scored = score_frame(frame, POLICY)
    assert scored.attrs["tenders"] == 5
    assert scored.groupby("tender", sort=False)["rank"].max().tolist() == [1, 1, 2, 1, 1]


def test_whole_numbers_and_their_text_are_the_same_id_in_a_mixed_column():
    frame = market(1, sizes=(4, 5)).assign(tender=pd.Series([7, "7", 7.0, "07"], dtype=object))
    assert score_frame(frame, POLICY)["rank"].max() == 3
    numbers = market(1, sizes=(4, 5)).assign(tender=[7, 7, 8, 8])
    assert score_frame(numbers, POLICY).attrs["tenders"] == 2


def test_ids_that_differ_by_case_or_width_are_one():
    frame = market(1, sizes=(3, 4)).assign(tender=["AB1", "ab1", "ＡＢ１"])
    assert score_frame(frame, POLICY).attrs["tenders"] == 1


def test_a_tender_whose_rows_do_not_stand_together_is_one_tender():
    frame = market(2, sizes=(3, 4)).iloc[[0, 3, 1, 4, 2, 5]]
    scored = score_frame(frame, POLICY)
    assert scored.attrs["tenders"] == 2
    pd.testing.assert_frame_equal(bare(scored), bare(score_frame(frame.sort_index(), POLICY)))


def test_a_missing_tender_is_a_finding_and_no_group_of_its_own():
    frame = market(2, sizes=(3, 4))
    frame.loc[[1, 4], "tender"] = None
    with pytest.raises(se.InvalidInput) as refused:
        score_frame(frame, POLICY)
    assert [(f.code, f.rows) for f in refused.value.findings] == [("batch.id.missing", (3, 6))]
    kept = score_frame(frame, POLICY, on_error="reject")
    assert kept.attrs["rejected_rows"] == 2
    assert kept.attrs["findings"][0].endswith("[batch.id.missing]")
    assert len(kept) == 4


def test_one_bid_is_first_and_ahead_of_nobody():
    scored = score_frame(market(1, sizes=(1, 2)), POLICY)
    assert scored["rank"].tolist() == [1]
    assert scored["value_price"].tolist() == [100.0]
    assert scored["margin"].isna().all()


def test_bids_that_are_all_equal_share_rank_one():
    frame = market(1, sizes=(4, 5))
    frame[[*MARKS, "price"]] = [50.0, 50.0, 50.0, 100.0]
    scored = score_frame(frame, POLICY, robustness=("acceptability", "expected_rank", "radius"), draws=64)
    assert scored["rank"].tolist() == [1, 1, 1, 1]
    assert scored["margin"].tolist()[:3] == [0, 0, 0]
    assert scored["first_rank_share"].tolist() == [1.0] * 4


def test_an_empty_table_gives_an_empty_table_with_all_columns():
    scored = score_frame(market(1).iloc[:0], POLICY, robustness=("radius",))
    assert len(scored) == 0
    assert list(scored.columns)[-len(RESULTS) - 1 :] == [*RESULTS, "weight_radius"]
    assert scored.attrs["tenders"] == 0
    assert scored["rank"].dtype == "Int64"


def test_tenders_of_every_size_and_one_of_five_hundred_bids_are_ranked_each_for_itself():
    frame = pd.concat(
        [market(2000, 1, (1, 40)), market(1, 2, (500, 501)).assign(tender="BIG")], ignore_index=True
    ).sample(frac=1, random_state=3)
    scored = score_frame(frame, POLICY, robustness=("expected_rank",), draws=16)
    assert scored.attrs["tenders"] == 2001
    total, price = scored["total"].round(9), scored["price"]
    lead = total * 1e6 - price  # the tie key: the lower price
    expected = lead.groupby(scored["tender"]).rank(method="min", ascending=False)
    np.testing.assert_array_equal(scored["rank"].astype(float), expected)
    assert scored.groupby("tender")["value_price"].max().eq(100).all()


def test_chinese_columns_are_named_in_the_policy_or_in_the_call():
    frame = market(10)
    chinese = {"tender": "项目编号", "bidder": "投标人", "quality": "质量得分", "price": "投标报价（元）"}
    there = frame.rename(columns=chinese)
    mapping = {"tender": "项目编号", "bid": "投标人", "price": "投标报价（元）", "criteria": {"quality": "质量得分"}}
    declared = Policy.from_mapping(policy_mapping(batch=mapping))
    plain = score_frame(frame, POLICY)[RESULTS]
    pd.testing.assert_frame_equal(score_frame(there, declared)[RESULTS], plain)
    pd.testing.assert_frame_equal(score_frame(there, POLICY, columns=mapping)[RESULTS], plain)


def test_lots_of_one_tender_are_orders_of_their_own():
    frame = market(1, sizes=(6, 7)).assign(lot=[1, 1, 1, 2, 2, 2], bidder=["A", "B", "C"] * 2)
    scored = score_frame(frame, POLICY)
    assert sorted(scored["rank"].iloc[3:]) != sorted(scored["rank"])
    assert scored.attrs["tenders"] == 2
    with pytest.raises(se.InvalidInput, match=r"batch\.bid\.twice"):
        score_frame(frame, POLICY, columns={"lot": None})


def test_a_column_that_bears_the_name_of_a_result_is_refused_with_a_remedy():
    frame = market(2).assign(total=1.0, expected_rank=1.0)
    with pytest.raises(se.InvalidInput, match="rename") as refused:
        score_frame(frame, POLICY)
    assert [f.column for f in refused.value.findings] == ["total"]
    with pytest.raises(se.InvalidInput) as refused:
        score_frame(frame, POLICY, robustness=("expected_rank",))
    assert [f.column for f in refused.value.findings] == ["total", "expected_rank"]


def test_a_batch_binds_only_under_the_published_policy_without_open_cases():
    frame = market(20)
    assert score_frame(frame, POLICY).attrs["standing"] == "exploratory"
    binding = score_frame(frame, POLICY, published=POLICY.fingerprint).attrs
    assert (binding["standing"], binding["standing_reasons"]) == ("binding", [])
    assert binding["policy_fingerprint"] == POLICY.fingerprint
    other = score_frame(frame, POLICY.replace(weights={"price": 30, "quality": 40}), published=POLICY.fingerprint)
    assert other.attrs["standing_reasons"] == ["The policy is not the one whose fingerprint was published."]


def test_wrong_arguments_are_told_together():
    with pytest.raises(se.InvalidInput) as refused:
        score_frame("bids.csv", POLICY, robustness="radii", draws=0, seed=-1, on_error="skip", lang="fr")  # type: ignore[arg-type]
    assert len(refused.value.findings) == 6
    with pytest.raises(se.InvalidInput, match="policy"):
        score_frame(market(1), "policy.toml")  # type: ignore[arg-type]


def test_reasons_are_told_in_both_languages():
    frame = market(2, sizes=(3, 4)).assign(ceiling=600.0, price=[500.0, 700.0, 600.0] * 2)
    for lang, said in (("en", "ceiling"), ("zh", "限价")):
        scored = score_frame(frame, POLICY, lang=lang)  # type: ignore[arg-type]
        assert scored["reason"].dropna().unique().tolist() == ["qualify.ceiling"]
        assert said in scored["reason_text"].iloc[1]


def test_a_random_market_is_scored_the_same_in_one_table_and_tender_by_tender():
    made = made_batch(17, 12)
    whole = score_frame(made.frame, made.policy)
    for tender, rows in made.frame.groupby("tender"):
        alone = score_frame(rows, made.policy)
        pd.testing.assert_frame_equal(alone, whole[whole["tender"] == tender], check_categorical=False)
