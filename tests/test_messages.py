"""Every code that the source speaks has its words, in both languages, with the same placeholders."""

from __future__ import annotations

import ast
import functools
import pickle
import re
import string
from datetime import date
from pathlib import Path
from typing import get_args

import pytest
from pydantic_core.core_schema import ErrorType

from supplier_eval.errors import Finding
from supplier_eval.messages import (
    FAMILIES,
    LONGEST_QUOTE,
    UnknownLanguageError,
    _written,
    catalogue,
    clean,
    message,
    remedy,
)

SRC = Path(__file__).parents[1] / "src" / "supplier_eval"
SPEAKERS = {"Finding", "Reason", "Flag", "message", "remedy", "_finding", "_flag", "_reason"}
CODE = re.compile(r"[a-z0-9_]+(\.[a-z0-9_]+)+")


@functools.cache
def trees() -> dict[str, ast.Module]:
    """Every module of the source, parsed."""
    return {str(m.relative_to(SRC)): ast.parse(m.read_text(encoding="utf-8")) for m in sorted(SRC.rglob("*.py"))}


@functools.cache
def spoken() -> list[tuple[str, str]]:
    """(place, pattern) of every code that is passed to something that speaks; f-strings become patterns."""
    found = []
    for place, tree in trees().items():
        for node in ast.walk(tree):
            if not isinstance(node, ast.Call) or not node.args:
                continue
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            pattern = as_pattern(node.args[0])
            if name in SPEAKERS and pattern is not None:
                found.append((f"{place}:{node.lineno}", pattern))
    return found


def as_pattern(node: ast.expr) -> str | None:
    if isinstance(node, ast.Constant) and isinstance(node.value, str) and CODE.fullmatch(node.value):
        return re.escape(node.value)
    if isinstance(node, ast.JoinedStr):
        parts = [re.escape(p.value) if isinstance(p, ast.Constant) else r"[a-z0-9_.]+" for p in node.values]
        return "".join(parts) if "." in "".join(parts) else None
    return None


def has_words(pattern: str) -> bool:
    """Its own entry, or the entry of its last part for any table and column (``*.missing_table``)."""
    codes = set(catalogue())
    last = pattern.rsplit(r"\.", 1)[-1]
    return any(re.fullmatch(pattern, c) for c in codes) or any(f"{family}.{last}" in codes for family in FAMILIES)


def fields(text: str) -> set[str]:
    """Placeholders of a text; ``rule_en`` and ``rule_zh`` are one fact in two languages."""
    names = {name.split(".")[0].split("[")[0] for _, name, _, _ in string.Formatter().parse(text) if name is not None}
    return {name.removesuffix("_en").removesuffix("_zh") for name in names}


def test_every_code_in_the_source_has_its_words():
    silent = [(place, pattern) for place, pattern in spoken() if not has_words(pattern)]
    assert len(spoken()) > 60, "the search for codes finds too few of them"
    assert not silent


@pytest.mark.parametrize("code", sorted(catalogue()))
def test_both_languages_say_the_same(code):
    words = catalogue()[code]
    assert set(words) <= {"en", "zh", "en_remedy", "zh_remedy"}
    assert words["en"].strip() and words["zh"].strip()
    assert ("en_remedy" in words) == ("zh_remedy" in words)
    assert fields(words["en"]) == fields(words["zh"])
    assert fields(words.get("en_remedy", "")) == fields(words.get("zh_remedy", ""))
    plain = re.sub(r"\{[^}]*\}", "", words["en"])
    if re.search(r"[a-z]{4}", plain):  # a sentence, not a name such as ICC(2,k)
        assert re.search(r"[\u4e00-\u9fff]", words["zh"]), "the Chinese words are Chinese"


def mentioned() -> set[str]:
    """Every word of letters, digits and underscores in the source and its data, but not in the words themselves."""
    found = set(get_args(ErrorType))  # ``schema.*`` says them
    for file in SRC.rglob("*"):
        if file.suffix in {".py", ".toml"} and file.parent.name not in {"messages", "words"}:
            found.update(re.findall(r"[a-z0-9_]+", file.read_text(encoding="utf-8").lower()))
    return found


