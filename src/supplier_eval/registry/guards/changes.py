"""Changes and early ends of contracts: who agreed, what they do, when the contract says so (§4.2.3)."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import cast

from supplier_eval.errors import Finding
from supplier_eval.registry.contract_terms import amended, term_months
from supplier_eval.registry.guards.authority import authorised
from supplier_eval.registry.guards.fields import blank, different_people, filled, in_order, not_ahead
from supplier_eval.registry.guards.procedure import today
from supplier_eval.registry.guards.supplier_standing import OUT
from supplier_eval.registry.lifecycle import Guard, Situation
from supplier_eval.registry.record import Stored, supposed
from supplier_eval.registry.records.contracts import Change, Contract

IN_FORCE = ("signed", "running")


def _contract(situation: Situation) -> Stored | None:
    return situation.reader.get("contract", cast(Change, situation.record).contract)


def _with_others(situation: Situation) -> Contract | None:
    """Give the contract as it is once every other agreed increase is in it.

    Limits are judged on this one, so that nobody gets round them in small steps side by side; a decrease that is
    agreed and not yet in it may still be withdrawn and makes no room.
    """
    stored = _contract(situation)
    if stored is None:
        return None
    contract = cast(Contract, stored.record)
    others = situation.reader.where("change", states=("approved", "effective"), contract=stored.id, subject="change")
    for other in others:
        if other.id != situation.record.id and other.id not in contract.amended_by:
            more = {"effect_price": max(other.effect_price, Decimal(0))}
            days = {"effect_term_days": max(other.effect_term_days, 0)}
            raised = supposed(cast(Change, other.record), **more, **days)
            contract = supposed(contract, **amended(contract, raised))
    return contract


def _value_after(situation: Situation) -> tuple[Decimal | None, str]:
    """Give the contract's whole value after the change, with its currency."""
    contract = _with_others(situation)
    if contract is None or contract.value is None:
        return None, ""
    return contract.value + cast(Change, situation.record).effect_price, contract.currency


def _is_termination(situation: Situation) -> bool:
    return cast(Change, situation.record).subject == "termination"


def _in_force(situation: Situation) -> Iterator[Finding]:
    """Only a contract in force is changed; a draft is edited (§4.2.3)."""
    contract = _contract(situation)
    if contract is not None and contract.state not in IN_FORCE:
        facts = {"state": contract.state}
        yield Finding("change.contract.not_in_force", "change", "contract", value=contract.id, facts=facts)


def _gives_more(situation: Situation) -> Iterator[Finding]:
    """Who is suspended, barred or gone gets no more work by a change either (§3.3.2)."""
    contract, change = _contract(situation), cast(Change, situation.record)
    supplier = situation.reader.get("supplier", contract.supplier) if contract is not None else None
    more = change.effect_price > 0 or change.effect_term_days > 0
    if supplier is not None and supplier.state in OUT and more and not _is_termination(situation):
        facts = {"state": supplier.state}
        yield Finding("change.contract.supplier_standing", "change", "contract", value=supplier.id, facts=facts)


def _does_something(situation: Situation) -> Iterator[Finding]:
    """A change says what it does to price, term or service levels (§4.2.3)."""
    change = cast(Change, situation.record)
    moves = change.effect_price != 0 or change.effect_term_days != 0 or not blank(change, "effect_kpis")
    if not (moves or _is_termination(situation)):
        yield Finding("change.effect.none", "change", "effect_kpis")


def _above_zero(situation: Situation) -> Iterator[Finding]:
    """The contract keeps a value and a term (§4.2.3)."""
    contract, change = _contract(situation), cast(Change, situation.record)
    if contract is None:
        return
    after = amended(cast(Contract, contract.record), change)
    if "value" in after and after["value"] < 0:
        facts = {"after": str(after["value"])}
        yield Finding("change.effect.too_large", "change", "effect_price", value=str(change.effect_price), facts=facts)
    if "ends_on" in after and contract.starts_on is not None and after["ends_on"] <= contract.starts_on:
        facts = {"after": str(after["ends_on"])}
        given = str(change.effect_term_days)
        yield Finding("change.effect.too_large", "change", "effect_term_days", value=given, facts=facts)


def _agreed(situation: Situation) -> Iterator[Finding]:
    """Who approves stands among the approvals (§4.2.3)."""
    change = cast(Change, situation.record)
    if change.approved_by is not None and change.approved_by not in change.approvals:
        yield Finding("change.approvals.without_approver", "change", "approvals", value=change.approved_by)


def _board(situation: Situation) -> Iterator[Finding]:
    """A change that makes a project major needs the board, as the project would have (§2.2.3)."""
    contract, change = _with_others(situation), cast(Change, situation.record)
    if contract is None:
        return
    after = amended(contract, change)
    rules, kept = situation.rules, contract.data_class
    months = term_months(contract.starts_on, contract.ends_on)
    months_after = term_months(contract.starts_on, after.get("ends_on"))
    was_major = rules.is_major(contract.value, months, kept)
    if was_major or not rules.is_major(after.get("value"), months_after, kept):
        return
    for name in ("board_approval_by", "board_approval_on"):
        if blank(change, name):
            facts = {"after": str(after.get("value", "-")), "months": months_after or 0}
            yield Finding("change.board_approval.missing", "change", name, facts=facts)


