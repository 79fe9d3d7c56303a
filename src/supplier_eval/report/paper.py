"""A document for the file as plain parts, whatever it is set as: headings, text, facts, tables, lines to sign.

`paper_page` sets it as HTML, `word` as a Word document; both show the same parts in the same order. What is not known
stands as a fact without text, and is set as a line to fill in by hand.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from supplier_eval.report.formats import plain
from supplier_eval.report.tables import Table
from supplier_eval.report.words import words

if TYPE_CHECKING:
    from supplier_eval.evaluation import Evaluation
    from supplier_eval.messages import Lang
    from supplier_eval.report.tender_record import TenderRecord
    from supplier_eval.score.sheet import Standing

Pair = tuple[str, str]


@dataclass(frozen=True)
class Heading:
    """A heading; 1 is a part of the document."""

    text: str
    level: Literal[1, 2, 3] = 1


@dataclass(frozen=True)
class Text:
    """A paragraph; ``pale`` ones are notes, ``strong`` ones what matters most."""

    text: str
    style: Literal["plain", "pale", "strong"] = "plain"


@dataclass(frozen=True)
class Items:
    """Sentences as a list."""

    entries: tuple[str, ...]


@dataclass(frozen=True)
class Facts:
    """Label and text; a text that is empty is a line to fill in by hand."""

    pairs: tuple[Pair, ...]


@dataclass(frozen=True)
class Signatures:
    """Lines to sign: who, signature, date; an empty name is to be filled in too."""

    people: tuple[str, ...]


Block = Heading | Text | Items | Facts | Signatures | Table


@dataclass(frozen=True)
class Paper:
    """A document, ready to be set.

    Parameters
    ----------
    title, subject : str
        What it is, and of which tender.
    standing : {"binding", "exploratory"}
        Whatever is not binding is marked as a draft on every page.
    banner : tuple of str
        What stands beside the standing; the first sentence, then reasons. Empty for a letter that is binding.
    footer : tuple of str
        Lines that stand at the foot of every page.
    """

    title: str
    subject: str
    lang: Lang
    standing: Standing
    banner: tuple[str, ...]
    footer: tuple[str, ...]
    blocks: tuple[Block, ...]


def fingerprints(evaluation: Evaluation, lang: Lang, record: TenderRecord | None = None) -> tuple[str, ...]:
    """The foot of every page for those inside: fingerprints of policy and data, the registry's head of the audit."""
    known = printed(evaluation.policy_fingerprint, evaluation.tender.fingerprint, lang)
    return (*known, *audit_head(record, lang))


def printed(policy: str, data: str, lang: Lang) -> tuple[str, ...]:
    """Fingerprints as lines for the foot; one that there is not is left out."""
    say = words(lang)
    lines = ((say["head.policy_print"], policy), (say["head.tender_print"], data))
    return tuple(f"{label} {fingerprint}" for label, fingerprint in lines if fingerprint)


def audit_head(record: TenderRecord | None, lang: Lang) -> tuple[str, ...]:
    """The head of the audit as a line for the foot; nothing without a registry."""
    return (f"{words(lang)['registry.anchor']} {record.anchor}",) if record is not None else ()


def subject_of(evaluation: Evaluation, lang: Lang) -> str:
    """The tender's title with its id."""
    notice = evaluation.tender.notice
    return f"{plain(notice.title.say(lang) or notice.id)} ({plain(notice.id)})"


def standing_banner(evaluation: Evaluation, lang: Lang) -> tuple[str, ...]:
    """What the standing of a result means, and why it has it."""
    said = words(lang)["page.binding" if evaluation.standing == "binding" else "page.exploratory"]
    return (said, *(reason.say(lang) for reason in evaluation.standing_reasons))
