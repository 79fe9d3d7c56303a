"""The store as its users see it: records in and out, versions, rules, contents, history; on every database."""

from __future__ import annotations

import typing
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Literal

import pytest
from pydantic import ValidationError

from supplier_eval.errors import Conflict, InvalidInput, NotAStore, Refused, UnknownName
from supplier_eval.intake.identifiers import normalise_id
from supplier_eval.registry.catalogue import kinds
from supplier_eval.registry.rules import HouseRules
from supplier_eval.registry.store import Registry
from supplier_eval.registry.store_changes import Change
from supplier_eval.registry.store_engine import Driver
from supplier_eval.registry.store_findings import make_record
from supplier_eval.registry.store_reading import Reading
from supplier_eval.registry.store_writing import _Waiting

HOSTILE = (
    "'; DROP TABLE supplier; --",
    "=cmd|' /C calc'!A0",
    "<script>alert(1)</script>",
    "../../etc/passwd",
    "\u202egnp.exe",
    'quote " back \\ slash % _ ? :name %s {0}',
    "零度　全角空格 ١٢٣ 😀",
    " leading and trailing ",
)


def supplier(key="S1", **fields):
    return make_record("supplier", {"id": key, "name": f"Supplier {key}", **fields})


def codes(refused):
    return [finding.code for finding in refused.value.findings]


def test_a_record_comes_back_as_it_went_in(registry):
    kept = registry.add(supplier(founded_on="2001-02-03", categories=("ITO", "BPO")))
    assert (kept.state, kept.version, kept.changed_by) == ("candidate", 1, "tester")
    assert registry.get("supplier", "S1") == kept
    assert registry.get("supplier", "S1").founded_on == date(2001, 2, 3)


def test_every_plain_type_comes_back(registry):
    values = {"volume": "12.345678901234", "estimated_value": "99999999999999.99", "term_months": 36, "currency": "CNY"}
    head = {"id": "N1", "department": "IT", "category": "ITO", "title": "Desk", "owner": "amy", "data_class": "core"}
    need = registry.add(make_record("need", {**head, **values, "next_review": "2027-01-31"}))
    again = registry.get("need", "N1")
    assert again == need
    assert (again.volume, again.estimated_value) == (Decimal("12.345678901234"), Decimal("99999999999999.99"))


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_kept_as_it_is(registry, text):
    kept = registry.add(supplier(address=text, notes=f"{text}\r\n{text}\ttab"))
    again = registry.get("supplier", kept.id)
    assert (again.address, again.notes) == (text, f"{text}\r\n{text}\ttab")
    assert registry.count("supplier") == 1


def test_forty_thousand_letters_are_kept_and_one_more_is_refused(registry):
    registry.add(supplier(notes="长" * 40_000))
    assert len(registry.get("supplier", "S1").notes) == 40_000
    with pytest.raises(Refused) as refused:
        supplier(notes="长" * 40_001)
    assert codes(refused) == ["supplier.notes.longer_than"]


def test_a_hostile_id_is_an_id_and_nothing_else(registry):
    for key in ("../../x", "a'b\"c;--", "%", "_", "=1+1", "NULL", "<b>"):
        registry.add(supplier(key))
        assert registry.get("supplier", key).id == key
    assert registry.count("supplier") == 7


def test_ids_that_differ_in_case_only_are_one_id(registry):
    registry.add(supplier("Straße"))
    with pytest.raises(Refused) as refused:
        registry.add(supplier("STRASSE"))
    assert codes(refused) == ["supplier.id.taken"]
    assert registry.get("supplier", "strasse").id == "Straße"


def test_a_reference_is_found_however_it_is_spelled_and_kept_as_the_other_spells_it(registry):
    registry.add(supplier("S1"))
    certificate = registry.add(make_record("certificate", {"id": "C1", "supplier": "s1", "name": "ISO 9001"}))
    assert certificate.supplier == "S1"
    assert registry.where("certificate", supplier="ｓ1") == (certificate,)


def test_a_reference_to_nothing_is_refused_and_nothing_is_written(registry):
    with pytest.raises(Refused) as refused:
        registry.add(make_record("certificate", {"id": "C1", "supplier": "S9", "name": "ISO 9001"}))
    assert codes(refused) == ["certificate.supplier.no_such_record"]
    assert registry.where("certificate") == ()
    assert len(registry.history("supplier", registry.add(supplier()).id)) == 1


