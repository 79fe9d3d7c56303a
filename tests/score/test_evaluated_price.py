from decimal import Decimal, localcontext
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from supplier_eval.intake.notice import Item
from supplier_eval.intake.tables import PriceLine
from supplier_eval.policy.rules import PriceRule
from supplier_eval.score.evaluated_price import evaluate_prices

CENT = Decimal("0.01")


def line(bid, item="total", row=0, **figures):
    cells = {name: cell if name == "amount_words" else Decimal(cell) for name, cell in figures.items()}
    return PriceLine(bid, item, row=row, **cells)


def test_a_rate_card_with_transition_term_and_tax_by_hand():
    """A service desk over three years, 6 % tax; amounts worked out on paper.

    tickets      4.20 × 30,000 × 3 = 378,000.00   + 6 % = 400,680.00
    manager  9,500.00 ×      1 × 36 = 342,000.00   + 6 % = 362,520.00
    transition 48,000.00                            + 6 % =  50,880.00
    the bidder's sheet: tickets 126,000 a year, manager 9,500 a month, transition 48,000: 768,000
    adjustment for a report that was left out: 5,000.00
    """
    tax = Decimal("0.06")
    items = [
        Item(id="tickets", kind="rate", volume=Decimal(30000), times=Decimal(3), tax_rate=tax),
        Item(id="manager", kind="run", times=Decimal(36), tax_rate=tax),
        Item(id="transition", kind="transition", tax_rate=tax),
    ]
    lines = [
        line("A", "tickets", unit_price="4.20", quantity="30000", amount="126000"),
        line("A", "manager", amount="9500"),
        line("A", "transition", amount="48000"),
        line("A", "total", amount="768000", amount_words="柒拾陆万捌仟元整"),
    ]
    prices = evaluate_prices(
        lines,
        items,
        PriceRule(tax_basis="inclusive"),
        bids=["A"],
        adjustments={"A": [("report left out", Decimal(5000))]},
    )
    assert prices.findings == prices.flags == ()
    assert prices.read == prices.corrected == {"A": Decimal(768000)}
    assert prices.adjusted == {"A": Decimal(773000)}
    assert prices.items["A"] == {
        "manager": Decimal(362520),
        "tickets": Decimal(400680),
        "transition": Decimal(50880),
    }
    assert prices.evaluated == prices.scored == {"A": Decimal(819080)}


def test_an_arithmetic_error_in_a_rate_card_changes_the_price_and_asks_for_consent():
    """The bidder multiplied 4.20 × 30,000 to 162,000 (digits swapped); right is 126,000."""
    items = [Item(id="tickets", volume=Decimal(30000)), Item(id="transition", kind="transition")]
    lines = [
        line("A", "tickets", unit_price="4.20", amount="162000"),
        line("A", "transition", amount="48000"),
        line("A", "total", amount="210000"),
    ]
    prices = evaluate_prices(lines, items, PriceRule(), bids=["A"])
    assert (prices.read["A"], prices.corrected["A"], prices.evaluated["A"]) == (210000, 174000, 174000)
    assert [(flag.code, flag.item) for flag in prices.flags] == [
        ("prices.correction.needs_consent", "tickets"),
        ("prices.correction.needs_consent", "total"),
    ]


def test_a_chinese_opening_sheet_prevails_over_the_bid_letter():
    lines = [line("A", amount="1280000", amount_words="壹佰贰拾捌万元整", opening_amount="1268000")]
    prices = evaluate_prices(lines, [], PriceRule(), bids=["A"])
    assert (prices.read["A"], prices.evaluated["A"]) == (1280000, 1268000)


def test_a_corrected_item_moves_a_total_that_nobody_stated():
    items = [Item(id="desk", volume=Decimal(10))]
    prices = evaluate_prices([line("A", "desk", unit_price="5", amount="55")], items, PriceRule(), bids=["A"])
    assert (prices.read["A"], prices.corrected["A"], prices.evaluated["A"]) == (55, 50, 50)
    assert [(s.item, s.rule) for s in prices.steps if s.stage == "corrected"] == [
        ("desk", "unit_times_quantity"),
        ("total", "sum_of_items"),
    ]


