"""Changes and early ends of contracts."""

from __future__ import annotations

import pytest

from registry_shelf import objections, situation, stored
from supplier_eval.registry.guards import changes
from supplier_eval.registry.records.contracts import Change, Contract

TEXT, OTHER = "sha256:" + "a" * 64, "sha256:" + "b" * 64
TERMS = {"value": "1000000.00", "starts_on": "2026-01-01", "ends_on": "2026-12-31"}


def contract(state="running", **fields):
    given = {"id": "C1", "supplier": "S1", "title": "Desk", "owner": "wu", **TERMS}
    return stored("contract", state, **{**given, **fields})


def change(**fields):
    given = {"reason": "More tickets", "proposed_by": "wu", "proposed_on": "2026-04-01", "effect_price": "50000.00"}
    return Change(**{"id": "V1", "contract": "C1", **given, **fields})


@pytest.mark.parametrize("state", ["draft", "approved", "ended", "terminated"])
def test_only_a_contract_in_force_is_changed(state):
    found = objections(changes.CONTRACT_IN_FORCE, situation(change(), contract(state)))
    assert found == [("change.contract.not_in_force", "contract")]


@pytest.mark.parametrize("state", ["suspended", "barred", "left"])
def test_a_supplier_that_is_out_gets_no_more_by_a_change(state):
    supplier = stored("supplier", state, id="S1", name="Nimbus")
    out = [("change.contract.supplier_standing", "contract")]
    assert objections(changes.GIVES_MORE, situation(change(), contract(), supplier)) == out
    longer = situation(change(effect_price=0, effect_term_days=1), contract(), supplier)
    assert objections(changes.GIVES_MORE, longer) == out
    for less in ({"effect_price": -1}, {"subject": "termination"}):
        assert not objections(changes.GIVES_MORE, situation(change(**less), contract(), supplier))


def test_a_change_changes_something():
    found = objections(changes.DOES_SOMETHING, situation(change(effect_price=0)))
    assert found == [("change.effect.none", "effect_kpis")]
    for effect in ({"effect_term_days": -3}, {"effect_kpis": "K1 to 97"}, {"subject": "termination"}):
        assert not objections(changes.DOES_SOMETHING, situation(change(effect_price=0, **effect)))


def test_no_change_leaves_less_than_nothing():
    lower = situation(change(effect_price="-1000000.01"), contract())
    assert objections(changes.ABOVE_ZERO, lower) == [("change.effect.too_large", "effect_price")]
    shorter = situation(change(effect_term_days=-364), contract())
    assert objections(changes.ABOVE_ZERO, shorter) == [("change.effect.too_large", "effect_term_days")]
    assert not objections(changes.ABOVE_ZERO, situation(change(effect_term_days=-363), contract()))


def test_a_termination_names_the_exit_duties():
    asked = situation(change(subject="termination"))
    assert objections(changes.EXIT_DUTIES, asked) == [("change.exit_duties.missing", "exit_duties")]
    assert not objections(changes.EXIT_DUTIES, situation(change(subject="termination", exit_duties="Hand over")))
    assert not objections(changes.EXIT_DUTIES, situation(change()))


def test_who_proposes_does_not_approve():
    asked = situation(change(approved_by="wu", approvals=("wu",)))
    assert objections(changes.OTHER_PERSON, asked) == [("change.approved_by.proposer", "approved_by")]


def test_who_approves_stands_among_the_approvals():
    asked = situation(change(approved_by="chen", approvals=("lin",)))
    assert objections(changes.AGREED, asked) == [("change.approvals.without_approver", "approvals")]
    assert not objections(changes.AGREED, situation(change(approved_by="chen", approvals=("lin", "chen"))))


def authority(up_to):
    days = {"valid_from": "2026-01-01", "valid_until": "2026-12-31", "granted_by": "board"}
    return stored("authority", "granted", id="A1", person="chen", act="approve_change", up_to=up_to, **days)


def test_the_approver_has_authority_for_the_whole_contract_as_it_will_be():
    given = change(approved_by="chen", approved_on="2026-05-01", approvals=("chen",))
    short = situation(given, contract(), authority("1049999.99"))
    assert objections(changes.APPROVER, short) == [("change.approved_by.no_authority", "approved_by")]
    assert not objections(changes.APPROVER, situation(given, contract(), authority("1050000.00")))


