"""Names on the panel page: hidden ones stand nowhere, hostile ones are text."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from report.made_reports import HOSTILE
from report.panel_moves import set_weight
from supplier_eval.evaluation import Evaluation
from supplier_eval.messages import LANGS
from supplier_eval.report.formats import plain
from supplier_eval.report.panel_page import panel_page


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
            shown.page.evaluate("panel.announce()")
            assert shown.page.text_content("#live")
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
