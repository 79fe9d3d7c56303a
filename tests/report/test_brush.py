from __future__ import annotations

import pytest

from supplier_eval.report.brush import Brush, cells, letters_on, shorten, wrap


def test_a_chinese_character_counts_two():
    assert cells("abc") == 3
    assert cells("服务ab") == 6


@pytest.mark.parametrize("width", [8, 12, 26])
@pytest.mark.parametrize(
    "text", ["a long name of many words", "很长的公司名称有限公司", "Mixed 名称 and words", "x" * 90]
)
def test_no_line_is_wider_than_allowed(text, width):
    for line in wrap(text, width, 3).split("\n"):
        assert cells(line) <= width + 2  # a closing mark may hang over


def test_a_text_is_cut_with_an_ellipsis_only_where_it_does_not_fit():
    assert wrap("one two three four five six", 9, 2) == "one two\nthree…"
    assert wrap("one two", 9, 2) == "one two"
    assert "…" not in wrap("一二三四五六七八", 8, 2)


def test_nothing_gets_lost_between_the_lines():
    text = "some words 和一些中文字 and more"
    assert wrap(text, 10, 99).replace("\n", "").replace(" ", "") == text.replace(" ", "")


def test_a_closing_mark_never_begins_a_line():
    lines = wrap("等总分线（满分一百）吧", 8, 9).split("\n")
    assert not any(line[0] in "）。，" for line in lines)


def test_an_opening_mark_never_ends_a_line():
    lines = wrap("未列出的三项（某某）等", 14, 9).split("\n")
    assert lines == ["未列出的三项", "（某某）等"]


def test_letters_on_any_grey_have_the_contrast_that_small_text_needs():
    for face in (step / 255 for step in range(256)):
        light = face / 12.92 if face <= 0.04045 else ((face + 0.055) / 1.055) ** 2.4
        letters = {"#000000": 0.0, "#ffffff": 1.0}[letters_on((face, face, face, 1.0))]
        assert (max(light, letters) + 0.05) / (min(light, letters) + 0.05) >= 4.5


def brush(glyphs: str) -> Brush:
    return Brush(None, "en", ("F",), frozenset(map(ord, glyphs)))  # type: ignore[arg-type]


def test_a_character_that_no_font_holds_becomes_a_question_mark():
    assert brush("ab ").text("a 服 b") == "a ? b"


def test_a_name_that_cannot_be_drawn_is_shown_by_its_bid():
    letters = brush("abcdefghijklmnopqrstuvwxyzB12 ·")
    assert letters.bidder("B1", "服务公司") == "B1"
    assert letters.bidder("B2", "some firm") == "B2 · some firm"
    assert letters.bidder("B2", "B2") == "B2"


def test_direction_and_control_marks_do_not_reach_a_chart():
    assert brush("abc").text("a\u202eb\x00c") == "abc"


def test_text_is_never_read_as_mathematics():
    style = brush("a").style(9.0)
    assert style["parse_math"] is False
    assert style["usetex"] is False


@pytest.mark.parametrize("text", ["BID-2026-LOT-0019", "标段二零二六年第十九号投标文件", "x" * 60])
def test_a_shortened_id_keeps_its_beginning_and_its_end(text):
    short = shorten(text, 12)
    head, tail = short.split("…")
    assert cells(short) <= 12
    assert text.startswith(head)
    assert text.endswith(tail)
    assert head
    assert tail


def test_an_id_that_fits_stays_whole():
    assert shorten("BID-1", 5) == "BID-1"
