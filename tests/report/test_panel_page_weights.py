"""The sliders of the panel page in a real browser: they re-rank as Python does, and nothing moved is binding."""

from __future__ import annotations

import numpy as np
import pytest

from report.made_reports import evaluated, policy_data
from report.panel_moves import RESULT, moves_of, rested, set_weight
from supplier_eval.policy import Policy
from supplier_eval.report.words import words
from supplier_eval.robustness.lay_out import lot_block
from supplier_eval.robustness.stability_front import weight_stability
from supplier_eval.robustness.whatif import what_if


@pytest.mark.parametrize("name", ["museum", "service_desk", "desk", "two_lots", "tied", "below_floor"])
def test_every_slider_ranks_as_python_does(name, opened, request):
    evaluation = request.getfixturevalue(name)
    shown = opened(evaluation)
    for at, (lot, result) in enumerate(evaluation.lots.items()):
        block, ranked = lot_block(evaluation.tender, lot), result.ranking
        bids = [bid for bid in result.sheet.bids if ranked.rank_of(bid)]
        moves = list(moves_of(evaluation, lot))
        found = shown.page.evaluate(RESULT, [at, [move for move, _ in moves]])
        assert len(moves) >= 8
        mine = [block.position(bid) for bid in bids]
        for (_, weights), there in zip(moves, found, strict=True):
            scores = block.score(weights=weights)
            assert np.allclose(there["weights"], weights, rtol=0, atol=1e-12)
            assert np.allclose(there["unrounded"], scores.unrounded[mine], rtol=0, atol=1e-9)
            assert np.allclose(there["total"], scores.total[mine], rtol=0, atol=1e-9)
            assert there["ranks"] == scores.ranks[mine].tolist()


@pytest.mark.parametrize(("name", "top", "points"), [("museum", "technical", 62.5), ("service_desk", "price", 44)])
def test_the_page_agrees_with_what_if(name, top, points, opened, request):
    evaluation = request.getfixturevalue(name)
    shown = opened(evaluation)
    for at, lot in enumerate(evaluation.lots):
        asked = what_if(evaluation.tender, lot=lot, weights={top: points})
        frame = asked.to_frame().set_index("bid")
        sheet = evaluation.lots[lot].sheet
        bids = [bid for bid in sheet.bids if evaluation.lots[lot].ranking.rank_of(bid)]
        node = next(i for i, line in enumerate(weight_stability(sheet).nodes) if line.node.id == top)
        (found,) = shown.page.evaluate(RESULT, [at, [[node, points / 100]]])
        assert np.allclose(found["total"], [frame.loc[bid, "total_after"] for bid in bids], rtol=0, atol=1e-9)
        assert found["ranks"] == [frame.loc[bid, "rank_after"] for bid in bids]


@pytest.mark.parametrize("name", ["museum", "service_desk", "desk", "sixty"])
def test_published_weights_give_the_published_figures_to_the_last_bit(name, opened, request):
    evaluation = request.getfixturevalue(name)
    shown = opened(evaluation)
    for at, result in enumerate(evaluation.lots.values()):
        ranking = result.ranking
        mine = [b for b, bid in enumerate(ranking.bids) if ranking.rank_of(bid)]
        (found,) = shown.page.evaluate(RESULT, [at, [[-1, 0]]])
        assert found["unrounded"] == ranking.unrounded[mine].tolist()
        assert found["total"] == ranking.total[mine].tolist()
        assert found["ranks"] == ranking.ranks[mine].tolist()


def test_a_moved_weight_is_marked_exploratory_and_the_way_back_restores_the_published_order(opened, service_desk):
    shown = opened(service_desk)
    before, banner = shown.cells("ranking"), shown.page.text_content(".banner")
    assert words("en")["standing.binding"] in banner
    assert shown.page.is_disabled("#reset")
    set_weight(shown, 13, 80)
    assert words("en")["panel.moved"] in shown.page.text_content(".banner")
    assert shown.page.locator(".watermark").count() == 1
    after = shown.cells("ranking")
    assert [row[1] for row in after] != [row[1] for row in before]
    assert "▼" in "".join(row[4] for row in after)
    shown.page.click("#reset")
    assert shown.cells("ranking") == before
    assert shown.page.text_content(".banner") == banner
    assert shown.page.is_disabled("#reset")


