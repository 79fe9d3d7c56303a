"""The panel page in a real browser: it re-ranks as Python does, hides names, asks for nothing, is worked by keys."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path

import numpy as np
import pytest

from report.browser import Opened, chromium
from report.made_reports import HOSTILE, evaluated, policy_data
from supplier_eval.evaluation import Evaluation
from supplier_eval.intake.assemble import read_tender
from supplier_eval.messages import LANGS
from supplier_eval.policy import Policy
from supplier_eval.procedure import evaluate
from supplier_eval.report.chart_heat import heat_of
from supplier_eval.report.formats import number, plain
from supplier_eval.report.iso_lines import price_quality_of
from supplier_eval.report.outcome import outcome
from supplier_eval.report.panel_page import SCRIPTS, panel_page, write_panel
from supplier_eval.report.tables import total_places
from supplier_eval.report.words import words
from supplier_eval.robustness.answers import answer_lots
from supplier_eval.robustness.changed_policy import with_weights
from supplier_eval.robustness.lay_out import lot_block
from supplier_eval.robustness.stability_front import weight_stability
from supplier_eval.robustness.whatif import what_if

SAMPLES = Path(__file__).parents[2] / "data" / "samples"
MOST_BYTES = 1_500_000
SHARES = (0.0, 0.137, 0.5, 1.0)
RESULT = """([lot, moves]) => moves.map(([node, share]) => {
  const model = panel.models[lot];
  model.reset();
  if (node >= 0) model.move(node, share);
  const found = model.result();
  const plain = (name) => [...found[name]];
  return { weights: plain("weights"), unrounded: plain("unrounded"), total: plain("total"), ranks: plain("ranks") };
})"""


@pytest.fixture(scope="module")
def browser():
    with chromium() as started:
        yield started


@pytest.fixture(scope="module")
def service_desk() -> Evaluation:
    return evaluate(read_tender(SAMPLES / "service-desk"))


@pytest.fixture(scope="module")
def answered():
    """How firm the winners of an evaluation are, asked once."""
    found: dict[int, tuple] = {}

    def answers(evaluation: Evaluation) -> tuple:
        if id(evaluation) not in found:
            found[id(evaluation)] = answer_lots(evaluation.tender, draws=256)
        return found[id(evaluation)]

    return answers


@pytest.fixture
def opened(browser, tmp_path):
    """Write the page of an evaluation and open it; afterwards nothing may have been asked for or complained about."""
    made = []

    def open_page(evaluation: Evaluation, *, answers=(), **more) -> Opened:
        path = write_panel(evaluation, tmp_path / f"{len(made)}.html", answers=answers, **more)
        made.append((Opened(browser, path), path))
        return made[-1][0]

    yield open_page
    for one, path in made:
        one.page.close()
        assert one.requests == [path.as_uri()]
        assert one.complaints == []


def set_weight(shown: Opened, node: int, points: float) -> None:
    shown.page.eval_on_selector(
        f"#n{node}", "(field, x) => { field.value = x; field.dispatchEvent(new Event('change')); }", points
    )
    rested(shown)


def rested(shown: Opened) -> None:
    """A moved weight is drawn in the next frame; rows, pictures and tables follow when it has come to rest."""
    shown.page.evaluate(
        """async () => {
          const moves = () => panel.frame !== undefined || document.querySelector("table.ranking[aria-busy]");
          while (moves()) await new Promise((go) => { setTimeout(go, 20); });
        }"""
    )


def moves_of(evaluation: Evaluation, lot: str):
    """Every node that can move and every share, with the weights of the leaves that Python gives them."""
    policy, tree = evaluation.tender.policy, evaluation.tender.tree
    floors = [floor.model_dump(exclude_defaults=True) | {"minimum": 0} for floor in policy.floors]
    policy = policy.replace(floors=floors, adoption=None)  # no weight makes a floor that nobody can reach
    for i, line in enumerate(weight_stability(evaluation.lots[lot].sheet).nodes):
        if line.movable:
            total = tree[line.node.parent].total if line.node.parent else policy.total
            for share in SHARES:
                changed = with_weights(policy, tree, {line.node.id: share * float(total)})
                weights = changed.tree(evaluation.tender.notice.category).weights(changed.total)
                yield (i, share), np.array(list(weights.values()))


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
          panel.rest = () => {};
          panel.weights.set(0, 90);
          panel.weights.set(0, 80);
          await new Promise((go) => { requestAnimationFrame(() => requestAnimationFrame(go)); });
        }"""
    )
    assert shown.page.get_attribute("table.ranking", "aria-busy") == "true"
    assert words("en")["panel.moved"] in shown.page.text_content(".banner")
    moving = shown.page.evaluate(seen)
    assert [row[1] for row in shown.cells("ranking")] == [row[1] for row in before]  # as elements they wait
    shown.page.evaluate("delete panel.rest; panel.rest()")
    rested = shown.cells("ranking")
    assert [row[1] for row in rested] != [row[1] for row in before]
    assert [row[1] for row in moving] == [row[1] for row in rested]
    assert moving[:5] == rested[:5]
    assert shown.page.evaluate(seen) == rested


