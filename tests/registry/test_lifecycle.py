"""Laws over all life cycles: each state is reached, none is a trap, each field and each word is there."""

from __future__ import annotations

import tomllib
from importlib import resources
from pathlib import Path
from string import Formatter

import pytest

from policy_clauses import CLAUSES, SECTIONS
from supplier_eval.messages import entry
from supplier_eval.registry.catalogue import kinds, life_cycles
from supplier_eval.registry.lifecycle import ADD, EDIT, NOTHING, Guard, LifeCycle, Move
from supplier_eval.registry.record import references

ALL = sorted(life_cycles())
AGREED = tomllib.loads((Path(__file__).parent / "lifecycles" / "move_guards.toml").read_text(encoding="utf-8"))


def guards(cycle: LifeCycle) -> list[Guard]:
    return [*cycle.edit_guards, *(guard for move in cycle.moves for guard in move.guards)]


@pytest.mark.parametrize("name", ALL)
def test_there_is_one_way_in(name):
    assert [
        (move.event, move.source) for move in life_cycles()[name].moves if move.event == ADD or not move.source
    ] == [(ADD, NOTHING)]


@pytest.mark.parametrize("name", ALL)
def test_every_state_is_reached_from_the_beginning(name):
    cycle = life_cycles()[name]
    reached: set[str] = set()
    new = {NOTHING}
    while new:
        new = {move.target for move in cycle.moves if move.source in new} - reached
        reached |= new
    assert reached == set(cycle.states)


@pytest.mark.parametrize("name", ALL)
def test_no_state_is_a_trap_unless_it_is_closed(name):
    cycle = life_cycles()[name]
    trapped = {state for state in cycle.states if not any(m.source == state and m.target != state for m in cycle.moves)}
    assert trapped <= set(cycle.closed)


@pytest.mark.parametrize("name", ALL)
def test_a_closed_state_can_be_reached_from_everywhere(name):
    cycle = life_cycles()[name]
    ends = set(cycle.closed)
    while new := {move.source for move in cycle.moves if move.target in ends and move.source} - ends:
        ends |= new
    assert set(cycle.states) <= ends


@pytest.mark.parametrize("name", ALL)
def test_an_event_leads_from_a_state_to_one_state(name):
    pairs = [(move.source, move.event) for move in life_cycles()[name].moves]
    assert len(set(pairs)) == len(pairs)
    assert not [event for _, event in pairs if event == EDIT]


@pytest.mark.parametrize("name", ALL)
def test_what_a_move_needs_may_carry_or_leaves_open_are_fields(name):
    cycle, known = life_cycles()[name], set(kinds()[name].model_fields)
    assert set(cycle.editable) | set(cycle.closed) <= set(cycle.states)
    for move in cycle.moves:
        assert {*move.needs, *move.may} <= known - {"id"}, move
        assert not set(move.needs) & set(move.may), move
    for state, fields in cycle.editable.items():
        assert set(fields) <= (known - {"id"}) | {"*"}, state


@pytest.mark.parametrize("name", ALL)
def test_every_move_and_guard_names_a_clause_of_the_policy(name):
    cycle = life_cycles()[name]
    named = {move.clause for move in cycle.moves} | {guard.clause for guard in guards(cycle)}
    assert named <= CLAUSES | set(SECTIONS), named - CLAUSES - set(SECTIONS)


@pytest.mark.parametrize("name", ALL)
def test_every_guard_says_in_both_languages_what_it_objects_to_and_what_to_do(name):
    for guard in guards(life_cycles()[name]):
        assert guard.code.startswith(f"{name}."), guard.code
        assert len(guard.code.split(".")) == 3
        words = entry(guard.code)
        assert all(words[part] for part in ("en", "zh", "en_remedy", "zh_remedy")), guard.code


@pytest.mark.parametrize("name", ALL)
def test_every_guard_quotes_the_same_facts_in_both_languages(name):
    for guard in guards(life_cycles()[name]):
        words = entry(guard.code)
        english, chinese = (
            {*placeholders(words[lang]), *placeholders(words[f"{lang}_remedy"])} for lang in ("en", "zh")
        )
        assert english == chinese, guard.code


def placeholders(text: str) -> set[str]:
    """Facts that a text quotes; one that is given in either language counts as one."""
    named = {name for _, name, _, _ in Formatter().parse(text) if name is not None}
    return {name.removesuffix("_en").removesuffix("_zh") for name in named}


def test_no_words_of_a_kind_are_left_without_a_guard():
    """Words that nothing says any more are dead."""
    said = set()
    for chapter in ("planning", "tendering", "evaluation"):
        text = resources.files("supplier_eval.messages").joinpath(f"registry_{chapter}.toml").read_text("utf-8")
        said |= {code for code in tomllib.loads(text) if not code.startswith("*")}
    asked = {guard.code for cycle in life_cycles().values() for guard in guards(cycle)}
    assert said - asked == set()


def test_every_reference_field_that_a_move_carries_is_optional_before_it():
    """What is only known later cannot be asked for when a record begins."""
    for name, cycle in life_cycles().items():
        later = {field for move in cycle.moves if move.source for field in move.needs} & set(references(kinds()[name]))
        assert not [field for field in later if kinds()[name].model_fields[field].is_required()], name


def test_a_life_cycle_answers_what_may_happen():
    cycle = LifeCycle("x", (Move(ADD, NOTHING, "a"), Move("go", "a", "b"), Move("back", "b", "a")), closed=("b",))
    assert cycle.states == ("a", "b")
    assert cycle.events("a") == ("go",)
    assert cycle.move("a", "go") == Move("go", "a", "b")
    assert cycle.move("a", "back") is None


@pytest.mark.parametrize("name", ALL)
def test_every_move_asks_the_guards_that_were_agreed(name):
    """A guard stands at many moves; what each refuses is tested where it stands once, that it stands is tested here.

    After a wanted change: ``python tests/registry/lifecycles/agree_guards.py``, and read what it wrote.
    """
    cycle = life_cycles()[name]
    asked = {f"{move.source or '-'} {move.event}": move.guards for move in cycle.moves}
    asked["* edit"] = cycle.edit_guards
    told = {
        move: sorted(guard.code.removeprefix(f"{name}.") for guard in given) for move, given in asked.items() if given
    }
    assert told == AGREED[name]


def test_no_guard_is_agreed_for_a_kind_that_there_is_not():
    assert set(AGREED) == set(life_cycles())