def test_an_edit_needs_the_version_that_is_there_and_says_who_changed_what(registry, clock):
    seen = registry.add(supplier())
    clock.advance(hours=1)
    registry.by("li.na").edit(seen, phone="021", email="a@b")
    with pytest.raises(Conflict) as conflict:
        registry.edit(seen, phone="022")
    (change,) = conflict.value.changes
    assert (change.actor, change.fields, change.version) == ("li.na", ("email", "phone"), 2)
    assert change.at == "2026-11-30T09:00:00.000000Z"
    assert "li.na" in str(conflict.value)
    assert "email" in conflict.value.report("zh")
    assert registry.get("supplier", "S1").phone == "021"


def test_everything_that_is_wrong_with_an_edit_is_said_at_once(registry):
    kept = registry.add(supplier())
    with pytest.raises(Refused) as refused:
        registry.edit(kept, id="S2", colour="red", name="a\nb", founded_on="soon")
    assert codes(refused) == [
        "supplier.id.id_kept",
        "supplier.colour.no_such_field",
        "supplier.name.several_lines",
        "supplier.founded_on.no_day",
    ]
    assert registry.get("supplier", "S1") == kept


def test_an_event_that_the_state_does_not_know_is_refused_with_those_that_it_knows(registry):
    kept = registry.add(supplier())
    for event in ("evaporate", "add", "edit"):
        with pytest.raises(Refused) as refused:
            registry.move(kept, event)
        assert codes(refused) == ["supplier.state.no_such_move"]
        assert "approve" in str(refused.value)


def test_a_move_needs_its_fields_and_changes_the_state(registry):
    kept = registry.add(supplier())
    with pytest.raises(Refused) as refused:
        registry.move(kept, "bar")
    assert "supplier.reason.needed" in codes(refused)
    given = {"reason": "fraud", "decided_by": "wang.wei", "decided_on": date(2026, 11, 30)}
    barred = registry.move(kept, "bar", **given)
    assert (barred.state, barred.version, barred.reason) == ("barred", 2, "fraud")
    assert registry.get("supplier", "S1") == barred


def test_many_records_are_added_in_one_transaction_or_not_at_all(registry):
    assert registry.add_many(supplier(f"S{i}") for i in range(4_500)) == 4_500
    assert registry.count("supplier") == 4_500
    with pytest.raises(Refused) as refused:
        registry.add_many([supplier("new"), supplier("S7"), supplier("NEW")])
    assert codes(refused) == ["supplier.id.taken", "supplier.id.taken"]
    assert registry.count("supplier") == 4_500


def test_records_of_a_batch_may_refer_to_one_another(registry):
    child = supplier("B", parent="a")
    registry.add_many([child, supplier("A")])
    assert registry.get("supplier", "B").parent == "A"


def test_where_takes_states_and_several_fields(registry):
    registry.add_many([supplier("A", owner="amy"), supplier("B", owner="bob"), supplier("C", owner="amy")])
    assert [s.id for s in registry.where("supplier", owner="amy")] == ["A", "C"]
    assert [s.id for s in registry.where("supplier", states=("candidate",), owner="amy", name="Supplier C")] == ["C"]
    assert registry.where("supplier", states=("barred",)) == ()
    assert [s.id for s in registry.where("supplier", parent=None)] == ["A", "B", "C"]
    with pytest.raises(UnknownName, match="field"):
        registry.where("supplier", colour="red")


def test_a_record_that_there_is_not_is_named_with_its_neighbours(registry):
    registry.add(supplier("S-100"))
    with pytest.raises(UnknownName, match="S-100"):
        registry.get("supplier", "S-10O")
    with pytest.raises(UnknownName, match="kind"):
        registry.get("suplier", "S-100")


def test_the_history_has_a_line_for_every_change_before_and_after(registry):
    kept = registry.edit(registry.add(supplier()), phone="021")
    first, second = registry.history("supplier", "s1")
    assert (first.event, second.event, second.version, kept.version) == ("add", "edit", 2, 2)
    assert first.before is None
    assert second.before == first.after
    assert '"phone":"021"' in second.after
    assert second.previous == first.hash