def test_the_ranking_shows_the_figures_of_the_result(opened, service_desk):
    shown = opened(service_desk)
    ranking = next(iter(service_desk.lots.values())).ranking
    for row, bid in zip(shown.cells("ranking"), ranking.order, strict=True):
        assert row[0] == str(ranking.rank_of(bid))
        assert bid in row[1]
        assert float(row[2]) == pytest.approx(ranking.total_of(bid), abs=10 ** -total_places(ranking) / 2)
    shown.page.click("#more-points")
    shown.page.locator("table.points").wait_for()
    for row, bid in zip(shown.cells("points"), ranking.order, strict=True):
        points = list(ranking.criteria_points(bid).values())
        assert [float(cell.replace("−", "-")) for cell in row[1 : len(points) + 1]] == pytest.approx(points, abs=6e-5)


@pytest.mark.parametrize("name", ["museum", "service_desk", "desk", "tied", "proposal", "lonely"])
def test_the_outcome_is_said_as_the_report_says_it(name, opened, request):
    evaluation = request.getfixturevalue(name)
    shown = opened(evaluation)
    for at, result in enumerate(evaluation.lots.values()):
        if len(evaluation.lots) > 1:
            shown.page.select_option("#lot", str(at))
        for lang in LANGS:
            shown.page.click(f"#lang-{lang}")
            said = shown.page.eval_on_selector_all(".part-outcome p", "all => all.map(p => p.textContent)")
            told = outcome(result, lang)
            assert said[0] == told[0]
            assert set(said) <= set(told)


def figure(cell: str) -> float:
    return float(cell.replace("−", "-").replace(",", ""))


def test_marks_prices_and_awards_are_those_of_the_result(opened, service_desk):
    shown = opened(service_desk)
    for at, result in enumerate(service_desk.lots.values()):
        shown.page.select_option("#lot", str(at))
        heat, ranking = heat_of(result), result.ranking
        for row, bid, marks in zip(shown.cells("heat"), heat.bids, heat.marks.tolist(), strict=True):
            assert bid in row[0]
            assert [float(cell[:4]) for cell in row[1:]] == [float(number(mark, 1)) for mark in marks]
        shown.page.click("#more-dots")
        shown.page.locator("table.dots").wait_for()
        drawn = price_quality_of(ranking.sheet, ranking.order, ranking.points, service_desk.tender.notice)
        for row, bid, y in zip(shown.cells("dots"), drawn.bids, drawn.y.tolist(), strict=True):
            assert bid in row[0]
            assert Decimal(row[1].replace(",", "")) == ranking.sheet.prices.evaluated[bid]
            assert figure(row[2]) == pytest.approx(y, abs=6e-5)
        award = shown.cells("award")[at]
        assert ranking.winners[0] in award[1]
        assert figure(award[2]) == float(ranking.sheet.prices.evaluated[ranking.winners[0]])
        assert [bid in award[3] for bid in ranking.candidates()] == [True] * 3


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


def test_why_one_is_ahead_of_another_adds_up_for_every_pair(opened, service_desk):
    shown = opened(service_desk)
    ranking = next(iter(service_desk.lots.values())).ranking
    bids = [bid for bid in ranking.bids if ranking.rank_of(bid)]
    for first in bids:
        for second in bids:
            if first == second:
                continue
            shown.page.select_option("#pair-0", str(bids.index(first)))
            shown.page.select_option("#pair-1", str(bids.index(second)))
            rows = [[float(cell.replace("−", "-")) for cell in row[1:4]] for row in shown.cells("pair")]
            assert sum(row[2] for row in rows[:-1]) == pytest.approx(rows[-1][2], abs=2e-3)
            assert rows[-1][2] == pytest.approx(ranking.total_of(first) - ranking.total_of(second), abs=1e-9)
            ahead = first if ranking.rank_of(first) < ranking.rank_of(second) else second
            said = shown.page.text_content("p.outcome")
            assert said.index(ahead) < said.index(second if ahead == first else first)