def _signed_text(situation: Situation) -> Iterator[Finding]:
    """The amendment that is signed is the one that was approved (§4.1.2)."""
    change = cast(Change, situation.record)
    if change.text_digest is None or change.signed_digest != change.text_digest:
        given, facts = change.signed_digest or "-", {"approved": change.text_digest or "-"}
        yield Finding("change.signed_digest.other_text", "change", "signed_digest", value=given, facts=facts)


def _added(situation: Situation) -> tuple[str, ...]:
    """Ids of the changes that the move writes in."""
    before = cast(Contract, situation.before.record).amended_by if situation.before is not None else ()
    after = cast(Contract, situation.record).amended_by
    return after[len(before) :] if after[: len(before)] == before else ()


def _change(situation: Situation) -> Stored | None:
    added = _added(situation)
    return situation.reader.get("change", added[0]) if len(added) == 1 else None


def _one_change(situation: Situation) -> Iterator[Finding]:
    """A contract's figures move by exactly one recorded change at a time (§4.2.3)."""
    contract = cast(Contract, situation.record)
    if _change(situation) is None:
        given = ", ".join(contract.amended_by) or "-"
        yield Finding("contract.amended_by.not_one", "contract", "amended_by", value=given)


def _in_effect(situation: Situation) -> Iterator[Finding]:
    """The change is effective, of this contract, and its day has come (§4.2.3)."""
    change = _change(situation)
    if change is None:
        return
    own = change.contract == situation.record.id and change.subject == "change" and change.state == "effective"
    if not own or change.effective_on > today(situation):
        facts = {"state": change.state, "effective_on": str(change.effective_on or "-")}
        yield Finding("contract.amended_by.not_effective", "contract", "amended_by", value=change.id, facts=facts)


def _as_changed(situation: Situation) -> Iterator[Finding]:
    """Value and end move by what the change says, and by nothing else (§4.2.3)."""
    change = _change(situation)
    if change is None or situation.before is None:
        return
    for name, asked in amended(cast(Contract, situation.before.record), cast(Change, change.record)).items():
        given = getattr(situation.record, name)
        if given != asked:
            facts = {"asked": str(asked), "change": change.id}
            yield Finding("contract.amended_by.other_figure", "contract", name, value=str(given), facts=facts)


def _once(situation: Situation) -> Iterator[Finding]:
    """A change is written in once (§4.2.3)."""
    contract = cast(Contract, situation.record)
    for key in sorted({key for key in contract.amended_by if contract.amended_by.count(key) > 1}):
        yield Finding("contract.amended_by.twice", "contract", "amended_by", value=key)


CONTRACT_IN_FORCE = Guard("change.contract.not_in_force", "§4.2.3", _in_force)
DOES_SOMETHING = Guard("change.effect.none", "§4.2.3", _does_something)
ABOVE_ZERO = Guard("change.effect.too_large", "§4.2.3", _above_zero)
EXIT_DUTIES = filled("change.exit_duties.missing", "§4.2.3", "exit_duties", when=_is_termination)
PROPOSED_PAST = not_ahead("change.day.ahead", "§4.2.3", "proposed_on")
OTHER_PERSON = different_people("change.approved_by.proposer", "§4.2.3", "proposed_by", "approved_by")
AGREED = Guard("change.approvals.without_approver", "§4.2.3", _agreed)
APPROVER = authorised(
    "change.approved_by.no_authority", "§4.1.2", "approve_change", "approved_by", "approved_on", _value_after
)
BOARD = Guard("change.board_approval.missing", "§2.2.3", _board)
APPROVED_PAST = not_ahead("change.day.ahead", "§4.2.3", "approved_on", "board_approval_on")
APPROVED_AFTER = in_order("change.approved_on.before_step", "§4.2.3", "proposed_on", "approved_on")
SIGNED_TEXT = Guard("change.signed_digest.other_text", "§4.1.2", _signed_text)
SIGNATORY = authorised(
    "change.signed_by.no_authority", "§4.1.2", "sign_contract", "signed_by", "signed_on", _value_after
)
SIGNED_AFTER = in_order("change.signed_on.before", "§4.2.3", "approved_on", "signed_on")
EFFECTIVE_AFTER = in_order("change.effective_on.before", "§4.2.3", "signed_on", "effective_on")
SIGNED_PAST = not_ahead("change.day.ahead", "§4.1.2", "signed_on")
ONE_CHANGE = Guard("contract.amended_by.not_one", "§4.2.3", _one_change)
IN_EFFECT = Guard("contract.amended_by.not_effective", "§4.2.3", _in_effect)
AS_CHANGED = Guard("contract.amended_by.other_figure", "§4.2.3", _as_changed)
ONCE = Guard("contract.amended_by.twice", "§4.2.3", _once)

GIVES_MORE = Guard("change.contract.supplier_standing", "§3.3.2", _gives_more)

PROPOSE = (CONTRACT_IN_FORCE, DOES_SOMETHING, ABOVE_ZERO, EXIT_DUTIES, PROPOSED_PAST)
APPROVE = (
    CONTRACT_IN_FORCE,
    GIVES_MORE,
    DOES_SOMETHING,
    ABOVE_ZERO,
    EXIT_DUTIES,
    OTHER_PERSON,
    AGREED,
    APPROVER,
    BOARD,
    APPROVED_AFTER,
    APPROVED_PAST,
)
TAKE_EFFECT = (CONTRACT_IN_FORCE, GIVES_MORE, SIGNED_TEXT, SIGNATORY, SIGNED_AFTER, EFFECTIVE_AFTER, SIGNED_PAST)
AMEND = (ONE_CHANGE, IN_EFFECT, AS_CHANGED, ONCE)
