"""A tender's folder out of the registry: notice, bids, panel and past scores written, what people fill in laid out.

What the registry knows is written as it stands there; prices, requirements and marks are for those who opened and
judged the bids. `agreement.registered_tender` reads the folder back and holds it against the registry.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from supplier_eval.errors import Finding, InvalidInput
from supplier_eval.intake.tables import EVALUATORS, MARKS, PAST, PRICES, REQUIREMENTS
from supplier_eval.keeping.registered import RegisteredTender, percent, plain_decimal, registered
from supplier_eval.policy.document import Policy
from supplier_eval.policy.plain_data import toml_text
from supplier_eval.registry.cell_text import LIVE
from supplier_eval.registry.store import Registry

NOTICE, POLICY = "tender.toml", "policy.toml"
STEPS = (("expert_review", "expert_review"), ("board_approval", "board_approval"))


def write_tender_folder(registry: Registry, tender: str, folder: str | Path, policy: Policy) -> tuple[Path, ...]:
    """Write what the registry knows of a tender as the folder that `read_tender` reads.

    Parameters
    ----------
    registry : Registry
        The store.
    tender : str
        Id of the tender.
    folder : str or Path
        Made where it is not there; a file that is there is never written over.
    policy : Policy
        The policy that was published; its fingerprint must be the tender's.

    Returns
    -------
    tuple of Path
        The files written: ``tender.toml``, ``policy.toml``, ``bids.csv``, ``evaluators.csv``, ``past.csv`` (where
        the policy scores it or a bidder has a confirmed scorecard), and ``requirements.csv``, ``marks.csv``,
        ``prices.csv`` with their headers only, to be filled in; lots' names and items of the price sheet are to be
        added to ``tender.toml``.

    Raises
    ------
    UnknownName
        Where there is no such tender.
    InvalidInput
        Where files are in the way, the policy is not the one that was published, or a spreadsheet would run an id
        as a formula. Such names and texts are written with an apostrophe in front.

    Examples
    --------
    >>> import runpy
    >>> from tempfile import TemporaryDirectory
    >>> main = runpy.run_path("data/samples/registry/make_store.py")["main"]
    >>> policy = se.Policy.load("data/samples/service-desk/policy.toml")
    >>> with TemporaryDirectory() as folder, main(f"{folder}/s.sqlite", "tender").registry as store:
    ...     paths = se.keeping.write_tender_folder(store, "service-desk-2026", f"{folder}/T", policy)
    >>> sorted(path.name for path in paths)[:3]
    ['bids.csv', 'evaluators.csv', 'marks.csv']
    """
    known = registered(registry, tender)
    target = Path(folder)
    found: list[Finding] = []
    if policy.fingerprint != known.tender.policy_fingerprint:
        facts = {"published": known.tender.policy_fingerprint or "-"}
        found.append(Finding("keeping.policy_other", "policy", "fingerprint", value=policy.fingerprint, facts=facts))
    tables = _tables(known, any(criterion.source == "past" for criterion in policy.criteria))
    files = [NOTICE, POLICY, *tables]
    found += [Finding("keeping.file_there", "files", value=name) for name in files if (target / name).exists()]
    found += _live_ids(known)
    if found:
        raise InvalidInput(found, str(target))
    target.mkdir(parents=True, exist_ok=True)
    (target / NOTICE).write_text(toml_text(_notice(known, registry)), encoding="utf-8")
    (target / POLICY).write_text(policy.to_toml(), encoding="utf-8")
    for name, (header, rows) in tables.items():
        _write(target / name, header, rows)
    return tuple(target / name for name in files)


def _live_ids(known: RegisteredTender) -> Iterable[Finding]:
    """Ids that begin as formulas do; an id cannot bear an apostrophe without becoming another one."""
    ids = {
        *known.lots,
        *(part for bid in known.bids.values() for part in (bid.bid, bid.bidder)),
        *(part for one in known.panel.values() for part in (one.person, *one.conflict_with)),
    }
    return [Finding("keeping.live_id", "files", value=one) for one in sorted(ids) if LIVE.match(one)]


def _text(text: str) -> str:
    return f"'{text}" if LIVE.match(text) else text


def _notice(known: RegisteredTender, registry: Registry) -> dict[str, Any]:
    tender, decision = known.tender, known.decision
    said: dict[str, Any] = {
        "format": "supplier-eval-tender/1",
        "id": tender.id,
        "title": {"en": tender.title, "zh": tender.title},
        "category": tender.category,
        "policy": POLICY,
        "policy_fingerprint": tender.policy_fingerprint,
        "channels": list(known.channels),
        "timezone": registry.rules.timezone,
        "published": known.published,
        "deadline": tender.deadline,
        "opened": known.opened,
        "technical_locked": known.marks_locked,
        "currency": tender.currency,
        "estimated_value": tender.estimated_value,
        "term_months": tender.term_months,
        "data_class": tender.data_class,
        "lots": [{"id": lot} for lot in tender.lots],
        "approvals": [
            {"step": step, "by": getattr(decision, f"{name}_by"), "on": getattr(decision, f"{name}_on")}
            for step, name in STEPS
            if getattr(decision, f"{name}_by") and getattr(decision, f"{name}_on")
        ],
    }
    return {key: value for key, value in said.items() if value not in (None, "", [])}


def _tables(known: RegisteredTender, scored: bool) -> dict[str, tuple[Sequence[str], list[list[str]]]]:
    bids = [
        [b.bid, b.lot if known.tender.lots else "", b.bidder, _text(b.name), _moment(b.received)]
        for b in known.bids.values()
    ]
    panel = [
        [e.person, e.person, e.role, ";".join(e.conflict_with), e.declared_on.isoformat() if e.declared_on else ""]
        for e in known.panel.values()
    ]
    past = [
        [
            card.supplier,
            _text(card.period),
            *map(plain_decimal, (card.score, percent(card.coverage), card.lower, card.upper)),
        ]
        for card in known.past.values()
    ]
    tables: dict[str, tuple[Sequence[str], list[list[str]]]] = {
        "bids.csv": (("bid", "lot", "bidder", "name", "received"), bids),
        "evaluators.csv": (EVALUATORS.names, panel),
        "requirements.csv": (REQUIREMENTS.names, []),
        "marks.csv": (MARKS.names, []),
        "prices.csv": (PRICES.names, []),
    }
    if past or scored:  # a header alone says that no bidder has a past score
        tables["past.csv"] = (PAST.names, past)
    return tables


def _moment(moment: Any) -> str:  # noqa: ANN401 - a moment
    return str(moment.isoformat())


def _write(path: Path, header: Iterable[str], rows: Iterable[Sequence[str]]) -> None:
    with path.open("x", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)
