"""Names that credits go by."""

from __future__ import annotations

from datetime import date

import pytest

from supplier_eval.monitor.credit_names import named_period, surplus, unmeasured
from supplier_eval.monitor.credit_parts import CreditKpi, CreditTier
from supplier_eval.monitor.credit_terms import CreditTerms
from supplier_eval.monitor.period import Period

TERMS = CreditTerms("C", "S", "CNY", (CreditKpi("availability", "0.99", (CreditTier("0.99", 10),)),))


def test_what_is_measured_and_named_alike_is_no_finding():
    assert unmeasured(TERMS, ["availability", "other"]) == []
    assert surplus(TERMS, ["availability"]) == []


def test_a_kpi_like_none_is_refused_with_all_names_or_passed_over_in_a_table():
    (finding,) = unmeasured(TERMS, ["one", "two"])
    assert finding.facts["near"] == "one, two"
    assert unmeasured(TERMS, ["one", "two"], near_only=True) == []


def test_every_finding_has_its_words_in_both_languages():
    found = [*unmeasured(TERMS, ["availabilty"]), *surplus(TERMS, ["x"])]
    named_period("soon", found)
    assert len(found) == 3
    assert all(finding.say(lang) and finding.advise(lang) for finding in found for lang in ("en", "zh"))


@pytest.mark.parametrize(
    ("given", "label"), [(" 2026-03 ", "2026-03"), ("2026-03-01/2026-03-08", "2026-03-01/2026-03-08")]
)
def test_a_label_is_read_without_the_spaces_around_it(given, label):
    found = []
    assert (named_period(given, found), found) == (label, [])


def test_a_period_keeps_the_label_that_it_was_given():
    found = []
    assert named_period(Period.between(date(2026, 3, 2), date(2026, 3, 9), "week 10"), found) == "week 10"
    assert found == []
