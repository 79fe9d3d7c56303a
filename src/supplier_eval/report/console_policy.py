"""The gates and criteria of a policy on the console, with the ids that the tables of a tender name (§3.1.1)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from supplier_eval.messages import Lang, message
from supplier_eval.policy.listed import HEADS, Entry, criterion_entries, gate_entries
from supplier_eval.report.console import print_line, print_rows
from supplier_eval.report.tables import Kind, Table

if TYPE_CHECKING:
    from supplier_eval.policy import Policy

INDENT = "  "


def print_policy(policy: Policy, name: str, title: str, lang: Lang) -> None:
    """Print the gates and the criteria of a profile: id, title, what is asked, weight, table, who fills it in.

    Parameters
    ----------
    policy : Policy
        What is listed, all service categories together.
    name : str
        Of the profile.
    title : str
        Above the tables.
    lang : {"en", "zh"}
        Language.
    """
    print_line(f"{name} · {title}\n")
    gates = gate_entries(policy, lang)
    print_line(message("template.heading.gates", lang) if gates else message("template.no_gates", lang))
    if gates:
        _print(gates, lang)
    print_line("\n" + message("template.heading.criteria", lang, total=f"{policy.total.normalize():f}"))
    _print(criterion_entries(policy, lang), lang)
    differ = any(entry.categories for entry in (*gates, *criterion_entries(policy, lang)))
    category = f" --category {policy.categories[0]}" if differ and len(policy.categories) > 1 else ""
    print_line("\n" + message("template.toml_hint", lang, name=name, category=category))


def _print(entries: Sequence[Entry], lang: Lang) -> None:
    """One table; columns that hold nothing are left out."""
    rows = [(INDENT * entry.depth + entry.id, *entry.cells()[1:]) for entry in entries]
    kept = [at for at in range(len(HEADS)) if any(row[at] for row in rows)]
    columns = tuple((message(f"template.head.{HEADS[at]}", lang), _kind(HEADS[at])) for at in kept)
    print_rows(Table("policy", columns, tuple(tuple(row[at] for at in kept) for row in rows), {}))


def _kind(head: str) -> Kind:
    return "figure" if head == "weight" else "text"
