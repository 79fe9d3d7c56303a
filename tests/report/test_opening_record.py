"""The opening record: from the registry with its witnesses, else from the notice with lines to fill in."""

from __future__ import annotations

import dataclasses

import pytest

from report.made_files import as_word, desk_record, sample
from supplier_eval.report.opening_record import opening_paper, openings, write_opening_record
from supplier_eval.report.paper import Facts, Heading, Signatures, Text
from supplier_eval.report.paper_page import paper_html
from supplier_eval.report.tables import Table


def facts(blocks):
    return [dict(block.pairs) for block in blocks if isinstance(block, Facts)]


def test_both_openings_of_the_registry_stand_in_their_order():
    technical, price = facts(openings(sample("service-desk"), "en", desk_record()))
    assert technical["Opened"] == "10 March 2026, 10:00 (UTC+08:00)"
    assert price["Opened"] == "19 March 2026, 09:00 (UTC+08:00)"
    assert technical["Opened"] < price["Opened"]
    assert technical["Witnesses"] == "gao.yu, he.jun"
    assert price["Read out"] == "Prices as written."


def test_without_a_registry_the_notice_gives_the_moment_and_the_rest_is_blank():
    technical, price = facts(openings(sample("service-desk"), "en", None))
    assert technical["Opened"].startswith("10 March 2026")
    assert technical["Witnesses"] == technical["Place of opening"] == ""
    assert price["Opened"] == ""


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_record_names_buyer_and_deadline_and_leaves_a_line_for_what_the_notice_does_not_say(lang):
    told = opening_paper(sample("service-desk"), lang).blocks[0]
    assert isinstance(told, Facts)
    deadline = {"en": "10 March 2026, 09:30 (UTC+08:00)", "zh": "2026年3月10日 09:30（UTC+08:00）"}
    buyer, _, until = (text for _, text in told.pairs)
    assert (buyer, until) == (sample("service-desk").tender.notice.buyer.say(lang), deadline[lang])
    assert [text for _, text in opening_paper(sample("museum-services"), lang).blocks[0].pairs][2] == ""


def test_the_witnesses_sign():
    assert opening_paper(sample("service-desk"), "en", desk_record()).blocks[-1] == Signatures(("gao.yu", "he.jun"))
    assert opening_paper(sample("service-desk"), "en").blocks[-1] == Signatures(("", ""))


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_prices_read_out_are_the_results_prices_as_read(lang, tmp_path):
    evaluation = sample("service-desk")
    table = next(b for b in openings(evaluation, lang, None) if isinstance(b, Table))
    read = {bid: price for result in evaluation.lots.values() for bid, price in result.sheet.prices.read.items()}
    assert {row[0]: row[3] for row in table.rows} == {bid: f"{price:,.2f}" for bid, price in read.items()}
    word = as_word(opening_paper(evaluation, lang), tmp_path)
    assert [list(row) for row in table.rows] == word.tables[-2][1:]


def test_a_closed_envelope_is_not_read_out(sealed):
    html = paper_html(opening_paper(sealed))
    assert "987" not in html.split("<body>")[1].split("<footer")[0]
    assert "No price has been opened." in html


def test_bids_quoted_by_item_say_so(museum):
    assert any("quoted by item" in getattr(block, "text", "") for block in openings(museum, "en", None))


def test_one_envelope_is_one_opening(desk):
    titles = [block.text for block in openings(desk, "en", None) if isinstance(block, Heading)]
    assert titles == ["Opening of the bids", "Prices as read out"]


def test_it_is_written_as_page_and_word(tmp_path, museum):
    for ending in (".html", ".docx"):
        assert write_opening_record(museum, tmp_path / f"o{ending}").stat().st_size > 2_000


def test_what_the_record_opened_and_the_evaluation_did_not_read_is_said_and_the_other_way_round():
    evaluation, record = sample("service-desk"), desk_record()
    said = [b.text for b in openings(evaluation, "en", record) if isinstance(b, Text)]
    opened = {bid for one in record.of("opening") if one.envelope == "price" for bid in one.bids}
    read = {bid for result in evaluation.lots.values() for bid in result.sheet.prices.read}
    assert opened == read
    assert said == []
    told = "Read in the evaluation, but not opened by the record: YX-1."
    unread = "Opened by the record, but not read in the evaluation: HZ-3."
    for bids, sentence in ((read - {"YX-1"}, told), (read | {"HZ-3"}, unread)):
        others = tuple(
            dataclasses.replace(one, record=one.record.model_copy(update={"bids": tuple(sorted(bids))}))
            for one in record.of("opening")
        )
        changed = dataclasses.replace(record, parts={**record.parts, "opening": others})
        said = [b.text for b in openings(evaluation, "en", changed) if isinstance(b, Text)]
        assert said == [sentence]
