"""What a chart or a page was given: the result that it draws, or a refusal in words."""

from __future__ import annotations

import importlib

from supplier_eval.errors import InvalidInput
from supplier_eval.risk.records import ARGUMENTS, asked


def wanted(given: object, name: str, kind: str, room: str = "risk") -> None:
    """Refuse what is not of a class of a room.

    Parameters
    ----------
    given : object
        The argument.
    name : str
        Its name.
    kind : str
        Name of the class.
    room : str
        Whose class it is.

    Raises
    ------
    InvalidInput
        If it is of another one.
    """
    if not isinstance(given, getattr(importlib.import_module(f"supplier_eval.{room}"), kind)):
        raise InvalidInput([asked("asked.kind", name, given, kind=kind)], ARGUMENTS)
