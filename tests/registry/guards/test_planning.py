"""Guards of needs and decisions; their refused moves stand in the tests of chapter 2."""

from __future__ import annotations

from decimal import Decimal

import pytest

from registry_begun import refused
from registry_procedure import Procedure, fingerprint
from supplier_eval.registry.guards.planning import is_major
from supplier_eval.registry.records.planning import Need
from supplier_eval.registry.rules import HouseRules
from supplier_eval.registry.store_findings import make_record


def need(**size) -> Need:
    given = {"id": "N-1", "department": "ops", "category": "BPO", "title": "Desk", "owner": "li"}
    made = make_record("need", {**given, "next_review": "2027-01-31", **size})
    assert isinstance(made, Need)
    return made


@pytest.mark.parametrize(
    ("size", "major"),
    [
        ({"estimated_value": Decimal("4999999.99"), "term_months": 35, "data_class": "internal"}, False),
        ({"estimated_value": Decimal(5_000_000)}, True),
        ({"term_months": 36}, True),
        ({"data_class": "core"}, True),
        ({"data_class": "public"}, False),
    ],
)
def test_any_one_threshold_makes_a_project_major(size, major):
    assert is_major(need(**size), HouseRules.default()) is major


def test_a_rule_that_the_company_changes_holds_at_the_next_move(registry, clock):
    steps = Procedure(registry, clock)
    steps.need()
    steps.analyse()
    steps.draft_decision()
    steps.submit()
    registry.change_rules(registry.rules_toml.replace("value_from = 5000000", "value_from = 500000"))
    with refused("decision.expert_review_by.missing", "decision.board_approval_by.missing"):
        steps.approve()


def test_a_decision_on_an_older_report_settles_no_need(registry, clock):
    steps = Procedure(registry, clock)
    steps.decided()
    steps.move("need", "N-1", "revise", next_review=steps.today.replace(year=2027, month=2, day=1))
    steps.move("need", "N-1", "analyse", report=fingerprint("a newer report"))
    with refused("need.id.no_decision"):
        steps.move("need", "N-1", "decide")
