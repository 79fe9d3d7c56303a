"""What an explanation is asked of: one thing by its id, or all; a language in place of an id is taken as one."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from supplier_eval.errors import UnknownName
from supplier_eval.messages import LANGS, Lang, known_language


def asked_of(kind: str, name: str | None, lang: Lang, known: Iterable[str]) -> tuple[str | None, Lang]:
    """The id (None for all) and the language.

    Parameters
    ----------
    kind : str
        What an id names, for the error.
    name : str or None
        An id; None for all. Where it is no id and a language, all are meant in that language.
    lang : {"en", "zh"}
        Language.
    known : iterable of str
        Ids.

    Raises
    ------
    UnknownName
        If there is no such id.
    """
    ids = list(known)
    if isinstance(name, str) and name not in ids and name in LANGS:
        return None, known_language(name)
    if name is not None and name not in ids:
        raise UnknownName(kind, str(name), ids)
    return name, known_language(lang)


def overview(question: str, found: Any, lang: Lang) -> str:  # noqa: ANN401 - a result of the room
    """The sentences about a whole result, as the answers of a folder say them."""
    from supplier_eval.risk.answer_words import SAY

    return "\n".join(SAY[question](found, lang))
