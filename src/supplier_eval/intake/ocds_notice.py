"""The notice of a tender from an OCDS release: id, title, buyer, deadline, lots, estimate, currency."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from supplier_eval.intake.json_walk import Node, figure

ENDED = {"cancelled", "unsuccessful", "withdrawn"}


def notice_of(release: Node, currencies: Sequence[str]) -> dict[str, Any]:
    """What a release says of the tender itself, in the keys of ``tender.toml``.

    Parameters
    ----------
    release : Node
        The release.
    currencies : sequence of str
        Currencies of the bids; taken where they agree and ``tender.value`` names none.

    Returns
    -------
    dict
        Only what is there. Limits of the price, service category, policy and its fingerprint are not: OCDS
        has no field for them (an estimated value is no ceiling).
    """
    tender, language = release.object("tender"), release.text("language")
    value = tender.object("value")
    agreed = {currency for currency in currencies if currency}
    ends = tender.object("tenderPeriod").text("endDate")
    said: dict[str, Any] = {
        "id": release.identifier("ocid") or tender.identifier("id"),
        "title": _words(tender, "title", language),
        "buyer": _words(release.object("buyer"), "name", language),
        "deadline": ends,
        "currency": value.text("currency") or (next(iter(agreed)) if len(agreed) == 1 else ""),
        "estimated_value": _number(value, "amount"),
        "lots": [_lot(lot, language) for lot in tender.objects("lots")],
    }
    said["title"] = said["title"] or said["id"]
    _note_end(tender)
    return {key: what for key, what in said.items() if what not in ("", {}, [], None)}


def _lot(lot: Node, language: str) -> dict[str, Any]:
    _note_end(lot)
    named = {"id": lot.identifier("id"), "name": _words(lot, "title", language)}
    return {key: what for key, what in named.items() if what}


def _note_end(node: Node) -> None:
    """Warn of a tender or lot that the buyer has ended."""
    status = node.text("status")
    if status in ENDED:
        node.note("ocds.status.ended", "status", status)


def _words(node: Node, key: str, language: str) -> dict[str, str]:
    """A text in the language of the release, and in those that the key names (``title_zh``)."""
    plain = "zh" if language.casefold().startswith("zh") else "en"
    said = {plain: node.text(key)} | {
        lang: node.text(f"{key}_{lang}") for lang in ("en", "zh") if f"{key}_{lang}" in node.value
    }
    return {lang: text for lang, text in said.items() if text}


def _number(node: Node, key: str) -> Decimal | None:
    amount = node.value.get(key)
    if amount is None:
        return None
    if isinstance(amount, bool) or not isinstance(amount, int | Decimal):
        node.note("ocds.not_a_number", key, amount)
        return None
    return Decimal(figure(amount))