def test_while_a_weight_moves_rows_are_shifted_and_at_rest_they_stand_in_that_order(opened, sixty):
    shown = opened(sixty)
    seen = """() => {
      const rows = [...document.querySelectorAll('table.ranking tbody tr')].map((row) =>
        [row.getBoundingClientRect().top, [...row.children].map((cell) => cell.textContent)]);
      return rows.sort(([a], [b]) => a - b).map(([, texts]) => texts);
    }"""
    before = shown.cells("ranking")
    shown.page.evaluate(
        """async () => {
          panel.pause = () => {};
          panel.weights.set(0, 90);
          panel.weights.set(0, 80);
          await new Promise((go) => { requestAnimationFrame(() => requestAnimationFrame(go)); });
        }"""
    )
    assert shown.page.get_attribute("table.ranking", "aria-busy") == "true"
    assert words("en")["panel.moved"] in shown.page.text_content(".banner")
    moving = shown.page.evaluate(seen)
    assert [row[1] for row in shown.cells("ranking")] == [row[1] for row in before]  # as elements they wait
    shown.page.evaluate("delete panel.pause; panel.settle()")
    rested = shown.cells("ranking")
    assert [row[1] for row in rested] != [row[1] for row in before]
    assert [row[1] for row in moving] == [row[1] for row in rested]
    assert moving[:5] == rested[:5]
    assert shown.page.evaluate(seen) == rested


def test_the_interval_of_each_weight_lies_on_its_slider(opened, service_desk):
    shown = opened(service_desk)
    lot = next(iter(service_desk.lots.values()))
    bands = shown.page.evaluate(
        "[...document.querySelectorAll('.band')].map(b => [parseFloat(b.style.left), parseFloat(b.style.width)])"
    )
    marks = shown.page.evaluate("[...document.querySelectorAll('.mark')].map(m => parseFloat(m.style.left))")
    lines = weight_stability(lot.sheet).nodes
    drawn = [line for line in lines if line.movable and line.first.ever]
    expected = [[100 * line.first.lower, 100 * (line.first.upper - line.first.lower)] for line in drawn]
    assert np.allclose(bands, expected, rtol=0, atol=1e-3)
    assert np.allclose(marks, [100 * line.node.share for line in lines], rtol=0, atol=1e-3)
    price = next(line for line in lines if line.node.id == "price")
    said = shown.page.text_content(f"#d{lines.index(price)}")
    assert f"{price.points(price.first.upper):.2f}" in said
    assert price.challengers_high[0] in said


def test_beyond_the_end_of_an_interval_another_bid_is_first(opened, service_desk):
    shown = opened(service_desk)
    lot = next(iter(service_desk.lots.values()))
    lines = weight_stability(lot.sheet).nodes
    at = next(i for i, line in enumerate(lines) if line.node.id == "price")
    upper = 100 * lines[at].first.upper
    set_weight(shown, at, upper - 0.5)
    assert "YX-1" in shown.cells("ranking")[0][1]
    set_weight(shown, at, upper + 0.5)
    assert lines[at].challengers_high[0] in shown.cells("ranking")[0][1]


def test_dragging_a_slider_moves_the_others_in_proportion_and_back(opened, service_desk):
    shown = opened(service_desk)
    place = shown.page.locator("#w0").bounding_box()
    middle = place["y"] + place["height"] / 2
    shown.page.mouse.move(place["x"] + 9 + 0.1 * (place["width"] - 18), middle)
    shown.page.mouse.down()
    shown.page.mouse.move(place["x"] + place["width"], middle, steps=4)
    assert shown.page.evaluate("[...panel.model.weights()].filter(w => w > 0).length") == 3
    shown.page.mouse.move(place["x"] + 9 + 0.4 * (place["width"] - 18), middle, steps=4)
    shown.page.mouse.up()
    rested(shown)
    moved, total = float(shown.page.input_value("#n0")), 90.0
    assert moved == pytest.approx(40, abs=0.6)
    tops = shown.page.evaluate(
        "panel.model.nodes.map((n, i) => n.parent < 0 ? panel.model.shares[i] : null).filter(x => x !== null)"
    )
    assert tops[1:] == pytest.approx([(100 - moved) / 100 * w / total for w in (25, 25, 30, 10)])


def test_a_formula_that_reads_quality_switches_the_sliders_off(opened, folder):
    data = policy_data()
    price = next(criterion for criterion in data["criteria"] if criterion["id"] == "price")
    price["price"] = {"formula": "lowest_score_price", "parameters": {}}
    from supplier_eval.score.price import PRICE_FORMULAS

    reading = [f.name for f in PRICE_FORMULAS.values() if any(p.per_bid and p.name == "quality" for p in f.parameters)]
    price["price"]["formula"] = reading[0]
    made = evaluated(folder / "quality", ["One", "Two", "Three"], Policy.from_mapping(data))
    shown = opened(made)
    assert shown.page.evaluate("[...document.querySelectorAll('.slide')].every(s => s.disabled)")
    assert words("en")["panel.fixed_formula"] in shown.page.text_content("main")
