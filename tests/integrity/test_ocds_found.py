"""Red flags gathered, ordered and written out."""

from __future__ import annotations

from supplier_eval.integrity.ocds_found import Found, RedFlag, as_results, rounded


def test_processes_of_one_organisation_are_joined():
    found = Found()
    found.add("Tenderer", "A", "R028", 1, process="p2")
    found.add("Tenderer", "A", "R028", 1, process="p1")
    found.add("OCID", "p1", "R028", 1)
    assert found.ordered() == (
        RedFlag("OCID", "p1", "R028", 1.0),
        RedFlag("Tenderer", "A", "R028", 1.0, None, ("p1", "p2")),
    )
    assert as_results(found.ordered()) == {"OCID": {"p1": {"R028": 1.0}}, "Tenderer": {"A": {"R028": 1.0}}}


def test_figures_are_kept_by_indicator():
    found = Found()
    found.note("R024", q1=1 / 3)
    found.note("R024", lower_fence=-0.00004)
    assert rounded(found.meta) == {"R024": {"q1": 0.3333, "lower_fence": -0.0}}
