"""Every code that the source speaks has its words, in both languages, with the same placeholders."""

from __future__ import annotations

import ast
import pickle
import re
import string
from pathlib import Path

import pytest

from supplier_eval.errors import Finding
from supplier_eval.messages import FAMILIES, LONGEST_QUOTE, UnknownLanguageError, catalogue, clean, message, remedy

SRC = Path(__file__).parents[1] / "src" / "supplier_eval"
SPEAKERS = {"Finding", "Reason", "Flag", "message", "remedy", "_finding", "_flag", "_reason"}
CODE = re.compile(r"[a-z0-9_]+(\.[a-z0-9_]+)+")


def spoken() -> list[tuple[str, str]]:
    """(place, pattern) of every code that is passed to something that speaks; f-strings become patterns."""
    found = []
    for module in sorted(SRC.rglob("*.py")):
        for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or not node.args:
                continue
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            pattern = as_pattern(node.args[0])
            if name in SPEAKERS and pattern is not None:
                found.append((f"{module.relative_to(SRC)}:{node.lineno}", pattern))
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


def test_every_word_about_a_policy_is_used():
    """No entry of the policy's own words is left over from a rule that is gone."""
    sources = "\n".join(p.read_text(encoding="utf-8") for p in (SRC / "policy").glob("*.py"))
    patterns = [re.compile(p) for place, p in spoken() if place.startswith("policy/")]
    import tomllib

    own = tomllib.loads((SRC / "messages" / "policy.toml").read_text(encoding="utf-8"))
    left = [c for c in own if c not in sources and not any(p.fullmatch(c) for p in patterns)]
    assert not left


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
