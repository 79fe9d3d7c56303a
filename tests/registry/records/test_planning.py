"""Needs, assessments, decisions: what a declaration takes and what it refuses."""

from __future__ import annotations

from decimal import Decimal

import pytest

from supplier_eval.errors import Refused
from supplier_eval.registry.store_findings import make_record

NEED = {
    "id": "N-1",
    "department": "ops",
    "category": "BPO",
    "title": "Desk",
    "owner": "li",
    "next_review": "2027-01-31",
}


def codes(kind, **values):
    with pytest.raises(Refused) as caught:
        make_record(kind, values)
    return {finding.code for finding in caught.value.findings}


def test_a_need_keeps_money_exact_and_leaves_open_what_is_not_known_yet():
    need = make_record("need", NEED | {"estimated_value": "4999999.99"})
    assert need.estimated_value == Decimal("4999999.99")
    assert (need.volume, need.term_months, need.report) == (None, None, None)


def test_a_need_refuses_a_tenth_of_a_cent_a_currency_in_words_and_half_a_month():
    given = NEED | {"estimated_value": "1.005", "currency": "yuan", "term_months": "1.5"}
    assert codes("need", **given) == {
        "need.estimated_value.places",
        "need.currency.pattern",
        "need.term_months.no_figure",
    }


@pytest.mark.parametrize("mark", ["-1", "100.1", "NaN", True])
def test_a_mark_lies_between_0_and_100(mark):
    given = {"id": "M-1", "need": "N-1", "person": "li", "dimension": "necessity", "criterion": "fit", "mark": mark}
    assert len(codes("assessment", **given)) == 1


def test_a_decision_chooses_one_of_three_options():
    assert make_record("decision", {"id": "D-1", "need": "N-1", "option": "partial"}).option == "partial"
    assert codes("decision", id="D-1", need="N-1", option="some") == {"decision.option.no_choice"}
