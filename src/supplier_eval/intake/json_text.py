"""JSON documents under bounds: size, depth, count of values; numbers exact, no key twice, no NaN."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any, NoReturn

from supplier_eval.errors import Finding
from supplier_eval.intake.encoding import MARKS
from supplier_eval.intake.raw_table import FileRefusedError, Limits

DEEPEST = 64


class _RefusedError(ValueError):
    """Stops the decoder with the code and value of a finding."""

    def __init__(self, code: str, value: str) -> None:
        self.code, self.value = code, value
        super().__init__(code)


def read_json_text(data: bytes, name: str, limits: Limits) -> tuple[Any, list[Finding]]:
    """Read a JSON document into Python objects.

    Parameters
    ----------
    data : bytes
        The whole file: UTF-8, with or without byte-order mark, or UTF-16 with one.
    name : str
        Name that findings carry.
    limits : Limits
        `cells` bounds the count of values.

    Returns
    -------
    tuple of (object or None, list of Finding)
        Whole numbers are int, others Decimal; None with one finding where the document is refused.
    """
    try:
        text = _decode(data, name)
        values = 1 + sum(text.count(mark) for mark in ",[{")
        if values > limits.cells:
            raise FileRefusedError(Finding("files.limits.cells", name, facts={"found": values, "limit": limits.cells}))
        document = json.loads(
            text, parse_float=_decimal, parse_constant=_constant, object_pairs_hook=_object, parse_int=_whole
        )
        _check(document)
    except FileRefusedError as refusal:
        return None, [refusal.finding]
    except _RefusedError as refusal:
        return None, [Finding(refusal.code, name, value=refusal.value, facts={"limit": DEEPEST})]
    except json.JSONDecodeError as error:
        facts = {"reason": error.msg, "position": error.colno}
        return None, [Finding("files.json.syntax", name, rows=(error.lineno,), facts=facts)]
    except RecursionError:
        return None, [Finding("files.json.depth", name, facts={"limit": DEEPEST})]
    return document, []


def _decode(data: bytes, name: str) -> str:
    mark, encoding = next(((m, e) for m, e in MARKS if data.startswith(m)), (b"", "utf-8"))
    try:
        text = data[len(mark) :].decode(encoding)
    except UnicodeDecodeError as error:
        byte = len(mark) + error.start + 1
        row = 1 + data[:byte].count(b"\n")
        value = error.object[error.start : error.start + 4].hex(" ")
        facts = {"encoding": encoding, "byte": byte}
        raise FileRefusedError(
            Finding("files.encoding.undecodable", name, rows=(row,), value=value, facts=facts)
        ) from None
    if not text.strip():
        raise FileRefusedError(Finding("files.empty", name))
    return text


def _decimal(text: str) -> Decimal:
    if len(text) > 100:
        raise _RefusedError("files.json.number", text)
    return Decimal(text)


def _whole(text: str) -> int:
    if len(text) > 100:
        raise _RefusedError("files.json.number", text)
    return int(text)


def _constant(text: str) -> NoReturn:
    raise _RefusedError("files.json.number", text)


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        seen: set[str] = set()
        twice = next(key for key, _ in pairs if key in seen or seen.add(key))  # type: ignore[func-returns-value]
        raise _RefusedError("files.json.key_twice", twice)
    return found


def _check(document: object) -> None:
    """Depth, and halves of surrogate pairs, which no file can hold again."""
    level: list[object] = [document]
    for _ in range(DEEPEST):
        below: list[object] = []
        for value in level:
            if isinstance(value, str):
                _whole_text(value)
            elif isinstance(value, list):
                below.extend(value)
            elif isinstance(value, dict):
                for key in value:
                    _whole_text(key)
                below.extend(value.values())
        if not below:
            return
        level = below
    raise _RefusedError("files.json.depth", "")


def _whole_text(text: str) -> None:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        raise _RefusedError("files.json.surrogate", text) from None
