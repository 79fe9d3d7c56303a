"""The words of findings, flags, reasons and explanations, by stable code, in English and Chinese.

They stand on the ground floor because a finding must be able to say itself before any report exists;
labels of charts and pages live in ``report/words``. One TOML file a room; an entry reads::

    ["prices.unit_price.not_positive"]
    en = "unit price {value} is not above zero."
    en_remedy = "Correct the price, or rule the bid invalid in rulings.csv."
    zh = "单价 {value} 不大于零。"
    zh_remedy = "请更正单价，或在 rulings.csv 中裁定该投标无效。"
"""

from __future__ import annotations

import functools
import re
import tomllib
import unicodedata
from collections.abc import Iterable
from datetime import date
from importlib import resources
from typing import Literal, TypeAlias

from supplier_eval.messages.days import said_day

Lang: TypeAlias = Literal["en", "zh"]
LANGS: tuple[Literal["en"], Literal["zh"]] = ("en", "zh")
LONGEST_QUOTE = 80
MOST_NAMES = 60
UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
HAN = re.compile("[\u4e00-\u9fff]")
SHARE = re.compile(r"(?<=\d)%(?![\w%])")
NOTHING_NEAR = (" (nearest: –)", "（最接近：–）")
FAMILIES = ("*", "number", "date", "yes_no")


class UnknownLanguageError(ValueError):
    """A language that there are no words in; says which there are."""

    def __str__(self) -> str:
        return f"no language named {clean(self.args[0])!r}. There is: {', '.join(LANGS)}."


class Names(tuple[str, ...]):
    """Names that a sentence quotes, each cleaned, the list itself not cut as a text would be."""

    __slots__ = ()

    def say(self, lang: Lang) -> str:
        """The first names, and how many are left; a dash where there is none."""
        shown = ("、" if lang == "zh" else ", ").join(clean(name) for name in self[:MOST_NAMES])
        return shown + (f" … (+{len(self) - MOST_NAMES})" if len(self) > MOST_NAMES else "") or "-"

    def __str__(self) -> str:
        return self.say("en")


class Both(tuple[str, str]):
    """A piece of a sentence in English and in Chinese."""

    __slots__ = ()

    def say(self, lang: Lang) -> str:
        """The piece in the language."""
        return self[LANGS.index(lang)]

    def __str__(self) -> str:
        return self.say("en")


def sentences(said: Iterable[str], lang: Lang) -> str:
    """Sentences one after the other: with a space between them in English, without one in Chinese."""
    return ("" if lang == "zh" else " ").join(said)


def with_clause(said: str, clause: str, lang: Lang) -> str:
    """A sentence with the place where its rule stands; without one the sentence alone."""
    if not clause:
        return said
    return f"{said}（{clause}）" if lang == "zh" else f"{said} ({clause})"


@functools.cache
def catalogue() -> dict[str, dict[str, str]]:
    """All entries, code → words; a code defined twice is a programming error."""
    entries: dict[str, dict[str, str]] = {}
    for file in sorted(resources.files(__name__).iterdir(), key=lambda f: f.name):
        if not file.name.endswith(".toml"):
            continue
        for code, words in tomllib.loads(file.read_text(encoding="utf-8")).items():
            if code in entries:
                raise RuntimeError(f"message code {code} stands in two files")
            entries[code] = words
    return entries


def message(code: str, lang: Lang, /, **facts: object) -> str:
    """What `code` says, with the facts filled in."""
    return entry(code)[known_language(lang)].format(**_written(_said(facts, lang), lang))


def known_language(lang: object) -> Lang:
    """The language, where it is one that there are words in.

    Raises
    ------
    UnknownLanguageError
        For any other.
    """
    for one in LANGS:
        if isinstance(lang, str) and lang == one:
            return one
    raise UnknownLanguageError(lang)


def entry(code: str) -> dict[str, str]:
    """The words of a code: its own, else those of its last part for any table and column.

    ``prices.unit_price.ambiguous`` has no words of its own and says what ``number.ambiguous`` says.
    """
    known = catalogue()
    if code in known:
        return known[code]
    problem = code.rsplit(".", 1)[-1]
    return next(known[f"{family}.{problem}"] for family in FAMILIES if f"{family}.{problem}" in known)


def remedy(code: str, lang: Lang, /, **facts: object) -> str:
    """What to do about `code`; empty where nothing needs doing."""
    said = entry(code).get(f"{known_language(lang)}_remedy", "").format(**_said(facts, lang))
    return functools.reduce(lambda left, part: left.replace(part, ""), NOTHING_NEAR, said)


def _written(facts: dict[str, object], lang: Lang) -> dict[str, object]:
    """The facts, in a Chinese sentence days and shares as pages write them; texts and quotes stay."""
    if lang != "zh":
        return facts
    said: dict[str, object] = {}
    for key, fact in facts.items():
        shown = fact.isoformat() if isinstance(fact, date) else fact
        if isinstance(shown, str):
            shown = said_day(shown if key == "value" or HAN.search(shown) else SHARE.sub(" %", shown), lang)
        said[key] = shown
    return said


def _said(facts: dict[str, object], lang: Lang) -> dict[str, object]:
    """The facts, lists of names and pieces of sentences in the language."""
    return {key: fact.say(lang) if isinstance(fact, Names | Both) else fact for key, fact in facts.items()}


def clean(text: object) -> str:
    """Text from outside, safe to print on one line: control and direction marks dropped, long text cut."""
    shown = "".join(" " if c in "\n\r\t" else c for c in str(text))
    shown = seen(shown).strip()
    return shown if len(shown) <= LONGEST_QUOTE else shown[: LONGEST_QUOTE - 1] + "…"


def seen(text: str) -> str:
    """Text from outside without the characters that are not seen or that turn a line around; its lines stay."""
    if text.isprintable():
        return text
    return "".join(c for c in text if c in "\n\t" or unicodedata.category(c) not in UNSEEN)
