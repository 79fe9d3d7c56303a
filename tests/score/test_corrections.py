"""Corrections of article 59, Order No. 87: each alone, then together, in the order that the policy declares."""

from decimal import Decimal

import pytest

from supplier_eval.intake.notice import Item
from supplier_eval.intake.tables import PriceLine
from supplier_eval.score.corrections import correct_sheet, items_total
from supplier_eval.score.price_ladder import StepRecord
from supplier_eval.score.price_lines import Asked, check_items, read_sheet

ORDER_87 = ("opening_over_file", "words_over_figures", "decimal_slip", "unit_times_quantity")
DESK = Item(id="desk", volume=Decimal(100))
SITE = Item(id="site", volume=Decimal(12))
MOVE = Item(id="move", kind="transition")


def line(item, **figures):
    cells = {name: cell if name == "amount_words" else Decimal(cell) for name, cell in figures.items()}
    return PriceLine("A", item, row=2, **cells)


def correct(items, *lines, rules=ORDER_87):
    """The sheet, its steps (item, rule, before, after) and the codes of its findings."""
    sheet, found = read_sheet("A", lines, Asked(check_items(items), 2, with_tax=False))
    assert not found
    record = StepRecord(2)
    found = correct_sheet(sheet, rules, record)
    steps = [(step.item, step.rule, str(step.before), str(step.after)) for step in record.steps]
    return sheet, steps, [finding.code for finding in found]


def test_a_sheet_that_agrees_with_itself_is_not_corrected():
    _, steps, found = correct(
        [DESK],
        line("desk", unit_price="12.50", quantity="100", amount="1250", amount_words="壹仟贰佰伍拾元整"),
        line("total", amount="1250", opening_amount="1250"),
    )
    assert (steps, found) == ([], [])


def test_the_opening_sheet_prevails_over_the_file():
    sheet, steps, _ = correct([], line("total", amount="98000", opening_amount="100000"))
    assert steps == [("total", "opening_over_file", "98000.00", "100000.00")]
    assert sheet.total.amount == 10000000


def test_words_prevail_over_figures():
    _, steps, _ = correct([], line("total", amount="98000", amount_words="玖万柒仟元整"))
    assert steps == [("total", "words_over_figures", "98000.00", "97000.00")]


def test_the_opening_sheet_overrides_the_words_of_the_file_as_well():
    both = line("total", amount="98000", amount_words="玖万捌仟元整", opening_amount="100000")
    _, steps, _ = correct([], both)
    assert steps == [("total", "opening_over_file", "98000.00", "100000.00")]


def test_words_prevail_over_figures_that_file_and_opening_sheet_share():
    shared = line("total", amount="98000", amount_words="玖万柒仟元整", opening_amount="98000")
    _, steps, _ = correct([], shared)
    assert steps == [("total", "words_over_figures", "98000.00", "97000.00")]
    _, steps, _ = correct([], shared, rules=("words_over_figures", "opening_over_file"))
    assert [step[1:] for step in steps] == [
        ("words_over_figures", "98000.00", "97000.00"),
        ("opening_over_file", "97000.00", "98000.00"),
    ]


def test_unit_price_times_quantity_prevails_over_an_amount_with_an_arithmetic_error():
    sheet, steps, _ = correct([DESK], line("desk", unit_price="12.50", quantity="100", amount="1205"))
    assert steps == [("desk", "unit_times_quantity", "1205.00", "1250.00")]
    assert items_total(sheet) == 125000


def test_the_sum_of_the_items_prevails_over_a_total_with_an_arithmetic_error():
    sheet, steps, _ = correct(
        [DESK, MOVE],
        line("desk", unit_price="12.50"),
        line("move", amount="5000"),
        line("total", amount="6520"),
    )
    assert steps == [("total", "unit_times_quantity", "6520.00", "6250.00")]
    assert sheet.total.amount == 625000


@pytest.mark.parametrize(
    ("unit", "amended"),
    [("125", "12.5"), ("1250", "12.5"), ("12500", "12.5"), ("1.25", "12.5"), ("0.0125", "12.5")],
)
def test_a_unit_price_whose_mark_has_slipped_is_amended_and_the_amount_stands(unit, amended):
    sheet, steps, _ = correct([DESK], line("desk", unit_price=unit, amount="1250"))
    assert steps == [("desk", "decimal_slip", "1250.00", "1250.00")]
    assert sheet.quotes["desk"].unit == Decimal(amended)


def test_a_slip_is_recognised_behind_the_rounding_of_the_amount():
    sheet, steps, _ = correct([SITE], line("site", unit_price="12.3456", amount="14.81"))  # 1.23456 × 12
    assert steps == [("site", "decimal_slip", "14.81", "14.81")]
    assert sheet.quotes["site"].unit == Decimal("1.23456")


def test_an_amount_that_is_only_near_a_power_of_ten_is_no_slip():
    _, steps, _ = correct([DESK], line("desk", unit_price="125", amount="1250.01"))
    assert steps == [("desk", "unit_times_quantity", "1250.01", "12500.00")]


def test_a_placeholder_of_one_cent_is_no_slip():
    _, steps, _ = correct([MOVE], line("move", unit_price="12", amount="0.01"))
    assert steps == [("move", "unit_times_quantity", "0.01", "12.00")]


def test_with_a_slip_the_opening_sheet_decides_which_amount_is_meant():
    slipped = line("desk", unit_price="125", amount="12500", opening_amount="1250")
    sheet, steps, _ = correct([DESK], slipped)
    assert [step[1:] for step in steps] == [
        ("opening_over_file", "12500.00", "1250.00"),
        ("decimal_slip", "1250.00", "1250.00"),
    ]
    assert sheet.quotes["desk"].unit == Decimal("12.5")
    _, steps, _ = correct([DESK], slipped, rules=("decimal_slip",))
    assert steps == [("desk", "decimal_slip", "12500.00", "1250.00")]


