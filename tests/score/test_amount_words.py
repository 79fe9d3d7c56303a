from decimal import Decimal

import cn2an
import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from supplier_eval.score.amount_words import read_amount_words

FEN = st.one_of(
    st.integers(1, 10**17 - 1),
    st.text("0000123", min_size=1, max_size=17).map(int).filter(bool),  # many zeros between the digits
)


def leaves_a_needed_zero_out(yuan: int) -> bool:
    """cn2an writes 一亿三千 for 100,003,000, which is also how people say 130,000,000; we refuse it."""
    return yuan >= 10**8 and yuan % 10**8 // 10**4 == 0 and yuan % 10**4 >= 1000


@given(FEN)
@settings(max_examples=400, deadline=None)
@example(1)
@example(10**14 + 505)
@example(10**17 - 1)
def test_what_cn2an_writes_in_financial_numerals_is_read_back_exactly(fen):
    assume(not leaves_a_needed_zero_out(fen // 100))
    amount = f"{fen // 100}.{fen % 100:02d}"
    assert read_amount_words(cn2an.an2cn(amount, "rmb")) == Decimal(amount)


@given(st.integers(1, 10**15 - 1), st.sampled_from(["up", "low"]), st.sampled_from(["", "元", "元整", "圆正"]))
@settings(max_examples=300, deadline=None)
def test_whole_amounts_are_read_in_financial_and_in_ordinary_numerals(yuan, numerals, tail):
    assume(not leaves_a_needed_zero_out(yuan))
    assert read_amount_words(cn2an.an2cn(str(yuan), numerals) + tail) == yuan


@given(st.integers(1, 10**7 - 1), st.integers(1000, 9999))
@settings(max_examples=50, deadline=None)
def test_a_number_without_the_zero_that_keeps_it_apart_from_another_is_refused(hundred_millions, rest):
    yuan = hundred_millions * 10**8 + rest
    assert leaves_a_needed_zero_out(yuan)
    assert read_amount_words(cn2an.an2cn(str(yuan), "rmb")) is None


@given(st.integers(0, 10**8 - 1))
@settings(max_examples=200, deadline=None)
def test_a_form_that_prints_every_place_is_read(fen):
    numerals = "零壹贰叁肆伍陆柒捌玖"
    digits = [numerals[int(digit)] for digit in f"{fen:08d}"]
    form = "".join(digit + place for digit, place in zip(digits, "拾万仟佰拾元角分", strict=True))
    assert read_amount_words(form) == Decimal(fen) / 100


@given(st.text("零一二三壹贰叁两十百千拾佰仟万亿元角分整.,0123 ", max_size=14))
@settings(max_examples=500)
def test_any_text_is_an_amount_or_refused_and_never_an_exception(text):
    amount = read_amount_words(text)
    assert amount is None or (amount.is_finite() and amount >= 0)


@pytest.mark.parametrize(
    ("words", "amount"),
    [
        ("壹拾万元整", "100000"),
        ("人民币壹拾万元整", "100000"),
        ("人民币（大写）：壹拾万元正", "100000"),
        (" 壹拾 万 元 整 ", "100000"),
        ("壹佰贰拾叁万肆仟伍佰陆拾柒元捌角玖分", "1234567.89"),
        # the examples of the rules on filling in payment instruments, annex 1, item 4
        ("壹仟肆佰零玖元伍角", "1409.50"),
        ("陆仟零柒元壹角肆分", "6007.14"),
        ("壹仟陆佰捌拾元零叁角贰分", "1680.32"),
        ("壹仟陆佰捌拾元叁角贰分", "1680.32"),
        ("壹拾万柒仟元零伍角叁分", "107000.53"),
        ("壹拾万零柒仟元伍角叁分", "107000.53"),
        ("壹万陆仟肆佰零玖元零贰分", "16409.02"),
        ("叁佰贰拾伍元零肆分", "325.04"),
        ("壹拾零万伍仟零佰零拾零元零角零分", "105000"),
        ("拾元", "10"),
        ("十五万", "150000"),
        ("两万元", "20000"),
        ("一万〇五百元", "10500"),
        ("貳拾萬圓整", "200000"),
        ("壹万亿元", "1000000000000"),
        ("壹万亿伍仟万元", "1000050000000"),
        ("壹佰零零元", "100"),
        ("玖角", "0.90"),
        ("零元零伍分", "0.05"),
        ("100000", "100000"),
        ("¥1,234,567.89元整", "1234567.89"),
        ("￥１００，０００．００", "100000"),
        ("12.5万元", "125000"),
    ],
)
def test_amounts_as_bid_letters_write_them(words, amount):
    assert read_amount_words(words) == Decimal(amount)


@pytest.mark.parametrize(
    "words",
    [
        "",
        "元",
        "万元",
        "面议",
        "one hundred thousand",
        "一百五",  # 105 or 150
        "一万五",  # 10,005 or 15,000
        "壹亿伍仟",  # 100,005,000 or 150,000,000
        "壹佰零零零元",  # more places than a hundred has
        "壹佰零贰拾",  # a zero where nothing was left out
        "贰拾壹佰",  # places that rise
        "壹佰贰佰",
        "一二三",
        "壹元五",
        "壹佰伍角",  # the sign of the yuan is missing
        "壹兆",  # a million or a million million
        "负壹元",
        "壹亿亿",
        "1.234",
        "1,234",
        "1.234.567,89",
        "壹" * 100,
    ],
)
def test_what_is_not_one_amount_and_only_one_is_refused(words):
    assert read_amount_words(words) is None


def test_long_figures_keep_every_digit():
    assert read_amount_words("1234567890123456789012345678901234.56") == Decimal(
        "1234567890123456789012345678901234.56"
    )