def test_a_change_that_makes_a_contract_major_needs_the_board():
    missing = [("change.board_approval.missing", "board_approval_by")]
    missing += [("change.board_approval.missing", "board_approval_on")]
    assert objections(changes.BOARD, situation(change(effect_price="4000000.00"), contract())) == missing
    assert objections(changes.BOARD, situation(change(effect_term_days=731), contract())) == missing
    given = change(effect_price="4000000.00", board_approval_by="board", board_approval_on="2026-05-01")
    assert not objections(changes.BOARD, situation(given, contract()))


def agreed(state="approved", **fields):
    return stored("change", state, **{**change(id="V0").model_dump(), **fields})


def test_changes_side_by_side_are_judged_together():
    missing = [("change.board_approval.missing", "board_approval_by")]
    missing += [("change.board_approval.missing", "board_approval_on")]
    half = change(effect_price="2000000.00", approved_by="chen", approved_on="2026-05-01", approvals=("chen",))
    other = agreed(effect_price="2000000.00")
    assert not objections(changes.BOARD, situation(half, contract()))
    assert objections(changes.BOARD, situation(half, contract(), other)) == missing
    limit = authority("4999999.99")
    assert objections(changes.APPROVER, situation(half, contract(), other, limit)) != []
    assert not objections(changes.APPROVER, situation(half, contract(), limit))
    written = contract(amended_by=("V0",))
    assert not objections(changes.BOARD, situation(half, written, other))


def test_an_agreed_decrease_makes_no_room():
    less = agreed(effect_price="-900000.00", effect_term_days=-300)
    given = change(effect_price="4000000.00")
    assert len(objections(changes.BOARD, situation(given, contract(), less))) == 2


def test_a_small_change_or_one_of_a_contract_that_is_major_already_does_not():
    assert not objections(changes.BOARD, situation(change(effect_price="3999999.99"), contract()))
    assert not objections(changes.BOARD, situation(change(), contract(value="6000000.00")))


def test_the_amendment_that_is_signed_is_the_approved_one():
    asked = situation(change(text_digest=TEXT, signed_digest=OTHER))
    assert objections(changes.SIGNED_TEXT, asked) == [("change.signed_digest.other_text", "signed_digest")]
    assert not objections(changes.SIGNED_TEXT, situation(change(text_digest=TEXT, signed_digest=TEXT)))


def amendment(*kept, before=None, **fields):
    before = before or contract()
    return situation(Contract(**{**before.record.model_dump(), **fields}), *kept, before=before)


def effective(state="effective", **fields):
    given = change(effective_on="2026-05-01", effect_term_days=31).model_dump() | fields
    return stored("change", state, **given)


NEW = {"amended_by": ("V1",), "value": "1050000.00", "ends_on": "2027-01-31"}


def test_a_contract_says_what_its_effective_change_says():
    asked = amendment(effective(), **NEW)
    for guard in changes.AMEND:
        assert not objections(guard, asked)


def test_no_figure_moves_without_a_recorded_change():
    asked = amendment(value="1050000.00")
    assert objections(changes.ONE_CHANGE, asked) == [("contract.amended_by.not_one", "amended_by")]
    asked = amendment(effective(), effective(id="V2"), amended_by=("V1", "V2"))
    assert objections(changes.ONE_CHANGE, asked) == [("contract.amended_by.not_one", "amended_by")]
    rewritten = amendment(effective(id="V2"), before=contract(amended_by=("V1",)), amended_by=("V2",))
    assert objections(changes.ONE_CHANGE, rewritten) == [("contract.amended_by.not_one", "amended_by")]


@pytest.mark.parametrize(
    "kept",
    [
        effective("approved"),
        effective(effective_on="2026-06-02"),
        effective(contract="C2"),
        effective(subject="termination"),
    ],
    ids=["approved only", "tomorrow", "of another contract", "a termination"],
)
def test_only_an_effective_change_of_this_contract_is_written_in(kept):
    assert objections(changes.IN_EFFECT, amendment(kept, **NEW)) == [
        ("contract.amended_by.not_effective", "amended_by")
    ]


def test_the_figures_move_by_what_the_change_says_and_by_nothing_else():
    asked = amendment(effective(), **{**NEW, "value": "1060000.00", "ends_on": "2027-02-28"})
    assert objections(changes.AS_CHANGED, asked) == [
        ("contract.amended_by.other_figure", "value"),
        ("contract.amended_by.other_figure", "ends_on"),
    ]


def test_a_change_is_written_in_once():
    asked = amendment(effective(), before=contract(amended_by=("V1",)), amended_by=("V1", "V1"))
    assert objections(changes.ONCE, asked) == [("contract.amended_by.twice", "amended_by")]
