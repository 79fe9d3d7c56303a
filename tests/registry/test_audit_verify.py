"""Tampering with any part of a store is found, and the first bad line is named."""

from __future__ import annotations

import hashlib

import pytest

from supplier_eval.registry.audit import GENESIS, RULES_KIND, Anchor, AuditRow, canonical, chained, rules_picture
from supplier_eval.registry.audit_verify import CurrentRow, verify_audit

AT = "2026-11-30T08:00:00.000000Z"
CONTENT = b"invoice"
DIGEST = f"sha256:{hashlib.sha256(CONTENT).hexdigest()}"
RULES = "currency = 'CNY'"


def shown(key: str, state: str = "new", **fields: object) -> str:
    return canonical({"fields": {"id": key, **fields}, "state": state})


def rows() -> list[AuditRow]:
    """Rules; supplier A added, renamed, barred; supplier B added; an attachment."""
    plain = [
        (RULES_KIND, RULES_KIND, "add", 1, None, rules_picture(RULES)),
        ("supplier", "A", "add", 1, None, shown("A", name="Ann")),
        ("supplier", "A", "edit", 2, shown("A", name="Ann"), shown("A", name="Anna")),
        ("supplier", "B", "add", 1, None, shown("B", name="Bob")),
        ("attachment", "F", "add", 1, None, shown("F", digest=DIGEST)),
        ("supplier", "A", "bar", 3, shown("A", name="Anna"), shown("A", "barred", name="Anna")),
    ]
    chain: list[AuditRow] = []
    for seq, (kind, name, event, version, before, after) in enumerate(plain, start=1):
        row = AuditRow(seq, AT, f"person{seq}", kind, name, event, version, before, after)
        chain.append(chained(chain[-1].hash if chain else GENESIS, row))
    return chain


def records() -> list[CurrentRow]:
    return [
        CurrentRow("supplier", "B", 1, AT, "person4", shown("B", name="Bob")),
        CurrentRow("supplier", "A", 3, AT, "person6", shown("A", "barred", name="Anna")),
        CurrentRow("attachment", "F", 1, AT, "person5", shown("F", digest=DIGEST)),
    ]


def verdict(lines=None, kept=None, contents=((DIGEST, CONTENT),), rules=RULES, anchor=None):
    lines, kept = rows() if lines is None else lines, records() if kept is None else kept
    return verify_audit(lines, kept, contents, rules, anchor)


def codes(found) -> list[str]:
    return [finding.code.removeprefix("audit.") for finding in found.findings]


def rechained(lines: list[AuditRow]) -> list[AuditRow]:
    """What somebody gets who rewrites all hashes after a change."""
    done: list[AuditRow] = []
    for row in lines:
        done.append(chained(done[-1].hash if done else GENESIS, row))
    return done


def test_an_untouched_store_is_sound():
    found = verdict()
    assert found.is_sound
    assert (found.lines, found.records, found.contents, found.first) == (6, 3, 1, None)
    assert found.head == Anchor(6, rows()[-1].hash)


@pytest.mark.parametrize("at", range(6))
@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("at", "2026-11-30T08:00:00.000001Z"),
        ("actor", "mallory"),
        ("kind", "contract"),
        ("id", "Z"),
        ("event", "approve"),
        ("version", 9),
        ("before", shown("Q")),
        ("after", shown("Q")),
        ("hash", "0" * 63 + "1"),
    ],
)
def test_any_altered_part_of_any_line_is_named_first(at, name, value):
    lines = rows()
    lines[at] = lines[at]._replace(**{name: value})
    found = verdict(lines)
    assert found.first.code == "audit.row_altered"
    assert found.first.rows == (at + 1,)


def test_a_line_with_another_hash_before_it_is_altered_itself():
    lines = rows()
    lines[2] = lines[2]._replace(previous="1" * 64)
    assert (verdict(lines).first.code, verdict(lines).first.rows) == ("audit.row_altered", (3,))


