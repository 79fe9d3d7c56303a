from decimal import Decimal

import pandas as pd
import pytest

from supplier_eval.errors import UnknownName
from supplier_eval.intake.notice import Item
from supplier_eval.intake.tables import PriceLine
from supplier_eval.messages import LANGS, catalogue
from supplier_eval.policy.rules import PriceRule
from supplier_eval.score.evaluated_price import evaluate_prices
from supplier_eval.score.price_ladder import PriceFlag, PriceStep, StepRecord, item_words

WORDS = PriceLine("W", "total", amount=Decimal("98000"), amount_words="玖万柒仟元整", row=2)
PLAIN = PriceLine("P", "total", amount=Decimal("95000"), row=3)
BROKEN = PriceLine("X", "total", amount=Decimal("-1"), row=4)


def prices():
    rule = PriceRule(small_business_deduction=Decimal("0.10"))
    return evaluate_prices(
        [WORDS, PLAIN, BROKEN],
        [],
        rule,
        bids=["W", "P", "X"],
        small={"P": True},
        adjustments={"P": [("licence left out", Decimal(1000))]},
    )


def test_the_frame_has_one_row_a_bid_and_nan_where_there_is_no_price():
    expected = pd.DataFrame(
        {
            "bid": ["P", "W", "X"],
            "read": [95000.0, 98000.0, float("nan")],
            "corrected": [95000.0, 97000.0, float("nan")],
            "adjusted": [96000.0, 97000.0, float("nan")],
            "evaluated": [96000.0, 97000.0, float("nan")],
            "scored": [86400.0, 97000.0, float("nan")],
            "corrections": [0, 1, 0],
            "flags": [0, 1, 0],
            "findings": [0, 0, 1],
        }
    )
    pd.testing.assert_frame_equal(prices().to_frame(), expected)


def test_the_frame_of_nothing_has_the_same_columns_and_dtypes():
    nothing = evaluate_prices([], [], PriceRule(), bids=[])
    assert list(nothing.to_frame().columns) == list(prices().to_frame().columns)
    assert nothing.to_frame()["evaluated"].dtype == "float64"
    assert list(nothing.steps_frame()["after"]) == []


def test_the_frame_of_steps_has_one_row_a_step():
    frame = prices().steps_frame("zh")
    assert list(zip(frame["bid"], frame["stage"], frame["rule"], strict=True)) == [
        ("P", "read", "as_read"),
        ("P", "adjusted", "adjustment"),
        ("P", "evaluated", "evaluated"),
        ("P", "evaluated", "small_business"),
        ("W", "read", "as_read"),
        ("W", "corrected", "words_over_figures"),
        ("W", "evaluated", "evaluated"),
    ]
    assert frame["note"][5] == "总价：以大写金额为准，98,000.00 修正为 97,000.00。"


def test_the_explanation_tells_every_step_and_flag():
    assert prices().explain("W") == (
        "Total: 98,000.00, as the bid states it.\n"
        "Total: the amount in words prevails over the figures, 98,000.00 becomes 97,000.00.\n"
        "Total: the evaluated price is 97,000.00.\n"
        "Bid W, total: read 98,000.00, corrected 97,000.00 (words over figures); the correction binds once the "
        "bidder has confirmed it."
    )
    assert "合同价仍为 96,000.00" in prices().explain("P", "zh")


def test_a_bid_without_a_price_is_explained_by_its_findings():
    assert prices().explain("X").startswith("Bid X has no evaluated price.\nprices.amount, row 4: ")


def test_a_bid_that_was_not_evaluated_is_unknown():
    with pytest.raises(UnknownName, match="no bid named 'Q'"):
        prices().explain("Q")


def test_the_short_form_counts():
    assert repr(prices()) == "EvaluatedPrices(2 of 3 bids priced, 7 steps, 1 flags, 1 findings)"


@pytest.mark.parametrize("lang", LANGS)
def test_every_word_of_the_catalogue_is_there_in_both_languages(lang):
    own = {code: words for code, words in catalogue().items() if code.startswith(("price.step.", "price.rule."))}
    assert len(own) > 20
    assert all(words[lang] for words in own.values())


def test_steps_and_flags_compare_and_hash_by_what_they_say():
    step = PriceStep("A", "total", "read", "as_read", None, Decimal(1), {"written": "1"})
    assert step == PriceStep("A", "total", "read", "as_read", None, Decimal("1.00"), {"written": "1"})
    flag = PriceFlag("prices.quantity.differs", "A", "desk", Decimal(1), Decimal(2), {"figure": "1"})
    assert len({step, step}) == len({flag, flag}) == 1


def test_a_record_writes_minor_units_as_exact_money():
    record = StepRecord(2)
    record.add(("A", "total"), "corrected", "words_over_figures", (30, 10**17 + 1))
    assert (record.steps[0].before, record.steps[0].after) == (Decimal("0.30"), Decimal("1000000000000000.01"))


def test_an_item_is_named_as_a_sentence_names_it():
    assert [item_words(item, lang) for item in ("total", "desk") for lang in LANGS] == [
        "total",
        "总价",
        "item desk",
        "分项 desk",
    ]


def test_the_words_of_an_item_that_holds_braces_are_left_alone():
    lines = [PriceLine("A", "d{x}", amount=Decimal(5), row=2)]
    items = [Item.model_construct(**{**Item(id="d").__dict__, "id": "d{x}"})]
    told = evaluate_prices(lines, items, PriceRule(), bids=["A"]).explain("A")
    assert told.startswith("Item d{x}: 5.00")
