"""The minus of figures inside sentences: a real one, as in every table, and none before nothing."""

from __future__ import annotations

MINUS = "−"


def said_figure(shown: str) -> str:
    """A figure as a sentence writes it, from one that Python wrote.

    Examples
    --------
    >>> from supplier_eval.messages.minus import said_figure
    >>> said_figure("-1,234.5"), said_figure("-0.000"), said_figure("+0.5"), said_figure("-0 %")
    ('−1,234.5', '0.000', '+0.5', '0 %')
    """
    if not shown.startswith("-"):
        return shown
    return MINUS + shown[1:] if shown.strip("-0., %") else shown[1:]
