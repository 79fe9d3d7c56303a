"""What the panel page shows, in a real browser: the figures of the result, in one small file."""

from __future__ import annotations

import itertools
import re
from decimal import Decimal
from pathlib import Path

import pytest

from supplier_eval.messages import LANGS
from supplier_eval.report.chart_heat import heat_of
from supplier_eval.report.formats import number, plain, signed
from supplier_eval.report.iso_lines import price_quality_of
from supplier_eval.report.outcome import outcome
from supplier_eval.report.panel_page import SCRIPTS, panel_page
from supplier_eval.report.tables import total_places
from supplier_eval.report.words import words

MOST_BYTES = 1_500_000


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


@pytest.mark.parametrize("name", ["service_desk", "tied", "museum"])
def test_why_one_is_ahead_of_another_is_what_compare_says_for_every_pair(name, opened, request):
    evaluation = request.getfixturevalue(name)
    shown = opened(evaluation)
    ranking = next(iter(evaluation.lots.values())).ranking
    places = total_places(ranking)
    bids = [bid for bid in ranking.bids if ranking.rank_of(bid)]
    for first, second in itertools.permutations(bids, 2):
        shown.page.select_option("#pair-0", str(bids.index(first)))
        shown.page.select_option("#pair-1", str(bids.index(second)))
        compared = evaluation.compare(first, second)
        *rows, whole = shown.cells("pair")
        told = {row[0]: row[1:4] for row in rows}
        assert told == {
            plain(ranking.label(name, "en")): [number(a, 4), number(b, 4), signed(a - b, 4)]
            for name, a, b in compared.lines
        }
        gaps = [abs(figure(row[3])) for row in rows if row[0] != words("en")["panel.rounding"]]
        assert gaps == sorted(gaps, reverse=True)
        totals = [number(ranking.total_of(bid), places) for bid in (first, second)]
        assert whole[1:4] == [*totals, signed(compared.difference, places)]
        said = shown.page.text_content("p.outcome")
        if compared.decided_by is None:
            assert "share a rank" in said
            continue
        ahead = first if ranking.rank_of(first) < ranking.rank_of(second) else second
        assert said.index(ahead) < said.index(second if ahead == first else first)


@pytest.mark.parametrize("name", ["museum", "service_desk", "sixty"])
def test_the_page_is_small(name, request):
    for blind in (False, True):
        page = panel_page(request.getfixturevalue(name), answers=(), blind=blind)
        assert len(page.encode("utf-8")) < MOST_BYTES
        assert "http://" not in page.replace("http://www.w3.org/2000/svg", "")
        assert "https://" not in page


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


def test_every_word_that_a_script_says_exists_in_both_languages():
    folder = Path(__file__).parents[2] / "src" / "supplier_eval" / "report" / "templates"
    said = {key for name in SCRIPTS for key in re.findall(r'"((?:panel|outcome)\.\w+)"', (folder / name).read_text())}
    assert said
    for lang in LANGS:
        assert said <= set(words(lang))
