from decimal import Decimal

from supplier_eval.intake.notice import Item
from supplier_eval.intake.tables import PriceLine
from supplier_eval.policy.rules import PriceRule
from supplier_eval.score.price_climb import Climb
from supplier_eval.score.price_ladder import StepRecord
from supplier_eval.score.price_lines import Asked, check_items

DESK = Item(id="desk", volume=Decimal(1200), times=Decimal(3), kind="rate", tax_rate=Decimal("0.06"))
MOVE = Item(id="move", kind="transition")


def line(item, **figures):
    return PriceLine("A", item, row=2, **{name: Decimal(cell) for name, cell in figures.items()})


def climbed(items, *lines, rule=None, extra=(), small=False, with_tax=False):
    climb = Climb("A", StepRecord(2))
    climb.climb(lines, Asked(check_items(items), 2, with_tax), rule or PriceRule(), extra, small)
    return climb


def rungs(climb, item):
    return [(s.stage, s.rule, str(s.after)) for s in climb.record.steps if s.item == item]


def test_an_item_climbs_by_volume_term_and_tax():
    """12.50 × 1,000 = 12,500; × 1,200 units = 15,000; × 3 years = 45,000; + 6 % = 47,700."""
    climb = climbed([DESK], line("desk", unit_price="12.5", quantity="1000"), with_tax=True)
    assert rungs(climb, "desk") == [
        ("read", "read_from_unit_price", "12500.00"),
        ("evaluated", "volume", "15000.00"),
        ("evaluated", "term", "45000.00"),
        ("evaluated", "tax", "47700.00"),
    ]
    assert climb.items == {"desk": Decimal("47700.00")}
    assert climb.totals["read"] == 3750000  # 12,500 a year over three years, as the bidder reckons


def test_tax_is_not_put_on_where_prices_are_evaluated_without():
    climb = climbed([DESK], line("desk", unit_price="12.5"))
    assert climb.items == {"desk": Decimal("45000.00")}


def test_each_item_is_rounded_once_at_the_end():
    calls = Item(id="calls", volume=Decimal(3), times=Decimal(100))
    climb = climbed([calls], line("calls", unit_price="0.3335"))
    assert climb.items == {"calls": Decimal("100.05")}  # 1.0005 × 100, not 1.00 × 100
    assert rungs(climb, "calls")[-1] == ("evaluated", "term", "100.05")


def test_a_lump_sum_for_another_quantity_is_brought_to_the_volume_exactly():
    thirds = Item(id="thirds", volume=Decimal(7))
    climb = climbed([thirds], line("thirds", amount="10", quantity="3"))
    assert climb.items == {"thirds": Decimal("23.33")}  # 10 / 3 × 7 = 23.333…
    assert [(flag.code, flag.figure, flag.threshold) for flag in climb.flags] == [
        ("prices.quantity.differs", Decimal(3), Decimal(7))
    ]


def test_a_discount_off_a_declared_base_is_money_with_tax():
    """1,000.50 less 12.5 % is 875.4375; with 22 % tax 1,068.03375."""
    guard = Item(id="guard", quote="discount", base=Decimal("1000.50"), tax_rate=Decimal("0.22"))
    climb = climbed([guard], line("guard", discount="12.5"), with_tax=True)
    assert (climb.totals["read"], climb.totals["evaluated"]) == (87544, 106803)
    assert climb.record.steps[0].say().startswith("Item guard: 875.44, which is 12.5 % off the base price of 1000.5")


def test_adjustments_are_added_in_cents_and_recorded_with_their_reasons():
    extra = [("b: licence left out", Decimal("0.20")), ("a: rebate", Decimal("-0.10"))]
    climb = climbed([], line("total", amount="0.10"), extra=extra)
    assert rungs(climb, "total")[1:] == [
        ("adjusted", "adjustment", "0.00"),
        ("adjusted", "adjustment", "0.20"),
        ("evaluated", "evaluated", "0.20"),
    ]
    assert climb.record.steps[1].facts["reason"] == "a: rebate"


def test_adjustments_that_eat_the_price_up_are_a_finding():
    climb = climbed([], line("total", amount="10"), extra=[("rebate", Decimal(-10))])
    assert [finding.code for finding in climb.found] == ["prices.total.not_positive"]
    assert climb.totals == {}


def test_an_adjustment_that_is_no_money_or_has_no_total_to_go_to_is_a_finding():
    climb = climbed([], line("total", amount="10"), extra=[("rebate", Decimal("NaN"))])
    assert [finding.code for finding in climb.found] == ["rulings.adjustment.unusable"]
    off = Item(id="off", quote="discount")
    climb = climbed([off], line("off", discount="10"), extra=[("rebate", Decimal(1))])
    assert [finding.code for finding in climb.found] == ["rulings.adjustment.no_money_total"]
    assert climb.items == {}


def test_the_small_business_deduction_counts_for_the_score_only_and_is_rounded_half_up():
    rule = PriceRule(small_business_deduction=Decimal("0.15"))
    climb = climbed([], line("total", amount="0.90"), rule=rule, small=True)
    assert (climb.totals["evaluated"], climb.totals["scored"]) == (90, 77)  # 76.5 cents
    assert climbed([], line("total", amount="0.90"), rule=rule).totals["scored"] == 90


def test_a_rate_that_comes_to_nothing_at_the_volume_is_a_finding():
    climb = climbed([MOVE], line("move", amount="1", quantity="1000"))
    assert [finding.code for finding in climb.found] == ["prices.value.unusable"]


def test_consent_is_asked_once_an_item_and_only_where_the_rule_says_so():
    both = line("desk", unit_price="12.5", amount="99", opening_amount="98")
    (flag,) = climbed([DESK], both).flags
    assert (flag.code, flag.item, flag.figure, flag.threshold) == (
        "prices.correction.needs_consent",
        "desk",
        Decimal(15000),
        Decimal(99),
    )
    assert "以开标一览表为准、以单价计算结果为准" in flag.say("zh")
    assert climbed([DESK], both, rule=PriceRule(correction_needs_consent=False)).flags == []


def test_a_contradiction_stops_the_climb_and_keeps_what_was_read_on_record():
    climb = climbed([], line("total", amount="10", opening_amount="11"), rule=PriceRule(corrections=()))
    assert [finding.code for finding in climb.found] == ["prices.amount.contradicts"]
    assert climb.totals == {}
    assert rungs(climb, "total") == [("read", "as_read", "10.00")]


def test_nothing_is_reached_above_the_first_error():
    climb = climbed([DESK, MOVE], line("desk", unit_price="12.5"))
    assert (climb.totals, climb.items, climb.record.steps) == ({}, {}, [])
