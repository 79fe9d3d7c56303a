"""Archive, certificates, contacts and trainings."""

from __future__ import annotations

from registry_shelf import objections, situation, stored
from supplier_eval.registry.guards import suppliers
from supplier_eval.registry.records.suppliers import Certificate, Contact, Supplier, Training


def found_by(guards, asked):
    return [found for guard in guards for found in objections(guard, asked)]


def kept(key, **fields):
    return stored("supplier", "active", id=key, name=f"Supplier {key}", **fields)


def test_a_company_has_one_archive():
    asked = situation(Supplier(id="S2", name="Twin", unified_code="91X"), kept("S1", unified_code="91X"))
    assert found_by(suppliers.SUPPLIER, asked) == [("supplier.unified_code.taken", "unified_code")]
    assert not found_by(suppliers.SUPPLIER, situation(Supplier(id="S2", name="No code"), kept("S1")))


def test_nobody_controls_itself_through_others_either():
    own = situation(Supplier(id="S1", name="A", parent="S1"), kept("S1"))
    assert found_by(suppliers.SUPPLIER, own) == [("supplier.parent.itself", "parent")]
    ring = situation(Supplier(id="S1", name="A", parent="S2"), kept("S2", parent="S3"), kept("S3", parent="S1"))
    assert found_by(suppliers.SUPPLIER, ring) == [("supplier.parent.itself", "parent")]
    elsewhere = situation(Supplier(id="S1", name="A", parent="S2"), kept("S2", parent="S3"), kept("S3", parent="S2"))
    assert not found_by(suppliers.SUPPLIER, elsewhere)


def test_categories_are_those_of_the_house():
    asked = situation(Supplier(id="S1", name="A", categories=("ITO", "XPO")))
    assert found_by(suppliers.SUPPLIER, asked) == [("supplier.categories.unknown", "categories")]


def test_nobody_leaves_with_a_contract_in_force():
    running = stored("contract", "running", id="C1", supplier="S1", title="Desk", owner="wu")
    ended = stored("contract", "ended", id="C1", supplier="S1", title="Desk", owner="wu")
    supplier = Supplier(id="S1", name="A")
    assert found_by(suppliers.LEAVE, situation(supplier, running)) == [("supplier.state.contract_runs", "state")]
    assert not found_by(suppliers.LEAVE, situation(supplier, ended))


def test_a_suspension_is_looked_at_again_on_a_day_to_come():
    past = Supplier(id="S1", name="A", review_on="2026-05-31")
    assert found_by(suppliers.SUSPEND, situation(past)) == [("supplier.review_on.past", "review_on")]
    assert not found_by(suppliers.SUSPEND, situation(Supplier(id="S1", name="A", review_on="2026-06-01")))


def test_a_certificate_is_replaced_by_another_one_of_the_same_supplier():
    certificate = Certificate(id="Z1", supplier="S1", name="ISO", replaced_by="Z2")
    others = stored("certificate", "held", id="Z2", supplier="S2", name="ISO")
    own = stored("certificate", "held", id="Z2", supplier="S1", name="ISO")
    wrong = [("certificate.replaced_by.other", "replaced_by")]
    assert found_by(suppliers.REPLACE, situation(certificate, others)) == wrong
    assert not found_by(suppliers.REPLACE, situation(certificate, own))
    for state in ("replaced", "withdrawn"):  # or two certificates could replace each other
        gone = stored("certificate", state, id="Z2", supplier="S1", name="ISO")
        assert found_by(suppliers.REPLACE, situation(certificate, gone)) == wrong


def contact(**fields):
    return Contact(**{"id": "K1", "supplier": "S1", "on": "2026-05-04", "by": "wu", "subject": "Delay", **fields})


def test_a_problem_has_an_owner_and_a_day():
    missing = [("contact.problem.no_owner", "owner"), ("contact.problem.no_owner", "due")]
    assert found_by(suppliers.CONTACT, situation(contact(problem="Two weeks late"))) == missing
    assert not found_by(suppliers.CONTACT, situation(contact(problem="Late", owner="wu", due="2026-05-20")))
    assert not found_by(suppliers.CONTACT, situation(contact()))


def test_a_contact_with_a_problem_is_not_closed_before_it_is_solved():
    open_problem = contact(problem="Late", owner="wu", due="2026-05-20")
    missing = [("contact.problem.not_solved", "resolved_on"), ("contact.problem.not_solved", "outcome")]
    assert found_by(suppliers.CLOSE_CONTACT, situation(open_problem)) == missing
    solved = contact(problem="Late", owner="wu", due="2026-05-20", resolved_on="2026-05-18", outcome="Caught up")
    assert not found_by(suppliers.CLOSE_CONTACT, situation(solved))


def test_a_contact_is_about_a_contract_of_its_supplier():
    other = stored("contract", "running", id="C1", supplier="S2", title="Desk", owner="wu")
    found = found_by(suppliers.CONTACT, situation(contact(contract="C1"), other))
    assert found == [("contact.contract.other_supplier", "contract")]


def training(**fields):
    given = {"id": "T1", "audience": "supplier", "supplier": "S1", "topic": "Privacy", "planned_on": "2026-05-10"}
    return Training(**{**given, **fields})


def test_a_training_of_suppliers_says_whom():
    found = found_by(suppliers.TRAINING, situation(training(supplier=None)))
    assert found == [("training.supplier.missing", "supplier")]
    assert not found_by(suppliers.TRAINING, situation(training(audience="employee", supplier=None)))


def test_not_more_are_present_than_were_due():
    given = training(held_on="2026-05-10", people_due=10, people_present=11)
    assert found_by(suppliers.HOLD, situation(given)) == [("training.people_present.above", "people_present")]
    assert not found_by(suppliers.HOLD, situation(training(held_on="2026-05-10", people_due=10, people_present=10)))
