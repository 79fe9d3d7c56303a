"""What a chart or a page of risks was given: the result that it draws, or a refusal in words."""

from __future__ import annotations

from supplier_eval.errors import InvalidInput
from supplier_eval.risk.records import ARGUMENTS, asked


def wanted(given: object, name: str, kind: str) -> None:
    """Refuse what is not of a class of `supplier_eval.risk`.

    Parameters
    ----------
    given : object
        The argument.
    name : str
        Its name.
    kind : str
        Name of the class.

    Raises
    ------
    InvalidInput
        If it is of another one.
    """
    from supplier_eval import risk

    if not isinstance(given, getattr(risk, kind)):
        raise InvalidInput([asked("asked.kind", name, given, kind=kind)], ARGUMENTS)