def test_contents_are_kept_once_under_their_digest(registry):
    kept = registry.attach(b"\x00\xff bytes", "../../evil.sh", "text/x-sh", "internal")
    assert registry.content(kept.digest) == b"\x00\xff bytes"
    assert kept.name == "../../evil.sh"
    assert registry.attach(b"\x00\xff bytes", "other", "", "internal") == kept
    with pytest.raises(Refused) as refused:
        registry.attach(b"\x00\xff bytes", "other", "", "public")
    assert codes(refused) == ["attachment.data_class.differs"]
    with pytest.raises(UnknownName):
        registry.content("sha256:" + "0" * 64)


def test_rules_are_changed_with_a_line_of_audit_and_seen_by_others(registry, registry_url):
    with Registry.open(registry_url, actor="other") as other:
        before = other.rules.tendering.witnesses
        registry.change_rules(registry.rules_toml.replace("witnesses = 2", "witnesses = 3"))
        assert (before, other.rules.tendering.witnesses) == (2, 3)
        with other.reading() as reading:
            events = [line.event for line in reading.lines() if line.kind == "house_rules"]
    assert events == ["add", "edit"]


def test_rules_that_do_not_hold_together_leave_the_old_ones_in_force(registry):
    with pytest.raises(InvalidInput) as refused:
        registry.change_rules("currency = [1]\nwitnesses = 3")
    assert {finding.column for finding in refused.value.findings} == {"currency", "witnesses"}
    with pytest.raises(InvalidInput, match="not TOML"):
        registry.change_rules("= = =")
    assert registry.rules.tendering.witnesses == 2


def test_a_store_is_made_with_the_rules_that_are_given(tmp_path):
    rules = HouseRules.default().model_copy(update={"currency": "EUR"})
    with Registry.create(tmp_path / "s", actor="a", rules=rules) as made:
        assert made.rules == rules


def test_a_store_is_not_made_over_another(registry, registry_url):
    registry.add(supplier())
    with pytest.raises(NotAStore):
        Registry.create(registry_url, actor="x")
    assert registry.count("supplier") == 1


def test_reading_sees_one_view_whatever_is_written_meanwhile(registry):
    with registry.reading() as reading:
        assert reading.count("supplier") == 0
        registry.add(supplier())
        assert reading.count("supplier") == 0
    assert registry.count("supplier") == 1


def test_every_kind_has_a_table_that_can_be_asked(registry):
    for kind in kinds():
        assert registry.where(kind, states=("nowhere",), id="x") == ()


def test_the_time_is_that_of_the_clock_in_utc(registry):
    assert registry.add(supplier()).changed_at == datetime(2026, 11, 30, 8, tzinfo=UTC)


def test_what_it_is_called_shows_no_password():
    from supplier_eval.registry.store_engine import Database

    database = Database("postgresql+psycopg://me:secret@host/base")
    assert "secret" not in database.source


STAND_INS = (
    *("2026-11-30", "2026-11-30T08:00:00Z", "12.50", "0.5", "1", True, "CNY", "sha256:" + "0" * 64),
    ("a",),
)


def filled_with(declared, text):
    """A record of a kind with this text in every field that takes any text, and in every list."""
    names = declared.model_fields
    waiting = {name: iter(((text,), *literals(names[name].annotation), *STAND_INS)) for name in names}
    values = dict.fromkeys(names, text)
    while True:
        try:
            return declared.model_validate(values)
        except ValidationError as refused:
            for name in {error["loc"][0] for error in refused.errors()}:
                values[name] = next(waiting[name])


def literals(annotation):
    parts = (annotation, *typing.get_args(annotation))
    return [word for part in parts if typing.get_origin(part) is Literal for word in typing.get_args(part)]


@pytest.mark.parametrize("text", [text for text in HOSTILE if text == text.strip()])
def test_hostile_text_in_every_field_of_every_kind_is_kept_as_it_is(registry, text):
    """References are left to dangle: the transaction is taken back before they are looked at."""
    written = 0
    for kind, declared in kinds().items():
        record = filled_with(declared, normalise_id(text))
        with pytest.raises(InterruptedError), registry._database.writing() as connection:
            waiting = _Waiting(Driver.of(connection), "2026-11-30T08:00:00.000000Z", text)
            waiting.put(Change(record, "kept", "add"))
            waiting.flush()
            again = Reading(connection).get(kind, record.id)
            assert again.record == record
            assert again.changed_by == text
            written += sum(value in (record.id, (record.id,)) for value in record.__dict__.values())
            raise InterruptedError
    assert written > 300