def test_a_total_that_one_slipped_unit_price_explains_amends_that_unit_price():
    """The unit prices stand in the file, the total on the opening sheet: 1,250 + 36 + 5,000 = 6,286."""
    sheet, steps, found = correct(
        [DESK, SITE, MOVE],
        line("desk", unit_price="125"),
        line("site", unit_price="3"),
        line("move", amount="5000"),
        line("total", opening_amount="6286"),
    )
    assert (steps, found) == ([("desk", "decimal_slip", "12500.00", "1250.00")], [])
    assert items_total(sheet) == sheet.total.amount == 628600


def test_a_total_that_two_slips_explain_equally_is_asked_about():
    twin = Item(id="twin", volume=Decimal(100))
    _, steps, found = correct(
        [DESK, twin],
        line("desk", unit_price="10"),
        line("twin", unit_price="10"),
        line("total", amount="1100"),
    )
    assert (steps, found) == ([], ["prices.total.slip_unclear"])


@pytest.mark.parametrize("total", ["625", "62500", "62500000"])
def test_a_total_that_is_off_by_a_power_of_ten_as_a_whole_is_asked_about(total):
    """Either every unit price has slipped or the total has, or it is written in another unit."""
    _, steps, found = correct(
        [DESK, MOVE], line("desk", unit_price="12.5"), line("move", amount="5000"), line("total", amount=total)
    )
    assert (steps, found) == ([], ["prices.total.slip_unclear"])


def test_a_total_that_one_slip_explains_and_a_slip_of_the_whole_as_well_is_asked_about():
    """1,000 + 100 against 110: the first with its mark two places left, or both with theirs one place left."""
    _, steps, found = correct(
        [DESK, MOVE], line("desk", unit_price="10"), line("move", amount="100"), line("total", amount="110")
    )
    assert (steps, found) == ([], ["prices.total.slip_unclear"])


@pytest.mark.parametrize(("unit", "amount"), [("12.5", "12500000"), ("125000", "1250")])
def test_a_factor_of_ten_thousand_may_be_wan_yuan_and_is_asked_about(unit, amount):
    _, steps, found = correct([DESK], line("desk", unit_price=unit, amount=amount))
    assert (steps, found) == ([], ["prices.amount.other_unit"])


def test_all_four_at_once_are_corrected_in_the_order_of_the_article():
    """File 12,050; words 12,500; opening sheet 1,250; unit price 125 for 12.50; total 6,520 for 6,250."""
    lines = (
        line(
            "desk",
            unit_price="125",
            quantity="100",
            amount="12050",
            amount_words="壹万贰仟伍佰元整",
            opening_amount="1250",
        ),
        line("move", amount="4500", amount_words="伍仟元整"),
        line("total", amount="6520"),
    )
    sheet, steps, found = correct([DESK, MOVE], *lines)
    assert steps == [
        ("desk", "opening_over_file", "12050.00", "1250.00"),
        ("move", "words_over_figures", "4500.00", "5000.00"),
        ("desk", "decimal_slip", "1250.00", "1250.00"),
        ("total", "unit_times_quantity", "6520.00", "6250.00"),
    ]
    assert (items_total(sheet), found) == (625000, [])


def test_the_order_of_the_rules_decides():
    three = line("desk", unit_price="10", quantity="100", amount="900", opening_amount="950")
    results = {}
    for rules in (
        ("opening_over_file", "unit_times_quantity"),
        ("unit_times_quantity", "opening_over_file"),
        ("unit_times_quantity",),
        ("opening_over_file",),
    ):
        sheet, steps, found = correct([DESK], three, rules=rules)
        assert (not found) == (len(rules) == 2 or rules == ("opening_over_file",))
        results[rules] = (items_total(sheet), [step[1] for step in steps])
    assert results == {
        ("opening_over_file", "unit_times_quantity"): (100000, ["opening_over_file", "unit_times_quantity"]),
        ("unit_times_quantity", "opening_over_file"): (
            95000,
            ["unit_times_quantity", "opening_over_file", "unit_follows"],
        ),
        ("unit_times_quantity",): (100000, ["unit_times_quantity"]),
        ("opening_over_file",): (95000, ["opening_over_file", "unit_follows"]),
    }


@pytest.mark.parametrize(
    ("cells", "column"),
    [
        ({"amount": "98", "quantity": "100", "opening_amount": "100"}, "opening_amount"),
        ({"amount": "98", "quantity": "100", "amount_words": "玖拾柒元"}, "amount_words"),
        ({"amount": "98", "unit_price": "1"}, "unit_price"),
    ],
)
def test_a_contradiction_that_no_named_rule_settles_is_a_finding(cells, column):
    sheet, wrong = read_sheet("A", [line("desk", **cells)], Asked({"desk": DESK}, 2, with_tax=False))
    assert not wrong
    found = correct_sheet(sheet, (), StepRecord(2))
    assert [(finding.code, finding.column) for finding in found] == [("prices.amount.contradicts", column)]
    assert "98.00" in found[0].message


def test_a_total_that_no_named_rule_brings_to_its_items_is_a_finding():
    lines = (line("desk", unit_price="10"), line("total", amount="990", opening_amount="980"))
    _, _, found = correct([DESK], *lines, rules=("opening_over_file",))
    assert found == ["prices.total.contradicts"]
    _, _, found = correct([DESK], *lines, rules=("unit_times_quantity", "opening_over_file"))
    assert found == ["prices.total.contradicts"]
