"""Labels of charts, pages, letters and workbooks in English and Chinese; one TOML file a language.

A file is a table of tables; the key ``rank`` in ``[column]`` is read as ``column.rank``. Both files hold the same
keys. The words of findings, flags and reasons stand in ``messages``, because they are said without any report too.
"""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Iterator, Mapping
from importlib import resources
from types import MappingProxyType
from typing import Any

from supplier_eval.messages import Lang, known_language


@functools.cache
def words(lang: Lang) -> Mapping[str, str]:
    """All labels of one language.

    Parameters
    ----------
    lang : {"en", "zh"}
        Language.

    Returns
    -------
    mapping of str to str
        Key → label; some labels hold {placeholders}.

    Raises
    ------
    UnknownLanguageError
        If there is no such language.
    """
    text = resources.files(__name__).joinpath(f"{known_language(lang)}.toml").read_text(encoding="utf-8")
    return MappingProxyType(dict(_flat(tomllib.loads(text))))


def _flat(table: Mapping[str, Any], above: str = "") -> Iterator[tuple[str, str]]:
    """Keys with the names of their tables in front."""
    for key, entry in table.items():
        if isinstance(entry, Mapping):
            yield from _flat(entry, f"{above}{key}.")
        else:
            yield f"{above}{key}", str(entry)
