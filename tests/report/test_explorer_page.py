"""The table and the strips beside the sliders: figures of the order, words of the language, nothing that runs."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pandas as pd
import pytest

import supplier_eval as se
from supplier_eval.report.explorer_page import caveat_line, interval_strip, order_table, slider_label, standing_line
from supplier_eval.report.formats import number
from supplier_eval.report.moved_weights import moved_weights, recount_of
from supplier_eval.robustness import weight_stability

NASTY = ("<script>x()</script>", "$x$ and $y$", "\u202eright\u202c", '"><img src=x onerror=1>')
HARMLESS = {"div", "p", "strong", "span", "table", "thead", "tbody", "tr", "th", "td"}


class Tags(HTMLParser):
    def __init__(self, text):
        super().__init__()
        self.seen, self.named = set(), set()
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.seen.add(tag)
        self.named |= {name for name, _ in attrs}


@pytest.fixture(scope="module")
def nasty():
    values = {NASTY[0]: [80, 60, 70, 20], NASTY[1]: [10, 90, 40, 50]}
    sheet = se.ScoreSheet.from_frame(pd.DataFrame(values, index=list(NASTY)), {NASTY[0]: 60, NASTY[1]: 40})
    return recount_of(sheet)


def pieces(recount, lang):
    scored = recount.scored
    moved = moved_weights(scored)
    order = recount.again(moved.weights)
    tops = {name: moved.rows[name].tolist() for name in scored.criteria}
    stability = weight_stability(scored.sheet)
    yield order_table(order, order, scored, tops, lang)
    for name in scored.criteria:
        yield slider_label(name, scored, lang)
        yield interval_strip(name, stability, lang)
    yield standing_line("exploratory", scored.sheet.lot, 4, lang)
    yield caveat_line(scored, lang)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_words_from_outside_are_inert(nasty, lang):
    for piece in pieces(nasty, lang):
        found = Tags(piece)
        assert found.seen <= HARMLESS
        assert found.named <= {"class", "dir", "style", "title", "role"}
        texts = re.sub(r"<[^>]*>", "\n", piece)
        assert not re.search(r"\$[^\n]*\$", texts), "no mathematics between two signs"
        assert "\u202e" not in piece


def test_the_table_holds_ranks_totals_and_bars(nasty):
    table = next(pieces(nasty, "en"))
    order = nasty.again(nasty.scored.weights)
    for b in order.best_first:
        assert f">{number(float(order.totals[b]), 2)}<" in table
    widths = [float(w) for w in re.findall(r"width:([\d.]+)px;background", table)]
    assert sum(widths) == pytest.approx(order.totals.sum() * 3.2, abs=0.1)


def test_standing_is_said_in_words_and_not_by_colour_alone():
    assert "EXPLORATORY" in standing_line("exploratory", "1", 3, "en")
    assert "仅供探讨" in standing_line("exploratory", "1", 3, "zh")
    assert "EXPLORATORY" not in standing_line("binding", "1", 3, "en")


def test_a_strip_marks_the_interval_and_the_published_weight(nasty):
    stability = weight_stability(nasty.scored.sheet)
    line = stability[NASTY[0]]
    strip = interval_strip(NASTY[0], stability, "en")
    assert "Published: 60.00 points." in strip
    assert f"left:{line.first.lower * 100:.3f}%" in strip
    assert "left:60.000%;width:3px" in strip
    assert number(line.points(line.first.lower), 2) in strip