def names_in(evaluation: Evaluation) -> list[str]:
    """Ids and names of bids, bidders and members, and what people wrote about them."""
    tender = evaluation.tender
    bids = [bid for result in evaluation.lots.values() for bid in result.qualification.bids]
    bids += [name for result in evaluation.lots.values() for name in result.qualification.names.values()]
    bids += [bidder for bidder in tender.bids["bidder"].dropna().unique() if bidder]
    members = [one for member in tender.evaluators.values() for one in (member.id, member.name)]
    written = [text for r in tender.rulings for text in (r.by, r.reason)]
    written += [comment for comment in tender.marks["comment"].dropna().unique() if comment]
    found = {plain(name) for name in (*bids, *members, *written)}
    return sorted(found - {"panel", ""})  # an id, and a word of the page


def leaks(document: str, names: list[str]) -> list[str]:
    return [name for name in names if re.search(rf"(?<![A-Za-z0-9]){re.escape(name)}(?![A-Za-z0-9])", document)]


@pytest.mark.parametrize("name", ["museum", "service_desk", "desk"])
def test_hidden_names_stand_nowhere_in_the_document(name, opened, answered, request):
    evaluation = request.getfixturevalue(name)
    shown = opened(evaluation, answers=answered(evaluation))
    names = names_in(evaluation)
    assert leaks(shown.everything(), names)
    shown.page.check("#hide")
    for at in range(len(evaluation.lots)):
        if len(evaluation.lots) > 1:
            shown.page.select_option("#lot", str(at))
        for lang in (*LANGS, "en"):
            shown.page.click(f"#lang-{lang}")
            shown.page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true; })")
            set_weight(shown, 0, 90)
            shown.page.locator("table.points").wait_for()
            shown.page.locator("#live:not(:empty)").wait_for(state="attached")
            assert leaks(shown.everything(), names) == []
    shown.page.uncheck("#hide")
    assert leaks(shown.everything(), names)


@pytest.mark.parametrize("name", ["museum", "service_desk", "desk"])
def test_a_page_written_blind_holds_no_name_in_its_file(name, opened, answered, request):
    evaluation = request.getfixturevalue(name)
    shown = opened(evaluation, answers=answered(evaluation), blind=True)
    text = Path(shown.page.url.removeprefix("file://")).read_text(encoding="utf-8")
    data = text[text.index('<script type="application/json"') :]
    assert leaks(data[: data.index("</script>")], names_in(evaluation)) == []
    assert leaks(shown.everything(), names_in(evaluation)) == []
    assert shown.page.is_disabled("#hide")


def test_hidden_rows_stand_by_number_and_not_by_id(opened, service_desk):
    shown = opened(service_desk)
    shown.page.check("#hide")
    numbers = [int(row[0].split()[-1]) for row in shown.cells("heat")]
    assert numbers == sorted(numbers)
    heads = shown.page.eval_on_selector_all("table.heat thead th", "all => all.map(h => h.textContent)")
    members = [int(head.split()[-1]) for head in heads[1:]]
    assert members == sorted(members)


def test_hostile_names_are_text_and_nothing_else(opened, hostile):
    shown = opened(hostile)
    shown.page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true; })")
    text = shown.page.text_content("#page")
    for name in HOSTILE:
        assert plain(name) in text
    assert "\u2068evil חברה\u2069 (B4)" in text  # closed off: it does not turn what stands beside it
    assert shown.page.locator("script").count() == 1
    assert "\u202e" not in shown.everything()
    assert shown.page.evaluate("document.querySelectorAll('b, i, img, iframe, object').length") == 0
    set_weight(shown, 0, 33)
    assert shown.page.locator("script").count() == 1


def test_no_script_can_be_put_between_the_data(hostile):
    page = panel_page(hostile, answers=())
    assert page.count("</script>") == 2
    assert "<script>alert" not in page


@pytest.mark.parametrize("name", ["museum", "service_desk", "sixty"])
def test_the_page_is_small(name, request):
    for blind in (False, True):
        page = panel_page(request.getfixturevalue(name), answers=(), blind=blind)
        assert len(page.encode("utf-8")) < MOST_BYTES
        assert "http://" not in page.replace("http://www.w3.org/2000/svg", "")
        assert "https://" not in page


