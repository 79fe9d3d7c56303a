"""The notice and the page of instructions of a tender that nobody has filled in yet (§3.2.1)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from supplier_eval.intake.template_rows import price_items
from supplier_eval.messages import Lang, message
from supplier_eval.policy.document import Policy
from supplier_eval.policy.listed import HEADS, Entry, criterion_entries, gate_entries
from supplier_eval.policy.plain_data import toml_text

POLICY_FILE = "policy.toml"
MOMENT = "2026-03-10T09:30:00+08:00"
REMARKED = ("template.notice.deadline", "template.notice.technical_locked")


@dataclass(frozen=True)
class Key:
    """One key of the notice: its value, or a remark where somebody has to say it."""

    name: str
    value: str = ""
    remark: str = ""


def notice_keys(policy: Policy, tender: str, category: str, lang: Lang) -> list[Key]:
    """What the notice says and asks, lots and items aside; keys without a value are to be filled in."""
    said = [("format", "supplier-eval-tender/1"), ("id", tender), ("title.en", tender), ("title.zh", tender)]
    said += [("category", category)] if category else []
    said += [("policy", POLICY_FILE), ("currency", policy.currency)]
    fingerprint = message("template.notice.policy_fingerprint", lang, fingerprint=policy.fingerprint)
    asked = [("buyer", "Procurement centre 采购中心"), ("timezone", "Asia/Shanghai")]
    asked += [(name, MOMENT) for name in ("published", "deadline", "opened")]
    asked += [("technical_locked", MOMENT)] if policy.procedure.envelopes == 2 else []
    asked += [("drawn.k", "0.97")] if policy.price.draw_benchmark else []
    asked += [("estimated_value", "8250000"), ("term_months", "24")]
    return [
        *(Key(name, value) for name, value in said),
        Key("policy_fingerprint", remark=fingerprint),
        *(Key(name, remark=_remark(name, example, lang)) for name, example in asked),
    ]


def _remark(name: str, example: str, lang: Lang) -> str:
    """An example as it is to be typed, and what the key is for where that surprises."""
    code = f"template.notice.{name}"
    return message(code if code in REMARKED else "template.notice.example", lang, example="{}").replace("{}", example)


def notice_toml(policy: Policy, keys: Sequence[Key], lots: Sequence[str], category: str, lang: Lang) -> str:
    """The text of ``tender.toml``; what is to be filled in stands behind a #."""
    lines = [f"# {message('template.notice.head', lang)}", ""]
    lines += [f"{k.name} = {_quoted(k.value)}" if k.value else f"# {k.name} =   # {k.remark}" for k in keys]
    ceiling = message("template.notice.ceiling", lang)
    for lot in lots or ("1",):
        lines += ["", "[[lots]]", f"id = {_quoted(lot)}", f"# ceiling =   # {ceiling}"]
    for item in price_items(policy, category):
        lines += ["", "[[items]]", f"id = {_quoted(item)}"]
    return "\n".join(lines) + "\n"


def readme(policy: Policy, category: str, book: str, tables: Sequence[str], lang: Lang) -> str:
    """What to fill in, and what every id means, as Markdown; `book` is the workbook's name, empty for a folder."""
    place = "template.readme.sheets" if book else "template.readme.files"
    notice = message("template.readme.notice", lang, name=book or "tender.toml")
    steps = message("template.readme.steps", lang, notice=notice, tables=message(place, lang, name=book))
    parts = [f"# {message('template.readme.title', lang)}", steps]
    parts += [message(f"template.readme.{name}", lang) for name in ("prices", "past", "rulings") if name in tables]
    parts += [message("template.readme.policy", lang, fingerprint=policy.fingerprint)]
    parts += [message("template.readme.run", lang, path=book or ".")]
    gates = gate_entries(policy, lang, category)
    parts.append(f"## {message('template.heading.gates', lang)}")
    parts.append(_markdown(gates, book, lang) if gates else message("template.no_gates", lang))
    parts.append(f"## {message('template.heading.criteria', lang, total=f'{policy.total.normalize():f}')}")
    parts.append(_markdown(criterion_entries(policy, lang, category), book, lang))
    return "\n\n".join(parts) + "\n"


def _markdown(entries: Sequence[Entry], book: str, lang: Lang) -> str:
    heads = [message(f"template.head.{name}", lang) for name in HEADS[:-1]]
    rows = [heads, ["---"] * len(heads), *(entry.cells("" if book else ".csv")[:-1] for entry in entries)]
    return "\n".join("| " + " | ".join(_one_line(cell) for cell in row) + " |" for row in rows)


def _one_line(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


def _quoted(text: str) -> str:
    return toml_text({"x": text}).removeprefix("x = ").strip()