def made_codes() -> list[re.Pattern[str]]:
    """What f-strings of the source can become, with what is filled in as groups; those without letters are left out."""
    found = set()
    for tree in trees().values():
        for node in ast.walk(tree):
            if isinstance(node, ast.JoinedStr):
                parts = [re.escape(p.value) if isinstance(p, ast.Constant) else "([A-Za-z0-9_.]+)" for p in node.values]
                own = "".join(p.value for p in node.values if isinstance(p, ast.Constant))
                if re.fullmatch(r"[a-z0-9_.]*[a-z]{3}[a-z0-9_.]*", own):
                    found.add("".join(parts))
    return [re.compile(pattern) for pattern in found]


def is_used(code: str, written: set[str], words: set[str], patterns: list[re.Pattern[str]]) -> bool:
    """Written out, or made of words of the source; of a family (``*.problem``) the problem is such a word."""
    head, _, last = code.rpartition(".")
    if code in written or (head.startswith("asked.") and head in written and last.lower() in words):
        return True  # asked.sheet.Tender is asked.sheet for a Tender
    if head in {"award_audit.unit", "unknown_name.kind", "evaluators"} and last in written:
        return True  # written with blanks or points
    return filled_in(last if head == "*" else code, words, patterns)


def filled_in(piece: str, words: set[str], patterns: list[re.Pattern[str]], depth: int = 2) -> bool:
    """Whether a piece is a word of the source, or a pattern filled with such pieces."""
    if "." not in piece and piece.lower() in words:
        return True
    matches = [m for pattern in patterns if (m := pattern.fullmatch(piece))] if depth else []
    return any(all(filled_in(p, words, patterns, depth - 1) for g in m.groups() for p in g.split(".")) for m in matches)


def test_no_entry_is_left_over_from_a_rule_that_is_gone():
    written = {node.value for tree in trees().values() for node in ast.walk(tree) if is_text(node)}
    written |= {re.sub(r"[ .-]", "_", text) for text in written if len(text) < 40}
    words, patterns = mentioned(), made_codes()
    left = [code for code in catalogue() if not is_used(code, written, words, patterns)]
    assert not left
    for gone in (
        "policy.gone_rule",
        "*.gone_problem",
        "award.said.vanished",
        "kpis.say.vanished_mean",
        "asked.sheet.Vanished",
    ):
        assert not is_used(gone, written, words, patterns)


def is_text(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def test_a_message_is_filled_in_and_a_remedy_may_be_empty():
    facts = {"value": "x.toml", "why": "it is a folder"}
    assert message("policy.file.unreadable", "en", **facts) == "the policy file x.toml cannot be read: it is a folder."
    assert "profile:NAME" in remedy("policy.file.unreadable", "en", **facts)
    finding = Finding("policy.file.unreadable", "policy", value="x.toml", facts={"why": "it is a folder"})
    assert finding.line("zh").startswith("policy：无法读取政策文件 x.toml")


def test_text_from_outside_cannot_break_a_line_or_turn_it_round():
    assert clean("A\nB\tC\u202e\x00D") == "A B CD"
    assert len(clean("长" * 500)) == LONGEST_QUOTE


@pytest.mark.parametrize("lang", ["de", "ZH", "", None, 3, ["en"]])
def test_an_unknown_language_is_refused_with_those_that_there_are(lang):
    for say in (message, remedy):
        with pytest.raises(UnknownLanguageError, match=r"no language named .*There is: en, zh\."):
            say("number.ambiguous", lang)
    assert "'de'" in str(pickle.loads(pickle.dumps(UnknownLanguageError("de"))))


def test_a_chinese_sentence_writes_days_and_shares_as_its_pages_do_and_quotes_as_they_stand():
    facts = {"last": date(2026, 11, 12), "reviewed": "2026-10", "example": "12.5%", "value": "50%"}
    assert _written(facts, "zh") == {**facts, "last": "2026年11月12日", "example": "12.5 %"}
    assert _written(facts, "en") is facts
    assert _written({"rule": "不得低于10%"}, "zh") == {"rule": "不得低于10%"}