def test_keys_move_a_slider_and_the_new_order_is_said(opened, service_desk):
    shown = opened(service_desk)
    shown.page.focus("#w0")
    start = float(shown.page.input_value("#n0"))
    shown.page.keyboard.press("ArrowRight")
    rested(shown)
    assert float(shown.page.input_value("#n0")) == pytest.approx(start + 1)
    shown.page.keyboard.press("PageUp")
    rested(shown)
    assert float(shown.page.input_value("#n0")) == pytest.approx(start + 11)
    shown.page.keyboard.press("Shift+ArrowLeft")
    rested(shown)
    assert float(shown.page.input_value("#n0")) == pytest.approx(start + 10.9)
    shown.page.keyboard.press("End")
    rested(shown)
    assert float(shown.page.input_value("#n0")) == 100
    assert shown.page.evaluate("document.activeElement.id") == "w0"
    assert "100" in shown.page.get_attribute("#w0", "aria-valuetext")
    shown.page.locator("#live:not(:empty)").wait_for(state="attached")
    assert shown.cells("ranking")[0][1].split("(")[-1].rstrip(")") in shown.page.text_content("#live")


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


def test_every_control_has_a_name_and_focus_can_be_seen(opened, service_desk):
    shown = opened(service_desk)
    bare = shown.page.evaluate(
        """() => [...document.querySelectorAll('input, select, button')].filter((field) =>
        !(field.getAttribute('aria-label') || field.labels?.length || field.textContent.trim())).length"""
    )
    assert bare == 0
    shown.page.focus("#print")
    shown.page.keyboard.press("Shift+Tab")
    assert shown.page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    assert shown.page.get_attribute("#live", "aria-live") == "polite"
    shown.page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true; })")
    shown.page.locator("table.dots").wait_for()
    named = "all => all.map(e => e.getAttribute('aria-label'))"
    for things, n in (("[role=img]", 1), ("table", 7)):
        names = shown.page.eval_on_selector_all(things, named)
        assert len(set(names)) == n
        assert all(names)
    assert shown.page.locator("th:empty").count() == 0
    assert shown.page.locator("tbody tr:not(:has(th[scope=row]))").count() == 0


LABELS = """() => [...document.querySelectorAll(
    'h2, summary, label, button, th[scope=col], .banner strong, footer p, .pale')]
  .filter((e) => !e.querySelector('input, select') || e.textContent.trim())
  .map((e) => e.textContent.trim()).filter(Boolean)"""


def test_the_switch_of_language_changes_every_label(opened, service_desk):
    shown = opened(service_desk)
    english = shown.page.evaluate(LABELS)
    shown.page.click("#lang-zh")
    chinese = shown.page.evaluate(LABELS)
    assert len(english) == len(chinese)
    names = {plain(f"{m.name} ({m.id})") for m in service_desk.tender.evaluators.values()}
    ids = {bid for result in service_desk.lots.values() for bid in result.sheet.bids}
    same = {a for a, b in zip(english, chinese, strict=True) if a == b} - names - ids
    assert same == set()
    assert shown.page.get_attribute("html", "lang") == "zh-CN"
    assert shown.page.evaluate("document.activeElement.id") == "lang-zh"


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


@pytest.mark.parametrize("name", ["stopped", "sealed", "lonely"])
def test_a_lot_without_an_order_says_why(name, opened, request):
    evaluation = request.getfixturevalue(name)
    shown = opened(evaluation)
    ranking = evaluation.only_lot.ranking
    text = shown.page.text_content("main")
    if ranking.stopped is not None:
        assert ranking.stopped.say("en") in text
        assert shown.page.locator(".slide").count() == 0
    else:
        assert words("en")["panel.nobody_else"] in text


def test_no_element_is_wider_than_a_narrow_window(browser, tmp_path, hostile):
    path = write_panel(hostile, tmp_path / "narrow.html", answers=())
    for width in (800, 400):
        shown = Opened(browser, path, width=width)
        assert shown.page.evaluate("document.documentElement.scrollWidth") <= width
        shown.page.close()


def test_every_word_that_a_script_says_exists_in_both_languages():
    folder = Path(__file__).parents[2] / "src" / "supplier_eval" / "report" / "templates"
    said = {key for name in SCRIPTS for key in re.findall(r'"((?:panel|outcome)\.\w+)"', (folder / name).read_text())}
    assert said
    for lang in LANGS:
        assert said <= set(words(lang))
