"""From a qualified tender to a sheet: prices behind the envelope, cases and rulings, rescaling."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from strategies import Offer, flat, make_tender, policy_mapping
from supplier_eval.errors import InvalidTender, NotOpened
from supplier_eval.flags import Ruling
from supplier_eval.intake.envelope import Envelope
from supplier_eval.intake.raw_table import RawTable
from supplier_eval.intake.tender import Fact
from supplier_eval.policy import Policy
from supplier_eval.procedure import evaluate
from supplier_eval.qualify.gates import qualify_bids
from supplier_eval.score.build import score_bids

LOCKED = {"technical_locked": "2026-02-01T09:00:00+08:00"}
LOW = {"abnormal": [{"kind": "below_share_of_mean", "limit": "0.8", "minimum_bids": 3}]}


def two_envelopes(minimum: int = 50, **changes: object) -> Policy:
    return Policy.from_mapping(
        policy_mapping(
            procedure={"envelopes": 2, "technical": {"criteria": ["quality", "capability", "emergency"]}},
            floors=[{"criterion": "quality", "minimum": minimum}],
            **changes,
        )
    )


def three() -> list[Offer]:
    return [flat("A", 80, "100"), flat("B", 70, "100"), flat("low", 60, "30")]


def ruling(bid: str, case: str, word: str, value: str | None = None) -> Ruling:
    return Ruling(bid, case, word, "the panel", date(2026, 2, 3), "reason given", Decimal(value) if value else None)


class Watched:
    """A sealed price table that remembers whether it was read."""

    def __init__(self, table: RawTable) -> None:
        self.table, self.times = table, 0

    def __call__(self):
        self.times += 1
        return self.table, []


def watched(tender):
    table, _ = tender.envelope.read()
    seal = Watched(table)
    return replace(tender, envelope=Envelope(seal, tender.envelope.reading, tender.envelope.bids)), seal


def test_before_the_technical_lock_no_price_is_read_and_there_is_no_order():
    tender, seal = watched(make_tender([flat("A", 80, "100"), flat("B", 40, "50")], two_envelopes()))
    evaluation = evaluate(tender)
    assert seal.times == 0
    assert evaluation.ranking.stopped.code == "score.prices_closed"
    assert evaluation.ranking.order == ()
    assert evaluation.only_lot.sheet.prices is None
    assert not evaluation.only_lot.qualification.reasons.get("A")
    assert evaluation.only_lot.qualification.reasons["B"][0].code == "qualify.floor"
    with pytest.raises(NotOpened):
        tender.open_prices(["A"])


def test_the_price_of_a_bid_below_the_threshold_is_never_opened():
    """Its price row holds nonsense, and nobody ever notices."""
    tender = make_tender([flat("A", 80, "100"), flat("B", 40, "50")], two_envelopes(), notice=LOCKED)
    table, _ = tender.envelope.read()
    broken = RawTable(
        table.name, table.source, table.columns, (table.rows[0], ("B", "total", "not a price")), table.row_numbers
    )
    tender, _ = watched(replace(tender, envelope=Envelope(lambda: (broken, []), tender.envelope.reading, ("A", "B"))))
    evaluation = evaluate(tender)
    assert evaluation.ranking.order == ("A",)
    assert "B" not in evaluation.only_lot.sheet.prices.evaluated


def test_an_abnormally_low_price_opens_a_case_and_excludes_nobody():
    policy = Policy.from_mapping(policy_mapping(price=LOW))
    evaluation = evaluate(make_tender(three(), policy))
    (flag,) = evaluation.flags
    assert (flag.code, flag.bid, flag.state) == ("price.abnormal.below_share_of_mean", "low", "open")
    assert flag.figure == pytest.approx(30 / (230 / 3))
    assert evaluation.ranking.order[0] == "low"
    assert evaluation.standing == "exploratory"


def test_a_ruling_that_accepts_closes_the_case_and_the_result_binds():
    policy = Policy.from_mapping(policy_mapping(price=LOW))
    accepted = ruling("low", "price.abnormal.below_share_of_mean", "accept")
    evaluation = evaluate(make_tender(three(), policy, rulings=(accepted,)))
    assert evaluation.flags[0].state == "accepted"
    assert evaluation.standing == "binding"


def test_only_a_ruling_excludes_and_the_others_are_scored_without_that_price():
    policy = Policy.from_mapping(policy_mapping(price=LOW))
    out = ruling("low", "price.abnormal.below_share_of_mean", "exclude")
    evaluation = evaluate(make_tender(three(), policy, rulings=(out,)))
    assert evaluation.ranking.order == ("A", "B")
    assert evaluation.ranking.total_of("A") == pytest.approx(88.0)
    assert "reason given" in evaluation.explain("low")


def test_a_price_above_the_published_ceiling_fails_a_gate():
    evaluation = evaluate(make_tender([flat("A", 80, "100"), flat("B", 99, "151")], POLICY, ceiling=Decimal(150)))
    said = evaluation.explain("B")
    assert "151.00 is above the published ceiling 150.00 by 1.00 (0.67 %)" in said
    assert evaluation.ranking.order == ("A",)


POLICY = Policy.from_mapping(policy_mapping())


def test_the_technical_part_is_stretched_to_its_best_where_the_policy_says_so():
    technical = {"criteria": ["quality", "capability", "emergency"], "rescale_to_best": True}
    policy = Policy.from_mapping(policy_mapping(procedure={"technical": technical}))
    ranking = evaluate(make_tender([flat("A", 80, "100"), flat("B", 60, "100")], policy)).ranking
    assert ranking.total.tolist() == pytest.approx([100.0, 0.6 * 75 + 40])
    assert ranking.sheet.factor == pytest.approx(1.25)
    assert "stretched by 1.25" in ranking.sheet.explain("A")


def test_the_small_business_deduction_recomputes_the_benchmark_and_leaves_the_contract_price():
    price = {**policy_mapping()["price"], "small_business_deduction": "0.1"}
    tender = make_tender([flat("A", 50, "100"), flat("S", 50, "100")], Policy.from_mapping(policy_mapping(price=price)))
    bids = tender.bids.copy()
    bids.loc["S", "small_business"] = True
    ranking = evaluate(replace(tender, bids=bids)).ranking
    assert ranking.total.tolist() == pytest.approx([30 + 40 * 0.9, 70.0])
    assert ranking.sheet.prices.evaluated["S"] == Decimal(100)


def test_an_adjustment_ruled_by_the_committee_enters_the_evaluated_price():
    adjusted = ruling("A", "price.adjustment", "note", "25")
    ranking = evaluate(make_tender([flat("A", 50, "75"), flat("B", 50, "100")], POLICY, rulings=(adjusted,))).ranking
    assert ranking.total.tolist() == pytest.approx([70.0, 70.0])


def test_a_recorded_draw_decides_a_tie_that_no_key_parts():
    offers = [flat("A", 70, "90"), flat("B", 70, "90")]
    drawn = (ruling("A", "draw", "note", "2"), ruling("B", "draw", "note", "1"))
    ranking = evaluate(make_tender(offers, POLICY, rulings=drawn)).ranking
    assert ranking.order == ("B", "A")
    assert ranking.decided_by("A", "B") == "draw"


def test_a_missing_price_and_an_unknown_formula_are_refused_with_what_is_wrong():
    tender = make_tender([flat("A", 80, "100"), flat("B", 80, "100")], POLICY)
    table, _ = tender.envelope.read()
    short = RawTable(table.name, table.source, table.columns, table.rows[:1], table.row_numbers[:1])
    with pytest.raises(InvalidTender, match="B"):
        evaluate(replace(tender, envelope=Envelope(lambda: (short, []), tender.envelope.reading, ("A", "B"))))
    mapping = policy_mapping()
    mapping["criteria"][-1]["price"] = {"formula": "cheapest"}
    with pytest.raises(InvalidTender, match="no price formula named cheapest"):
        evaluate(tender.with_policy(Policy.from_mapping(mapping)))


def test_too_few_valid_bids_open_no_price():
    policy = Policy.from_mapping(policy_mapping(procedure={"minimum_valid_bids": 3}))
    tender, seal = watched(make_tender([flat("A", 80, "100")], policy))
    sheet = score_bids(tender, qualify_bids(tender))
    assert sheet.stopped.code == "score.too_few_valid_bids"
    assert seal.times == 0


def test_a_policy_without_a_price_ranks_on_quality_alone():
    mapping = policy_mapping({"quality": 70})
    mapping["criteria"].pop()
    ranking = evaluate(make_tender([flat("A", 80, "1"), flat("B", 90, "1")], Policy.from_mapping(mapping))).ranking
    assert ranking.order == ("B", "A")


def test_a_formula_that_needs_quality_takes_it_from_the_technical_value():
    mapping = policy_mapping({"quality": 0, "capability": 0, "emergency": 0, "price": 100})
    feeding = ["quality", "capability", "emergency"]
    mapping["criteria"][-1]["price"] = {"formula": "price_per_quality_point", "quality_from": feeding}
    offers = [flat("A", 80, "100"), flat("B", 40, "60")]
    ranking = evaluate(make_tender(offers, Policy.from_mapping(mapping))).ranking
    assert ranking.total.tolist() == pytest.approx([100.0, 100 * (100 / 80) / (60 / 40)])


def test_the_four_fifths_line_is_judged_on_points():
    price = {"abnormal": [{"kind": "points_fraction", "limit": "0.8"}]}
    policy = Policy.from_mapping(policy_mapping(price=price))
    offers = [flat("A", 90, "100"), flat("B", 70, "100"), flat("C", 90, "200")]
    evaluation = evaluate(make_tender(offers, policy))
    assert [(f.code, f.bid) for f in evaluation.flags] == [("price.abnormal.points_fraction", "A")]
    out = ruling("A", "price.abnormal.points_fraction", "exclude")
    assert evaluate(make_tender(offers, policy, rulings=(out,))).ranking.order == ("B", "C")


def test_a_ruling_on_a_case_that_was_never_opened_is_said_and_an_exclusion_without_effect_holds():
    """An exclusion that did not act is not what its authors think: the result does not bind until that is settled."""
    offers = [flat("A", 80, "100"), flat("B", 60, "120")]
    for word, standing in (("accept", "binding"), ("exclude", "exploratory"), ("note", "binding")):
        made = ruling("A", "price.abnormal.below_share_of_ceiling", word)
        evaluation = evaluate(make_tender(offers, POLICY, rulings=(made,)))
        said = [(f.code, f.bid, f.facts["case"]) for f in evaluation.flags]
        assert said == ([] if word == "note" else [("rulings.without_case", "A", made.case)])
        assert evaluation.standing == standing


def test_a_fact_that_could_not_be_read_never_reaches_a_score():
    mapping = policy_mapping({"quality": 20})
    mapping["criteria"].append({"id": "extra", "name": "extra", "weight": 10, "source": "facts"})
    facts = {("A", "extra"): Fact(None, "eight")}
    tender = make_tender([flat("A", 80, "1")], Policy.from_mapping(mapping), facts=facts)
    with pytest.raises(ValueError, match="could not be read"):
        evaluate(tender)


def test_another_policy_does_not_open_what_the_published_one_keeps_closed():
    """Before the lock nothing opens; after it, the bid below the published threshold stays closed."""
    one_envelope = Policy.from_mapping(policy_mapping())
    offers = [flat("A", 80, "100"), flat("B", 40, "50")]
    tender, seal = watched(make_tender(offers, two_envelopes()))
    explored = evaluate(tender.with_policy(one_envelope))
    assert explored.ranking.stopped.code == "score.prices_closed"
    assert seal.times == 0
    locked = evaluate(make_tender(offers, two_envelopes(), notice=LOCKED).with_policy(one_envelope))
    assert locked.ranking.order == ("A",)
    assert list(locked.only_lot.sheet.prices.evaluated) == ["A"]
    assert [r.code for r in locked.only_lot.qualification.reasons["B"]] == ["score.envelope_closed"]
    assert locked.standing == "exploratory"


def test_a_bid_over_the_ceiling_is_no_measure_for_the_items_of_others():
    price = {**policy_mapping()["price"], "unbalanced_above": "1.5"}
    policy = Policy.from_mapping(policy_mapping(price=price))
    items = [{"id": "desk", "volume": 1}]
    tender = make_tender(
        [flat("A", 80, "100"), flat("B", 80, "40"), flat("C", 80, "500")], policy, Decimal(200), {"items": items}
    )
    table, _ = tender.envelope.read()
    rows = tuple((bid, "desk", amount) for bid, _, amount in table.rows)
    items_table = RawTable(table.name, table.source, ("bid", "item", "unit_price"), rows, table.row_numbers)
    tender = replace(tender, envelope=Envelope(lambda: (items_table, []), tender.envelope.reading, ("A", "B", "C")))
    evaluation = evaluate(tender)
    assert evaluation.ranking.rank_of("C") == 0
    assert [f.code for f in evaluation.flags if f.code == "prices.item.unbalanced"] == []
    inside = evaluate(replace(tender, notice=tender.notice.model_copy(update={"lots": ()})))
    assert [f.bid for f in inside.flags if f.code == "prices.item.unbalanced"] == ["B", "C"]


def test_a_price_does_not_move_technical_points_that_were_locked_before():
    technical = {"criteria": ["quality", "capability", "emergency"], "rescale_to_best": True}
    offers = [flat("A", 90, "300"), flat("B", 60, "100")]
    for envelopes, points in ((2, 60 * 60 / 90), (1, 60.0)):
        policy = Policy.from_mapping(policy_mapping(procedure={"envelopes": envelopes, "technical": technical}))
        ranking = evaluate(make_tender(offers, policy, Decimal(200), LOCKED)).ranking
        assert ranking.rank_of("A") == 0
        assert ranking.total_of("B") == pytest.approx(points + 40)


def test_the_line_on_points_is_drawn_again_for_those_who_remain():
    price = {"abnormal": [{"kind": "points_fraction", "limit": "0.8"}]}
    policy = Policy.from_mapping(policy_mapping(price=price))
    offers = [flat("A", 90, "50"), flat("B", 90, "100"), flat("C", 50, "120")]
    out = ruling("A", "price.abnormal.points_fraction", "exclude")
    evaluation = evaluate(make_tender(offers, policy, rulings=(out,)))
    states = {(f.bid, f.state) for f in evaluation.flags if f.code.endswith("points_fraction")}
    assert states == {("A", "excluded"), ("B", "open")}
    assert evaluation.standing == "exploratory"


def test_fewer_bids_after_the_floors_than_needed_stop_before_prices_open():
    policy = Policy.from_mapping(
        policy_mapping(procedure={"minimum_valid_bids": 2}, floors=[{"criterion": "quality", "minimum": 50}])
    )
    tender, seal = watched(make_tender([flat("A", 80, "1"), flat("B", 40, "1")], policy))
    assert evaluate(tender).ranking.stopped.code == "score.too_few_valid_bids"
    assert seal.times == 0


def test_a_price_outside_the_ceiling_is_no_part_of_the_mean():
    policy = Policy.from_mapping(policy_mapping(price={"abnormal": [{"kind": "below_share_of_mean", "limit": "0.6"}]}))
    offers = [flat("A", 80, "100"), flat("B", 80, "100"), flat("C", 80, "900")]
    assert evaluate(make_tender(offers, policy, Decimal(200))).flags == ()
    assert len(evaluate(make_tender(offers, policy)).flags) == 2


def test_missing_marks_and_missing_prices_are_told_together_unless_a_second_envelope_is_closed():
    for policy, told in (
        (POLICY, {"marks.mark.absent", "prices.bid.missing"}),
        (two_envelopes(), {"marks.mark.absent"}),
    ):
        offers = [flat("A", 80, "100"), flat("B", 80, "100")]
        del offers[0].marks["E1"]["quality"]
        tender = make_tender(offers, policy, notice=LOCKED)
        table, _ = tender.envelope.read()
        short = RawTable(table.name, table.source, table.columns, table.rows[:1], table.row_numbers[:1])
        tender = replace(
            tender, envelope=Envelope(lambda short=short: (short, []), tender.envelope.reading, ("A", "B"))
        )
        with pytest.raises(InvalidTender) as refused:
            evaluate(tender)
        assert {finding.code for finding in refused.value.findings} == told
