"""Every number that is printed is one that the result holds, on pages, in letters, Word, workbook and the panel's data.

Numbers with two decimals or more than three digits are looked up in everything that was computed; the altered-figure
tests say how many of them would be missed if their last digit were another.
"""

from __future__ import annotations

import functools
import itertools
import json
import math
import re

import openpyxl
import pytest

from report.made_files import as_word, desk_record, plain_figure, sample
from report.made_reports import Page
from report.read_back import Held, Seen, altered, printed
from report.read_back_pages import award, needs_and_costs, review, risks, robustness, screens
from report.test_file_report import record_of
from supplier_eval.messages import LANGS
from supplier_eval.rank.comparison import compare_bids
from supplier_eval.report import small_picture
from supplier_eval.report.chart_heat import heat_of
from supplier_eval.report.documents import debrief_letter, report_page
from supplier_eval.report.file_report import evaluation_paper
from supplier_eval.report.opening_record import opening_paper
from supplier_eval.report.panel_data import panel_data
from supplier_eval.report.paper_page import paper_html
from supplier_eval.report.workbook import write_workbook
from supplier_eval.robustness import weight_stability

SAMPLES = ("service-desk", "museum-services")
CASES = [("service-desk", "en"), ("museum-services", "zh")]
DRAWN = ("scatter", "words", "prints")
"""Coordinates of lines, labels and fingerprints: not figures of the result."""


def differences(evaluation):
    """What a reader subtracts: points by top criterion, and every pair of bids line by line."""
    for result in evaluation.lots.values():
        ranking = result.ranking
        yield from (ranking.criteria_points(bid) for bid in ranking.order)
        yield from (ranking.total_of(bid) for bid in ranking.order)
        for first, second in itertools.permutations(ranking.order, 2):
            compared = compare_bids(ranking, first, second)
            yield compared.difference
            yield [a - b for _, a, b in compared.lines]


@functools.cache
def report(name, lang):
    return report_page(sample(name), lang)


@functools.cache
def of_sample(name):
    """All numbers of a sample, found once."""
    evaluation = sample(name)
    return Held((evaluation, list(differences(evaluation))))


def held(name, *more):
    return of_sample(name) if not more else Held((of_sample(name).figures, *more))


def strangers(lines, found):
    """Printed numbers that nothing holds."""
    return [figure for figure in printed(lines) if not found.has(figure)]


def noticed(lines, found):
    """The share of printed numbers that could not have another last digit without being noticed."""
    figures = printed(lines)
    return sum(not found.has(altered(figure)) for figure in figures) / len(figures)


@pytest.mark.parametrize(("name", "lang"), CASES)
def test_every_number_of_the_report_is_one_of_the_result(name, lang):
    lines, found = Seen(report(name, lang)).lines, held(name)
    assert strangers(lines, found) == []
    assert len(printed(lines)) > 250
    assert noticed(lines, found) > 0.8


@pytest.mark.parametrize(("name", "lang"), CASES)
def test_every_number_of_the_evaluation_report_is_one_of_the_result_on_the_page_and_in_word(name, lang, tmp_path):
    paper, found = evaluation_paper(sample(name), lang, record_of(name)), held(name, record_of(name))
    page, word = Seen(paper_html(paper)).lines, as_word(paper, tmp_path).text.split("\n")
    assert strangers([*page, *word], found) == []
    assert len(printed(word)) > 100
    assert noticed(word, found) > 0.8


@pytest.mark.parametrize("lang", LANGS)
def test_every_number_of_the_opening_record_is_one_of_the_result_or_the_registry(lang):
    record = desk_record()
    lines, found = (
        Seen(paper_html(opening_paper(sample("service-desk"), lang, record))).lines,
        held("service-desk", record),
    )
    assert strangers(lines, found) == []
    assert len(printed(lines)) == 15
    assert noticed(lines, found) > 0.9


@pytest.mark.parametrize(("name", "lang"), CASES)
def test_every_number_of_every_letter_is_one_of_the_result(name, lang):
    evaluation, found, figures = sample(name), held(name), 0
    for result in evaluation.lots.values():
        for bid in set(result.qualification.bids) - set(result.ranking.winners):
            lines = Seen(debrief_letter(evaluation, bid, lang)).lines
            assert strangers(lines, found) == []
            figures += len(printed(lines))
    assert figures > 70


def nodes(evaluation):
    """Shares of every criterion, and the value of the technical node before it is stretched."""
    tree, policy = evaluation.tender.tree, evaluation.tender.policy
    yield from (tree.exact_weight(name, policy.total) for name in tree.by_id)
    named = policy.procedure.technical.criteria
    rows = [i for i, leaf in enumerate(tree.leaves) if any(leaf in tree.leaves_below(name) for name in named)]
    for result in evaluation.lots.values() if rows else ():
        weights = result.sheet.weights[rows]
        yield weights @ result.sheet.technical.values[rows] / weights.sum()


