"""How commands read what they are given, and print JSON."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from supplier_eval.errors import Finding
    from supplier_eval.intake.tender import Tender
    from supplier_eval.messages import Lang
    from supplier_eval.policy import Policy

OBEYED = re.compile("[\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]")


def named_policy(named: str | None) -> Policy | None:
    """The policy of a file or of ``profile:NAME``; None where none was named."""
    from supplier_eval.policy import Policy

    if named is None:
        return None
    return Policy.profile(named.removeprefix("profile:")) if named.startswith("profile:") else Policy.load(named)


def read_checked(path: Path, policy: str | None, lang: Lang) -> Tender:
    """Read a tender, or refuse it with everything that is wrong: reading and evaluation together.

    Raises
    ------
    InvalidTender
        With every finding.
    """
    from supplier_eval.errors import InvalidTender
    from supplier_eval.intake.assemble import read_tender
    from supplier_eval.procedure import check_tender

    chosen = named_policy(policy)
    try:
        tender = read_tender(path, chosen)
    except InvalidTender:
        raise InvalidTender(check_tender(path, chosen), str(path)) from None
    for warning in tender.warnings:
        print(severity_line(warning, lang), file=sys.stderr)
    return tender


def severity_line(finding: Finding, lang: Lang) -> str:
    """A finding on one line, with what weight it has before it."""
    from supplier_eval.messages import message

    return f"{message(f'cli.{finding.severity}', lang)}{finding.line(lang)}"


def as_json(document: Mapping[str, object]) -> str:
    """A document as text; a figure that is not finite is a mistake.

    What a terminal would obey or turn around stands as an escape: the same document to any reader of JSON.
    """
    text = json.dumps(document, ensure_ascii=False, indent=2, allow_nan=False)
    return OBEYED.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def print_json(document: str) -> None:
    """JSON is UTF-8 whatever the terminal's encoding is."""
    buffer = getattr(sys.stdout, "buffer", None)
    if buffer is None:
        print(document)
        return
    sys.stdout.flush()
    buffer.write(document.encode("utf-8") + b"\n")
    buffer.flush()