def test_the_discounts_of_the_venice_museums_tender_have_no_money_total():
    """Comune di Venezia, tender 18/2017: four prices quoted as discounts off prices in the rules."""
    items = [Item(id=name, quote="discount") for name in ("P1", "P2", "P3", "P4")]
    discounts = {
        "CNS": ("11.5", "5.19", "6.18", "1.29"),
        "OPERA": ("23.85", "10.42", "14.0", "3.0"),
    }
    lines = [
        line(bid, item.id, discount=discount)
        for bid, row in discounts.items()
        for item, discount in zip(items, row, strict=True)
    ]
    prices = evaluate_prices(lines, items, PriceRule(), bids=["CNS", "OPERA"])
    assert prices.findings == ()
    assert prices.evaluated == prices.scored == prices.read == {"CNS": None, "OPERA": None}
    assert list(prices.items["CNS"].values()) == [Decimal(d) for d in ("88.5", "94.81", "93.82", "98.71")]
    assert list(prices.items["OPERA"].values()) == [Decimal(d) for d in ("76.15", "89.58", "86", "97")]


def test_cents_add_up():
    items = [Item(id=name) for name in "abc"]
    lines = [line("A", "a", amount="0.1"), line("A", "b", amount="0.2"), line("A", "c", amount="999999999999.99")]
    prices = evaluate_prices(lines, items, PriceRule(), bids=["A"])
    assert prices.evaluated["A"] == Decimal("1000000000000.29")
    stated = line("A", amount="1000000000000.29")
    assert evaluate_prices([*lines, stated], items, PriceRule(), bids=["A"]).flags == ()  # floats: 0.1 + 0.2 > 0.3


def test_the_decimal_context_of_the_caller_is_not_felt():
    items = [Item(id="a", volume=Decimal(3)), Item(id="b")]
    lines = [line("A", "a", unit_price="333333333.333333"), line("A", "b", amount="0.01")]
    with localcontext() as context:
        context.prec = 4
        prices = evaluate_prices(lines, items, PriceRule(), bids=["A"])
    assert prices.evaluated["A"] == Decimal("1000000000.01")


def test_only_opened_bids_are_looked_at_and_every_opened_bid_needs_a_price():
    lines = [line("A", amount="5"), line("closed", amount="-1", amount_words="?")]
    prices = evaluate_prices(lines, [], PriceRule(), bids=["B", "A"], adjustments={"closed": [("x", Decimal("NaN"))]})
    assert [(finding.code, finding.facts["bid"]) for finding in prices.findings] == [("prices.bid.missing", "B")]
    assert prices.evaluated == {"A": Decimal(5), "B": None}


def test_a_finding_of_one_bid_leaves_the_others_their_prices():
    lines = [line("A", amount="5"), line("B", amount="0")]
    prices = evaluate_prices(lines, [], PriceRule(), bids=["A", "B"])
    assert prices.evaluated == {"A": Decimal(5), "B": None}
    assert prices.items == {"A": {}, "B": {}}


def test_an_item_that_is_paid_once_cannot_be_bought_more_often():
    items = [Item(id="move", kind="exit", times=Decimal(36))]
    prices = evaluate_prices([line("A", "move", amount="5")], items, PriceRule(), bids=["A"])
    assert [finding.code for finding in prices.findings] == ["tender.item.paid_once"]
    assert prices.evaluated == {"A": None}