def test_a_line_that_was_rewritten_with_its_hash_breaks_the_chain_after_it():
    lines = rows()
    lines[3] = chained(lines[2].hash, lines[3]._replace(after=shown("B", name="Bert")))
    found = verdict(lines)
    assert (found.first.code, found.first.rows) == ("audit.chain_broken", (5,))
    assert "record_differs" in codes(found)


@pytest.mark.parametrize("at", range(5))
def test_a_missing_line_is_named_where_the_next_one_stands(at):
    lines = rows()
    del lines[at]
    found = verdict(lines)
    assert found.first.code == "audit.row_missing"
    assert (found.first.rows, found.first.facts["expected"]) == ((at + 2,), at + 1)


def test_a_missing_line_is_found_even_when_the_rest_is_numbered_and_chained_again():
    lines = rows()
    del lines[2]
    renumbered = rechained([row._replace(seq=n) for n, row in enumerate(lines, start=1)])
    assert (verdict(renumbered).first.code, verdict(renumbered).first.rows) == ("audit.history_broken", (5,))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("version", 4),
        ("changed_at", "2026-11-29T08:00:00.000000Z"),
        ("changed_by", "mallory"),
        ("picture", shown("A", "active", name="Anna")),
        ("picture", shown("A", "barred", name="Ann")),
    ],
)
def test_a_record_that_was_changed_past_the_program_is_named(name, value):
    kept = records()
    kept[1] = kept[1]._replace(**{name: value})
    found = verdict(kept=kept)
    assert codes(found) == ["record_differs"]
    assert (found.first.table, found.first.value, found.first.facts["seq"]) == ("supplier", "A", 6)


def test_a_record_that_was_taken_out_and_one_that_was_put_in_are_named():
    kept = [*records()[1:], CurrentRow("supplier", "C", 1, AT, "mallory", shown("C"))]
    found = verdict(kept=kept)
    assert [(f.code, f.value) for f in found.findings] == [
        ("audit.record_unaudited", "C"),
        ("audit.record_missing", "B"),
    ]


def test_contents_that_differ_are_missing_or_belong_to_nothing_are_named():
    assert codes(verdict(contents=[(DIGEST, b"invoice!")])) == ["content_differs"]
    assert codes(verdict(contents=[])) == ["content_missing"]
    stray = b"stray"
    more = [(DIGEST, CONTENT), (f"sha256:{hashlib.sha256(stray).hexdigest()}", stray)]
    assert codes(verdict(contents=more)) == ["content_unclaimed"]


def test_rules_that_were_altered_are_named():
    assert codes(verdict(rules="currency = 'USD'")) == ["rules_altered"]
    assert "rules_unaudited" in codes(verify_audit([], [], [], RULES))


def test_a_cut_tail_is_found_against_the_anchor_and_only_against_it():
    lines, kept = rows(), records()
    anchor = Anchor(6, lines[-1].hash)
    kept[1] = CurrentRow("supplier", "A", 2, AT, "person3", shown("A", name="Anna"))
    assert verdict(lines[:5], kept).is_sound
    found = verdict(lines[:5], kept, anchor=anchor)
    assert codes(found) == ["tail_cut"]
    assert found.first.facts == {"head": 5, "seq": 6}


def test_a_rewritten_audit_is_found_against_the_anchor_and_only_against_it():
    lines, kept = rows(), records()
    anchor = Anchor(4, lines[3].hash)
    lines[3] = lines[3]._replace(after=shown("B", name="Bert"))
    kept[0] = kept[0]._replace(picture=shown("B", name="Bert"))
    forged = rechained(lines)
    assert verdict(forged, kept).is_sound
    assert codes(verdict(forged, kept, anchor=anchor)) == ["anchor_differs"]
    assert verdict(anchor=anchor).is_sound


def test_the_verdict_says_what_was_compared_and_whether_an_anchor_was_held_against_it():
    assert "No anchor" in verdict().explain()
    assert "锚点相符" in verdict(anchor=Anchor(6, rows()[-1].hash)).explain("zh")
    unsound = verdict(rules="x = 1")
    assert "[audit.rules_altered]" in unsound.explain("zh")
    assert list(unsound.to_frame()["code"]) == ["audit.rules_altered"]
    assert len(repr(unsound).splitlines()) <= 3