@pytest.mark.parametrize(("name", "lang"), CASES)
def test_every_cached_figure_of_the_workbook_is_one_of_the_result(name, lang, tmp_path):
    evaluation = sample(name)
    found = held(name, [*nodes(evaluation)])
    book = openpyxl.load_workbook(write_workbook(evaluation, tmp_path / "w.xlsx", lang), data_only=True)
    numbers = [cell.value for page in book for row in page.iter_rows() for cell in row if cell.data_type == "n"]
    told = [f"{abs(number):.6f}" for number in numbers if number is not None]
    assert [figure for figure in told if not found.has(figure)] == []
    assert len(told) > 500
    assert sum(not found.has(altered(figure)) for figure in told) > 0.9 * len(told)


def numbers_of(data):
    if isinstance(data, dict):
        yield from (n for key, value in data.items() if key not in DRAWN for n in numbers_of(value))
    elif isinstance(data, list):
        yield from (n for value in data for n in numbers_of(value))
    elif isinstance(data, float):
        yield data


@pytest.mark.parametrize("name", SAMPLES)
def test_every_figure_in_the_panels_data_is_one_of_the_result_to_the_last_bit(name):
    evaluation = sample(name)
    lots = evaluation.lots.values()
    more = [(weight_stability(lot.sheet), heat_of(lot), list(lot.ranking.keys)) for lot in lots]
    found = set(held(name, more).figures)
    told = list(numbers_of(json.loads(json.dumps(panel_data(evaluation, "en", answers=())))))
    assert {figure for figure in map(abs, told) if figure not in found} == set()
    assert len(told) > 200


@pytest.mark.parametrize("name", SAMPLES)
def test_every_number_seen_on_the_panel_page_is_one_of_the_result(name, opened):
    evaluation = sample(name)
    shown = opened(evaluation)
    more = [(weight_stability(lot.sheet), heat_of(lot)) for lot in evaluation.lots.values()]
    found = Held((held(name).figures, more), hundredfold=True)
    figures = 0
    for at in range(len(evaluation.lots)):
        if len(evaluation.lots) > 1:
            shown.page.select_option("#lot", str(at))
        for lang in LANGS:
            shown.page.click(f"#lang-{lang}")
            shown.page.eval_on_selector_all(".tick", "all => all.forEach(tick => tick.remove())")
            lines = shown.page.inner_text("body").replace("\t", "\n").split("\n")
            assert strangers(lines, found) == []
            figures += len(printed(lines))
    assert figures > 60


def rows_of(page, name, place):
    return page.tables[name][place][1:]


@pytest.mark.parametrize(("name", "lang"), CASES)
def test_each_number_of_the_reports_tables_stands_in_its_place(name, lang):
    """Place by place: a number that is right elsewhere is wrong here."""
    evaluation = sample(name)
    page = Page(report(name, lang))
    values = iter(page.tables["values"])
    for place, result in enumerate(evaluation.lots.values()):
        ranking, sheet = result.ranking, result.sheet
        for row, bid in zip(rows_of(page, "ranking", place), ranking.order, strict=True):
            assert (row[0], row[1]) == (str(ranking.rank_of(bid)), bid)
            margin = ranking.margins[bid]
            told = [
                ranking.total_of(bid),
                *([] if math.isnan(margin) else [margin]),
                *ranking.criteria_points(bid).values(),
            ]
            cells = [cell for cell in row[3:] if cell != "–"]
            assert list(map(plain_figure, cells)) == pytest.approx(told, abs=5.01e-5)
        first, second = ranking.order[:2]
        lines = {line[0]: line[1:] for line in compare_bids(ranking, first, second).lines}
        *rows, whole = rows_of(page, "comparison", place)
        assert len(rows) == len(lines)
        for row in rows:
            a, b = next(pair for leaf, pair in lines.items() if ranking.label(leaf, lang) == row[0])
            assert list(map(plain_figure, row[1:])) == pytest.approx([a, b, a - b], abs=5.01e-5)
        assert plain_figure(whole[1]) == pytest.approx(ranking.total_of(first), abs=5.01e-5)
        shown = [bid for bid, ok in zip(sheet.bids, sheet.eligible, strict=True) if ok]
        while shown:
            table = next(values)
            bids, shown = table[0][2:], shown[len(table[0]) - 2 :]
            for i, row in enumerate(table[1:]):
                for bid, cell in zip(bids, row[2:], strict=True):
                    b = sheet.position(bid)
                    told = [float(figure) for figure in re.findall(r"\d+\.\d{4}", cell)[-2:]]
                    assert told == pytest.approx([sheet.values[i, b], ranking.points[i, b]], abs=5.01e-5)


OTHERS = [(robustness, 0.35), (needs_and_costs, 0.8), (risks, 0.8), (review, 0.2), (award, 0.8), (screens, 0.5)]
"""Pages, and which share of altered figures is noticed at least: a review holds so many that others stand near."""


@pytest.mark.parametrize(("made", "least"), OTHERS)
def test_every_number_of_the_other_pages_is_one_of_their_answers(made, least, monkeypatch):
    monkeypatch.setattr(small_picture, "inside_page", lambda _: "data:,")  # its words are read, no pixel
    html, found = made()
    lines = Seen(html).lines
    assert strangers(lines, found) == []
    assert len(printed(lines)) > 40
    assert noticed(lines, found) > least