def test_an_item_price_far_from_the_median_is_flagged_on_both_sides():
    items = [Item(id="desk", volume=Decimal(100))]
    rule = PriceRule(unbalanced_above=Decimal(2))
    units = {"low": "4.99", "half": "5", "mid": "10", "twice": "20", "high": "20.01"}
    lines = [line(bid, "desk", unit_price=unit) for bid, unit in units.items()]
    prices = evaluate_prices(lines, items, rule, bids=list(units))
    assert [(flag.code, flag.bid, flag.figure, flag.threshold) for flag in prices.flags] == [
        ("prices.item.unbalanced", "high", Decimal("20.01"), Decimal(20)),
        ("prices.item.unbalanced", "low", Decimal("4.99"), Decimal(5)),
    ]
    assert "the median of all bids is 10, the factor 2" in prices.flags[0].say("en")


def test_discounts_are_not_unit_prices_and_are_not_held_against_a_median():
    items = [Item(id="guard", quote="discount", base=Decimal(1000))]
    lines = [line(bid, "guard", discount=off) for bid, off in zip("ABC", ("0", "0", "90"), strict=True)]
    assert evaluate_prices(lines, items, PriceRule(unbalanced_above=Decimal(2)), bids=list("ABC")).flags == ()


def test_two_bids_have_no_median_to_be_unbalanced_against():
    items = [Item(id="desk")]
    lines = [line("A", "desk", amount="1"), line("B", "desk", amount="100")]
    rule = PriceRule(unbalanced_above=Decimal(2))
    assert evaluate_prices(lines, items, rule, bids=["A", "B"]).flags == ()


def test_the_median_of_an_even_number_is_the_mean_of_the_middle_two():
    items = [Item(id="desk")]
    lines = [line(bid, "desk", amount=amount) for bid, amount in zip("ABCD", ("1", "10", "20", "31"), strict=True)]
    flags = evaluate_prices(lines, items, PriceRule(unbalanced_above=Decimal(2)), bids=list("ABCD")).flags
    assert [(flag.bid, flag.threshold) for flag in flags] == [("A", Decimal("7.5")), ("D", Decimal(30))]


@pytest.mark.parametrize(
    "wrong", [{"minor_units": 7}, {"minor_units": -1}, {"bids": ["A", "a"]}, {"items": [Item(id="total")]}]
)
def test_a_call_that_cannot_be_meant_is_refused(wrong):
    items = wrong.pop("items", [])
    with pytest.raises(ValueError, match=r"minor_units|same id|reserved"):
        evaluate_prices([], items, PriceRule(), **{"bids": [], **wrong})


def test_ids_are_compared_without_case_and_width():
    prices = evaluate_prices([line("ａ1", "ＤＥＳＫ", amount="5")], [Item(id="desk")], PriceRule(), bids=["A1"])
    assert prices.items == {"A1": {"desk": Decimal(5)}}


def test_the_rows_of_the_sheet_do_not_order_the_record():
    items = [Item(id="a"), Item(id="b"), Item(id="c", quote="discount"), Item(id="d", quote="discount")]
    cells = [("a", {"amount": "1"}), ("b", {"amount": "2"}), ("c", {"discount": "3"}), ("d", {"discount": "4"})]
    down = [line("A", item, row, **cell) for row, (item, cell) in enumerate(cells, start=2)]
    up = [line("A", item, row, **cell) for row, (item, cell) in enumerate(reversed(cells), start=2)]
    prices = evaluate_prices(down, items, PriceRule(), bids=["A"])
    assert evaluate_prices(up, items, PriceRule(), bids=["A"]) == prices
    assert [step.item for step in prices.steps] == list("abcd")


FIGURES = st.decimals("0.01", "99999.9999", places=4).filter(lambda d: d >= CENT)
COUNTS = st.integers(1, 50).map(Decimal)
TAXES = st.sampled_from([None, Decimal("0.06"), Decimal("0.13")])


