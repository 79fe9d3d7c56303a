"""Raw values become a record, or findings that name kind, field, value and remedy in both languages."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supplier_eval.errors import Refused, UnknownName
from supplier_eval.registry.catalogue import kinds
from supplier_eval.registry.store_findings import PROBLEMS, make_record

SUPPLIER = {"id": "S1", "name": "Acme"}
NEED = {"id": "N1", "department": "IT", "category": "ITO", "title": "Desk", "owner": "amy", "next_review": "2027-01-31"}


def test_text_is_read_as_the_field_asks():
    record = make_record("need", {**NEED, "estimated_value": "12.50", "next_review": "2026-11-30"})
    assert (record.estimated_value, record.next_review.isoformat()) == (Decimal("12.50"), "2026-11-30")


@pytest.mark.parametrize(
    ("kind", "field", "value", "problem"),
    [
        ("supplier", "name", None, "no_text"),
        ("supplier", "name", "", "shorter_than"),
        ("supplier", "name", "a\nb", "several_lines"),
        ("supplier", "name", "a\x00b", "nul"),
        ("supplier", "name", "\ud800", "surrogate"),
        ("supplier", "name", "x" * 501, "longer_than"),
        ("supplier", "id", "Ｓ1", "id_form"),
        ("supplier", "id", "\u200bS1", "id_form"),
        ("supplier", "founded_on", "30.11.26x", "no_day"),
        ("supplier", "categories", "ITO", "no_list"),
        ("need", "estimated_value", "1.234", "places"),
        ("need", "estimated_value", "1e30", "digits"),
        ("need", "estimated_value", True, "no_figure"),
        ("need", "estimated_value", "NaN", "no_figure"),
        ("need", "estimated_value", "a lot", "no_figure"),
        ("need", "currency", "yuan", "pattern"),
        ("need", "colour", "red", "no_such_field"),
    ],
)
def test_each_problem_has_a_code_words_and_a_remedy(kind, field, value, problem):
    given = {**(SUPPLIER if kind == "supplier" else NEED), field: value}
    with pytest.raises(Refused) as refused:
        make_record(kind, given)
    (finding,) = refused.value.findings
    assert (finding.code, finding.table, finding.column) == (f"{kind}.{field}.{problem}", kind, field)
    for lang in ("en", "zh"):
        assert field in finding.say(lang)
        assert finding.advise(lang)


def test_what_is_missing_is_named():
    with pytest.raises(Refused) as refused:
        make_record("supplier", {"id": "S1"})
    assert [f.code for f in refused.value.findings] == ["supplier.name.not_given"]


def test_a_kind_that_there_is_not_is_named_with_the_nearest():
    with pytest.raises(UnknownName, match="Did you mean 'supplier'"):
        make_record("suplier", {})


def test_every_problem_has_words():
    from supplier_eval.messages import catalogue

    for problem in {*PROBLEMS.values(), "not_valid", "not_storable", "taken", "no_such_record", "needed"}:
        words = catalogue()[f"*.{problem}"]
        assert {"en", "zh", "en_remedy", "zh_remedy"} <= words.keys()


@given(
    kind=st.sampled_from(sorted(kinds())), values=st.dictionaries(st.text(max_size=5), st.text(max_size=20), max_size=4)
)
def test_nonsense_is_refused_with_findings_that_can_be_said(kind, values):
    with pytest.raises(Refused) as refused:
        make_record(kind, values)
    assert refused.value.report("en")
    assert refused.value.report("zh")
