"""The World Bank's five parts: forms with the results' figures, annexes with the members' own marks."""

from __future__ import annotations

import pytest

from report.made_files import bank
from supplier_eval.report.file_bank import bank_blocks
from supplier_eval.report.paper import Facts, Heading
from supplier_eval.report.tables import Table


@pytest.fixture(scope="module")
def consultants(tmp_path_factory):
    return bank(tmp_path_factory.mktemp("bank"))


def under(blocks, start):
    """The blocks from one heading to the next of its level."""
    at = next(i for i, b in enumerate(blocks) if isinstance(b, Heading) and b.text.startswith(start))
    level = blocks[at].level
    ends = (i for i, b in enumerate(blocks) if i > at and isinstance(b, Heading) and b.level <= level)
    return blocks[at + 1 : next(ends, len(blocks))]


def tables(blocks):
    return {block.name: block for block in blocks if isinstance(block, Table)}


def test_forms_and_annexes_stand_in_the_order_of_the_banks_form(consultants):
    titles = [b.text for b in bank_blocks(consultants, "en", None) if isinstance(b, Heading)]
    order = ["Form IIA", "Forms IIB", "Form IVA", "Form IVB", "Form IVC"]
    order += [f"Annex {n}." for n in ("I", "II", "III", "IV", "V")]
    places = [next(i for i, title in enumerate(titles) if title.startswith(start)) for start in order]
    assert places == sorted(places)


def test_proposals_below_the_threshold_are_told_in_the_first_part_and_have_no_price(consultants):
    blocks = bank_blocks(consultants, "en", None)
    out = {row[0] for row in tables(under(blocks, "Section I."))["invalid"].rows}
    priced = {row[0] for row in tables(under(blocks, "Form IVB"))["prices"].rows}
    assert out == {"B1", "B2", "B4", "B5", "B7"}
    assert priced == {"B3", "B6"}


def test_the_combined_evaluation_is_the_ranking(consultants):
    combined = tables(under(bank_blocks(consultants, "en", None), "Form IVC"))["ranking"]
    assert [row[1] for row in combined.rows] == list(consultants.ranking.order)


def test_annex_one_has_every_member_and_the_mark_that_counts(consultants):
    heads = [b.text for b in under(bank_blocks(consultants, "en", None), "Annex I.") if isinstance(b, Heading)]
    assert set(heads) == {*(f"E{n} · Dr E{n}-Surname" for n in range(1, 6)), "Mark that counts"}


def test_what_only_the_borrower_knows_is_left_to_fill_in(consultants):
    pairs = [pair for b in bank_blocks(consultants, "en", None) if isinstance(b, Facts) for pair in b.pairs]
    for label in ("1 Background", "Loan or credit and project", "Strengths and weaknesses of each proposal"):
        assert (label, "") in pairs
