"""Objections: inside with all figures concerned, outside with no more than a debrief letter would tell."""

from __future__ import annotations

import dataclasses

import pytest

from report.made_files import as_word, desk_record, sample
from report.made_reports import Page
from report.test_letters import SILENT, under
from supplier_eval.errors import UnknownName
from supplier_eval.report.documents import debrief_letter
from supplier_eval.report.objection_file import (
    objection_reply,
    objections_paper,
    write_objection_replies,
    write_objections,
)
from supplier_eval.report.paper_page import paper_html

KEY = "objection-QH"


def changed(**fields):
    """The record with other fields of its objection."""
    record = desk_record()
    told = tuple(
        dataclasses.replace(one, record=one.record.model_copy(update=fields)) if one.id == KEY else one
        for one in record.of("objection")
    )
    return dataclasses.replace(record, parts={**record.parts, "objection": told})


def text_of(paper):
    return Page(paper_html(paper)).text


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_file_has_question_answer_decision_and_figures(lang, tmp_path):
    evaluation, record = sample("service-desk"), desk_record()
    paper = objections_paper(evaluation, record, lang)
    told = next(one for one in record.of("objection") if one.id == KEY)
    page, word = Page(paper_html(paper)), as_word(paper, tmp_path)
    for said in (told.text, told.answer):
        assert said in page.text
        assert said in word.text
    ranking = evaluation.lots["L1"].ranking
    rows = page.tables["ranking"][0]
    assert [row[1] for row in rows[1:]] == list(ranking.order)
    assert [float(row[3]) for row in rows[1:]] == [pytest.approx(ranking.total_of(bid)) for bid in ranking.order]
    assert rows in word.tables


def test_the_copy_that_goes_out_has_no_figure_that_a_letter_has_not():
    evaluation = sample("service-desk")
    letter = Page(debrief_letter(evaluation, "QH-1"))
    reply = Page(paper_html(objection_reply(evaluation, desk_record(), KEY)))
    for kind in ("points", "marks"):
        assert reply.tables[kind] == letter.tables[kind]
    for other in ("BT-1", "HZ-1", "LM-1", "85.38", "83.62", "北汀", "林知远", "Fang Shuyi", "2,038,252.80"):
        assert other not in reply.text


@pytest.mark.parametrize("switch", [None, *SILENT])
def test_each_switch_of_the_rule_holds_for_the_copy_too(switch):
    ruled = under(sample("service-desk"), **({switch: True} if switch else {}))
    letter, reply = debrief_letter(ruled, "QH-1"), text_of(objection_reply(ruled, desk_record(), KEY))
    for secret in ("Yanxi", "89.62", "2,234,649.60", "22.7708", "85.38", "Lin Zhiyuan"):
        assert (secret in reply) <= (secret in letter), secret


def test_names_in_the_answer_that_the_rule_keeps_back_are_taken_out():
    answer = "Marks of 林知远 Lin Zhiyuan and E2 were read again; BT-1 and HZ-1 were not."
    reply = text_of(objection_reply(sample("service-desk"), changed(answer=answer), KEY))
    assert "Marks of a member of the panel and a member of the panel were read again" in reply
    assert "another bidder and another bidder were not" in reply
    inside = text_of(objections_paper(sample("service-desk"), changed(answer=answer)))
    assert answer in inside


def test_an_objection_to_the_documents_concerns_no_figures():
    record = changed(publication=None)
    reply = Page(paper_html(objection_reply(sample("service-desk"), record, KEY)))
    assert not {"points", "marks"} & set(reply.tables)
    assert "89.62" not in reply.text
    assert "no figure of a result is concerned" in text_of(objections_paper(sample("service-desk"), record))


def test_figures_of_another_result_than_the_one_objected_to_do_not_go_out():
    record = desk_record()
    results = tuple(
        dataclasses.replace(one, record=one.record.model_copy(update={"tender_fingerprint": "sha256:" + "0" * 64}))
        for one in record.of("result")
    )
    other = dataclasses.replace(record, parts={**record.parts, "result": results})
    reply = Page(paper_html(objection_reply(sample("service-desk"), other, KEY)))
    assert "points" not in reply.tables
    assert "89.62" not in reply.text
    assert "computed from other data" in text_of(objections_paper(sample("service-desk"), other))


def test_a_winner_who_objects_is_told_no_figures():
    reply = Page(paper_html(objection_reply(sample("service-desk"), changed(supplier="YX"), KEY)))
    assert not {"points", "marks"} & set(reply.tables)


def test_only_answered_objections_get_a_copy(tmp_path):
    evaluation = sample("service-desk")
    open_one = changed(answered_on=None, answer="", decision=None)
    assert write_objection_replies(evaluation, open_one, tmp_path) == []
    assert "What was answered" in text_of(objections_paper(evaluation, open_one))
    for word, ending in ((False, ".html"), (True, ".docx")):
        (path,) = write_objection_replies(evaluation, desk_record(), tmp_path, "zh", word=word)
        assert path.suffix == ending


def test_markup_in_an_objection_is_text(tmp_path):
    nasty = "<script>alert(1)</script> =1+1 { PAGE } \u202eevil"
    paper = objections_paper(sample("service-desk"), changed(text=nasty, answer=nasty))
    page, word = Page(paper_html(paper)), as_word(paper, tmp_path)
    assert not [tag for tag, _ in page.tags if tag == "script"]
    assert "<script>alert(1)</script> =1+1 { PAGE } evil" in page.text
    assert "<script>alert(1)</script> =1+1 { PAGE } evil" in word.text
    assert "instrText" not in word.parts["word/document.xml"]


def test_a_tender_without_objections_says_so(tmp_path):
    record = desk_record()
    none = dataclasses.replace(record, parts={**record.parts, "objection": ()})
    path = write_objections(sample("service-desk"), none, tmp_path / "o.html")
    assert "holds no objection" in path.read_text("utf-8")


def test_an_unknown_objection_is_refused():
    with pytest.raises(UnknownName, match="objection"):
        objection_reply(sample("service-desk"), desk_record(), "Q-404")