@st.composite
def tenders(draw):
    """Items, lines and bids; quantities at times differ from the volume, amounts from the product."""
    names = draw(st.lists(st.sampled_from("abcdef"), min_size=1, max_size=4, unique=True))
    items = [Item(id=name, volume=draw(COUNTS), times=draw(COUNTS), tax_rate=draw(TAXES)) for name in names]
    bids = draw(st.lists(st.sampled_from("PQRST"), min_size=1, max_size=5, unique=True))
    lines = [
        PriceLine(
            bid,
            item.id,
            unit_price=draw(FIGURES),
            quantity=draw(st.none() | COUNTS),
            amount=draw(st.none() | FIGURES),
            opening_amount=draw(st.none() | FIGURES),
            row=row,
        )
        for row, (bid, item) in enumerate(((b, i) for b in bids for i in items), start=2)
    ]
    return items, lines, bids


RULE = PriceRule(
    corrections=("opening_over_file", "words_over_figures", "unit_times_quantity"),
    tax_basis="inclusive",
    unbalanced_above=Decimal(3),
    small_business_deduction=Decimal("0.1"),
)


@given(tenders(), st.randoms(use_true_random=False))
@settings(max_examples=80, deadline=None)
def test_the_order_of_lines_items_and_bids_changes_nothing(tender, random):
    items, lines, bids = tender
    extra = {bids[0]: [("b", Decimal(3)), ("a", Decimal("1.5"))]}
    prices = evaluate_prices(lines, items, RULE, bids=bids, small={bids[-1]: True}, adjustments=extra)
    shuffled = [random.sample(part, len(part)) for part in (lines, items, bids)]
    turned = {bids[0]: list(reversed(extra[bids[0]]))}
    again = evaluate_prices(
        shuffled[0], shuffled[1], RULE, bids=shuffled[2], small={bids[-1]: True}, adjustments=turned
    )
    assert again == prices
    assert list(again.evaluated) == list(prices.evaluated)


@given(tenders())
@settings(max_examples=80, deadline=None)
def test_the_items_add_up_to_the_total_and_are_what_the_formula_says(tender):
    items, lines, bids = tender
    prices = evaluate_prices(lines, items, RULE, bids=bids)
    assert prices.findings == ()
    units = {(line.bid, line.item): Fraction(line.unit_price) for line in lines}
    for bid in bids:
        assert sum(prices.items[bid].values()) == prices.evaluated[bid]
        for item in items:
            exact = units[bid, item.id] * Fraction(item.volume) * Fraction(item.times)
            exact *= 1 + Fraction(item.tax_rate or 0)
            assert abs(Fraction(prices.items[bid][item.id]) - exact) <= Fraction(1, 200)


@given(tenders())
@settings(max_examples=40, deadline=None)
def test_every_step_of_an_item_begins_where_the_one_before_ended(tender):
    items, lines, bids = tender
    prices = evaluate_prices(lines, items, RULE, bids=bids)
    for bid in bids:
        for name in (*(item.id for item in items), "total"):
            steps = [step for step in prices.steps if (step.bid, step.item) == (bid, name)]
            assert steps[0].before is None
            assert [step.before for step in steps[1:]] == [step.after for step in steps[:-1]]
            last = prices.scored[bid] if name == "total" else prices.items[bid][name]
            assert steps[-1].after == last


@given(st.decimals("0.01", "1000000000000", places=2), st.integers(1, 12))
@settings(max_examples=60, deadline=None)
def test_equal_parts_of_an_amount_are_each_rounded_and_still_add_up(amount, parts):
    items = [Item(id=f"part{k}", volume=Decimal(1)) for k in range(parts)]
    lines = [PriceLine("A", item.id, amount=amount, quantity=Decimal(parts)) for item in items]
    prices = evaluate_prices(lines, items, PriceRule(), bids=["A"])
    share = Fraction(amount) / parts
    if share < Fraction(1, 200):
        assert {finding.code for finding in prices.findings} == {"prices.value.unusable"}
    else:
        assert prices.evaluated["A"] == sum(prices.items["A"].values())
        assert abs(Fraction(prices.items["A"]["part0"]) - share) <= Fraction(1, 200)
