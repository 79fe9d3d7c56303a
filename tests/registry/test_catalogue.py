"""Laws over all kinds: every declaration is whole, every reference leads somewhere, every word is there twice."""

from __future__ import annotations

import pytest

from policy_clauses import CLAUSES
from supplier_eval.errors import UnknownName
from supplier_eval.messages import entry
from supplier_eval.registry.catalogue import CHAPTERS, kind_named, kinds, life_cycles
from supplier_eval.registry.record import Record, due_fields, references

KEPT_IN_RECORDS = ("2.1", "2.2", "3.2", "3.3", "4.1", "4.2", "4.3", "5.3", "6.1", "6.2", "6.3", "7", "8", "9")
ALL = sorted(kinds())


@pytest.mark.parametrize("name", ALL)
def test_every_kind_says_what_it_is_in_both_languages_and_which_clauses_ask_for_it(name):
    declared = kinds()[name]
    assert issubclass(declared, Record)
    assert declared.kind == name
    assert declared.words.en and declared.words.zh and declared.words.en != declared.words.zh
    assert declared.clauses
    assert set(declared.clauses) <= CLAUSES, set(declared.clauses) - CLAUSES
    assert declared.__doc__


@pytest.mark.parametrize("name", ALL)
def test_every_reference_leads_to_a_kind(name):
    assert set(references(kinds()[name]).values()) <= set(kinds())


@pytest.mark.parametrize("name", ALL)
def test_every_due_day_has_words_and_its_done_is_a_field(name):
    declared = kinds()[name]
    for field, due in due_fields(declared).items():
        words = entry(f"registry.due.{due.what}")
        assert words["en"] and words["zh"], (field, due.what)
        assert not due.done or due.done in declared.model_fields, (field, due.done)


def test_every_kind_has_one_life_cycle_and_every_life_cycle_a_kind():
    assert set(kinds()) == set(life_cycles())


def test_words_of_kinds_differ():
    for lang in ("en", "zh"):
        said = [declared.words.say(lang) for declared in kinds().values()]
        assert len(set(said)) == len(said)


def test_every_clause_that_records_serve_is_named_by_a_kind():
    asked = {clause for declared in kinds().values() for clause in declared.clauses}
    served = {clause for clause in CLAUSES if clause.removeprefix("§").startswith(KEPT_IN_RECORDS)}
    assert served - asked == {"§8.1.1"}  # scope, duty, measures, period: the classes of the house rules


def test_kinds_stand_in_the_order_of_the_chapters():
    homes = [declared.__module__.rsplit(".", 1)[-1] for declared in kinds().values()]
    assert list(dict.fromkeys(homes)) == list(CHAPTERS)


def test_a_kind_is_found_by_name_and_an_unknown_one_names_those_that_there_are():
    assert kind_named("tender").kind == "tender"
    with pytest.raises(UnknownName, match="Did you mean 'tender'"):
        kind_named("tenders")
