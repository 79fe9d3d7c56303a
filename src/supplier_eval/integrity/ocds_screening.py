"""The OCDS red flags of a set of contracting processes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from supplier_eval.errors import Finding
from supplier_eval.integrity.ocds_found import Found
from supplier_eval.integrity.ocds_market_flags import MARKET_FLAGS
from supplier_eval.integrity.ocds_process import Process, read_process
from supplier_eval.integrity.ocds_process_flags import PROCESS_FLAGS
from supplier_eval.integrity.ocds_red_flags import RedFlags
from supplier_eval.integrity.ocds_releases import TABLE, read_releases
from supplier_eval.integrity.ocds_settings import RedFlagSettings, read_indicators, read_red_flag_settings


def screen_releases(
    source: str | Path | Mapping[str, Any] | Iterable[Mapping[str, Any]],
    *,
    indicators: Iterable[str] | None = None,
    settings: RedFlagSettings | Mapping[str, object] | None = None,
) -> RedFlags:
    """Look for the red flags of the Open Contracting Partnership in OCDS data.

    Parameters
    ----------
    source : path, mapping or iterable of mapping
        A ``.json`` file (release, release package, record package) or a ``.jsonl`` file (a compiled release a line), or
        the same in memory.
    indicators : iterable of str, optional
        ``R003 R018 R024 R025 R028 R030 R035 R036 R038 R048 R058``; all by default.
    settings : mapping, optional
        By indicator, with Cardinal's names: ``{"R003": {"threshold": 10}, "currency": "CNY"}``.

    Returns
    -------
    RedFlags
        The order of the releases, and of bids and awards in them, does not reach it.

    Raises
    ------
    InvalidInput
        If the source cannot be read, a process stands there several times, or a setting is wrong.
    UnknownName
        If an indicator does not exist.
    """
    asked = read_indicators(indicators)
    lines = read_red_flag_settings(settings)
    releases, warnings = read_releases(source)
    processes = [process for release in releases if _kept(process := read_process(release), lines)]
    lines = replace(lines, currency=lines.currency or main_currency(processes))
    found = Found()
    for indicator in asked:
        if indicator in PROCESS_FLAGS:
            for process in processes:
                PROCESS_FLAGS[indicator](process, lines, found)
        else:
            MARKET_FLAGS[indicator](processes, lines, found)
    return RedFlags(
        found.ordered(),
        found.meta,
        asked,
        len(processes),
        lines.currency,
        lines,
        (*warnings, *_left_out(processes, lines)),
    )


def main_currency(processes: Sequence[Process]) -> str:
    """The currency of most amounts; of several with as many the first by name; empty where there are no amounts."""
    counts = Counter(bid.currency for process in processes for bid in process.bids if bid.amount is not None)
    return min(counts, key=lambda currency: (-counts[currency], currency), default="")


def _kept(process: Process, settings: RedFlagSettings) -> bool:
    return process.status != "cancelled" and process.details not in settings.excluded


def _left_out(processes: Sequence[Process], settings: RedFlagSettings) -> list[Finding]:
    """Amounts that no indicator looks at."""
    findings = []
    bad = [process for process in processes if process.bad_amounts]
    if bad:
        facts = {"count": sum(process.bad_amounts for process in bad), "first": bad[0].ocid}
        findings.append(Finding("ocds_flags.amounts", TABLE, "bids.details.value", facts=facts, severity="warning"))
    amounts = [bid for process in processes for bid in process.bids if bid.amount is not None]
    other = sum(bid.currency != settings.currency for bid in amounts)
    if other:
        facts = {"count": other, "currency": settings.currency}
        findings.append(Finding("ocds_flags.currency", TABLE, "bids.details.value", facts=facts, severity="warning"))
    return findings
