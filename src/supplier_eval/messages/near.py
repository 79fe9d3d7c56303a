"""Which of the names that there are looks like one that does not exist."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

from supplier_eval.messages import Names

LIKE = 0.6  # share of letters in common that makes a name look like a slip of the pen
SHORTEST_PART = 4  # letters that a name is recognised by
NONE_NEAR = "–"


def near_names(given: object, known: Iterable[str]) -> dict[str, object]:
    """Facts for a finding: all names that there are (``known``) and the one that looks like it (``near``, or a dash).

    Examples
    --------
    >>> from supplier_eval.messages.near import near_names
    >>> near_names("cn-order87", ["lpta", "cn-order-87"])["near"]
    'cn-order-87'
    """
    names = Names(known)
    folded = {name.casefold(): name for name in reversed(names)}
    said = str(given).casefold()
    close = difflib.get_close_matches(said, list(folded), n=1, cutoff=LIKE)
    if not close and len(said) >= SHORTEST_PART:
        close = [key for key in folded if said in key]
    return {"known": names, "near": folded[close[0]] if len(close) == 1 else NONE_NEAR}
