"""Sections of the report: dissent in its own words, steps that changed a price, what the registry keeps."""

from __future__ import annotations

import dataclasses
from datetime import UTC, date, datetime

from report.made_files import desk_record, sample
from supplier_eval.registry.record import Stored
from supplier_eval.registry.records.evaluation import Dissent
from supplier_eval.report.file_sections import (
    course_blocks,
    dissent_blocks,
    kept_result,
    matters_blocks,
    notice_blocks,
    signature_blocks,
)
from supplier_eval.report.paper import Heading, Items, Signatures
from supplier_eval.report.tables import Table

LONG = "The anchors of the service plan do not fit.\n" + "Reason. " * 200


def with_dissent():
    record = desk_record()
    seat = record.of("evaluator")[0]
    told = Dissent(
        id="D-1", result=record.of("result")[0].id, evaluator=seat.id, text=LONG, stated_on=date(2026, 3, 25)
    )
    stored = Stored(told, "stated", 1, datetime(2026, 3, 25, tzinfo=UTC), seat.person)
    return dataclasses.replace(record, parts={**record.parts, "dissent": (stored,)})


def test_a_dissent_stands_whole_with_who_and_when():
    (label, text), *_ = dissent_blocks(sample("service-desk"), "en", with_dissent())[1].pairs
    assert "25 March 2026" in label
    assert label.startswith("E1 · ")
    assert text.split("\n") == [line.strip() for line in LONG.split("\n")]


def test_without_a_dissent_there_is_room_for_one():
    assert dissent_blocks(sample("service-desk"), "en", None)[1].pairs[0][1] == ""


def test_only_steps_that_change_a_price_are_told():
    result = sample("service-desk").lots["L1"]
    told = next(block for block in course_blocks(sample("service-desk"), result, "en") if isinstance(block, Items))
    assert len(told.entries) == 4
    assert any("10 % is deducted for a small business" in line for line in told.entries)
    assert not any("as the bid states it" in line for line in told.entries)


def test_cases_stand_with_question_answer_and_ruling():
    result = sample("service-desk").lots["L1"]
    blocks = course_blocks(sample("service-desk"), result, "en")
    cases = next(block for block in blocks if isinstance(block, Table) and block.name == "flags")
    assert [row[0] for row in cases.rows] == [flag.say("en") for flag in result.flags]
    excluded = next(row for row in cases.rows if row[1] == "excluded")
    assert "Show the cost of a ticket at 9.20" in excluded[2]


def test_a_result_that_is_not_the_kept_one_is_warned_of():
    evaluation, record = sample("service-desk"), desk_record()
    result, kept = evaluation.lots["L1"], record.result_of("L1")
    assert kept_result(evaluation, result, kept, "en")[0].style == "pale"
    other = dataclasses.replace(kept, record=kept.record.model_copy(update={"order": kept.order[::-1]}))
    (warning,) = kept_result(evaluation, result, other, "en")
    assert warning.style == "strong"
    assert "another order" in warning.text


def test_channels_come_from_the_registry_with_their_moments():
    told = dict(notice_blocks(sample("service-desk"), "en", desk_record())[0].pairs)
    assert "company site, 2 February 2026, 09:00" in told["Announced in"]
    assert told["Board approval"].endswith("27 January 2026")
    alone = dict(notice_blocks(sample("service-desk"), "en", None)[0].pairs)
    assert alone["Announced in"] == "company site, tender platform"


def test_what_people_did_after_the_result_is_listed():
    headings = [b.text for b in matters_blocks(sample("service-desk"), "en", desk_record()) if isinstance(b, Heading)]
    assert {"Draws among tied bids", "Publication of candidates", "Objections", "Award"} <= set(headings)
    alone = [b.text for b in matters_blocks(sample("service-desk"), "en", None) if isinstance(b, Heading)]
    assert not {"Draws among tied bids", "Award"} & set(alone)


def test_labels_of_the_registry_are_words_in_both_languages():
    for lang in ("en", "zh"):
        tables = [b for b in matters_blocks(sample("service-desk"), lang, desk_record()) if isinstance(b, Table)]
        assert not [label for table in tables for label, _ in table.columns if "_" in label]


def test_each_member_has_a_line_to_sign():
    people = signature_blocks(sample("service-desk"), "en", None)[1].people
    assert [person.split(" ")[0] for person in people] == list(sample("service-desk").tender.evaluators)
    nobody = dataclasses.replace(sample("museum-services").tender, evaluators={})
    empty = signature_blocks(dataclasses.replace(sample("museum-services"), tender=nobody), "en", None)
    assert empty[1] == Signatures(("",) * 5)


def test_warnings_of_the_tender_are_told():
    blocks = matters_blocks(sample("museum-services"), "en", None)
    told = next(block for block in blocks if isinstance(block, Items))
    assert len(told.entries) == len(sample("museum-services").tender.warnings)


def test_only_records_that_were_taken_back_are_shown_paler():
    blocks = matters_blocks(sample("service-desk"), "en", desk_record())
    shown = {block.name: block for block in blocks if isinstance(block, Table)}
    awards = desk_record().of("award")
    assert set(shown["award"].marked) == {i for i, one in enumerate(awards) if one.state == "withdrawn"} != set()
    assert shown["publication"].marked == {}
