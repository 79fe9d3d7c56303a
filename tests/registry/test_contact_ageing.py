"""Open problems with suppliers."""

from __future__ import annotations

from datetime import date

from registry_shelf import stored
from supplier_eval.registry.contact_ageing import open_problems

ON = date(2026, 6, 1)


def contact(key, state="open", **fields):
    given = {"on": "2026-05-04", "by": "wu", "subject": "Delay", "problem": "Late", "owner": "wu", "due": "2026-05-20"}
    return stored("contact", state, **{"id": key, "supplier": "S1", **given, **fields})


def test_open_problems_come_oldest_first_with_their_age_and_delay():
    kept = [contact("K1"), contact("K2", on="2026-04-04", due="2026-06-01"), contact("K0")]
    found = open_problems(kept, ON)
    assert [(p.contact, p.age_days, p.days_late) for p in found.problems] == [
        ("K2", 58, 0),
        ("K0", 28, 12),
        ("K1", 28, 12),
    ]
    assert list(found.to_frame()["days_late"]) == [0, 12, 12]
    assert repr(found) == "OpenProblems(on=2026-06-01, 3 open)"


def test_what_is_closed_solved_without_a_problem_or_still_to_come_is_left_out():
    kept = [
        contact("K1", "closed"),
        contact("K2", resolved_on="2026-05-18"),
        contact("K3", problem=" "),
        contact("K4", on="2026-06-02", due="2026-06-20"),
    ]
    found = open_problems(kept, ON)
    assert found.problems == ()
    assert found.explain() == "No problem is open on 2026-06-01."


def test_each_problem_is_said_on_its_line_in_both_languages():
    found = open_problems([contact("K1"), contact("K2", due="2026-06-20")], ON)
    assert found.explain().splitlines() == [
        "Contact K1 with S1: open for 28 days, 12 days past 2026-05-20; wu answers for it.",
        "Contact K2 with S1: open for 28 days, wu solves it by 2026-06-20.",
    ]
    assert "已开放 28 天" in found.explain("zh")
