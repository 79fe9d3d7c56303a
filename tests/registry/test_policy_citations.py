"""Citations are read from text: docstrings, clause constants, rules, names of tests."""

from __future__ import annotations

from pathlib import Path

from supplier_eval.registry.policy_citations import Citation, citations, citations_in_tests, rule_citations

MODULE = '''"""A module (§3.1.4)."""

RULE = "§3.1.1"


class Shown:
    """A class.

    It answers complaints (§5.3.1, §5.3.2).
    """

    def method(self):
        """A method (§5.3.3)."""


def asked(clause="§4.1.1"):
    """See §9.1.1 of a book (page: §9.1.2)."""


def _hidden():
    """Private (§2.1.1)."""
'''
GUARDS = '''"""Guards (§8.1.1)."""

CONSTANT = Guard("x.y.z", "§8.1.2", None)


def helper():
    """A pure helper (§8.2.1)."""


@refusal("x.y.z", "§8.2.2")
def guard(record, situation):
    """A guard (§8.3.1)."""


def _check(situation):
    """A check (§8.3.2)."""
'''


def written(folder: Path, **files: str) -> Path:
    for name, text in files.items():
        path = folder / name.replace("__", "/").replace("_py", ".py")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def test_docstrings_and_clause_constants_cite_in_the_name_of_the_public_thing_around_them(tmp_path):
    found = citations(written(tmp_path, monitor__x_py=MODULE))
    assert {(c.item, c.name) for c in found} == {
        ("§3.1.4", ""),
        ("§3.1.1", ""),
        ("§5.3.1", "Shown"),
        ("§5.3.2", "Shown"),
        ("§5.3.3", "Shown"),
        ("§4.1.1", "asked"),
        ("§2.1.1", ""),
    }
    assert {c.file for c in found} == {"monitor/x.py"}


def test_of_guards_only_helpers_cite_and_declarations_are_not_read_twice(tmp_path):
    folder = written(tmp_path, registry__guards__x_py=GUARDS, registry__records__x_py=MODULE)
    assert citations(folder) == (Citation("§8.2.1", "registry/guards/x.py", "helper"),)


def test_what_stands_in_reports_and_commands_shows(tmp_path):
    folder = written(tmp_path, report__x_py='"""A page (§5.1.1)."""', cli__y_py='"""A command (§5.1.1)."""')
    assert [c.shows for c in citations(folder)] == [True, True]
    assert not Citation("§5.1.1", "monitor/x.py").shows


def test_rules_of_the_policy_file_and_of_the_house_bear_clauses():
    found = rule_citations()
    assert Citation("§7.2.1", "registry/house_rules.toml", "firewall") in found
    assert Citation("§3.1.4", "policy/profiles/service-outsourcing.toml", "price") in found


def test_tests_are_named_after_items_only_where_they_walk_clauses(tmp_path):
    names = ("test_4_1_1_no_signing", "test_1_2_many", "test_4_1_11_x")
    text = "\n".join(['"""Chapter (§9.2.2)."""', *(f"def {name}(): ..." for name in names)])
    cited = 'def test_it():\n    """It works (§5.1.2)."""\n'
    folder = written(tmp_path, registry__test_clauses_4_py=text, score__test_x_py=text, score__test_y_py=cited)
    assert {(c.item, c.file, c.name) for c in citations_in_tests(folder)} == {
        ("§9.2.2", "registry/test_clauses_4.py", ""),
        ("§4.1.1", "registry/test_clauses_4.py", "test_4_1_1_no_signing"),
        ("§1.2", "registry/test_clauses_4.py", "test_1_2_many"),
        ("§9.2.2", "score/test_x.py", ""),
        ("§5.1.2", "score/test_y.py", "test_it"),
    }
