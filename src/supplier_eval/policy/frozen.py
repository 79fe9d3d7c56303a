"""A dictionary that cannot be changed, so that a published policy cannot change under its fingerprint."""

from __future__ import annotations

from typing import Any, NoReturn, TypeVar

K = TypeVar("K")
V = TypeVar("V")


class FrozenDict(dict[K, V]):
    """A dictionary that is read, copied and pickled like any other, and refuses every change."""

    def _refuse(self, *_: object, **__: object) -> NoReturn:
        raise TypeError("a policy does not change; give `replace` the new figures")

    __setitem__ = _refuse
    __delitem__ = _refuse
    __ior__ = _refuse
    clear = _refuse
    pop = _refuse
    popitem = _refuse
    setdefault = _refuse
    update = _refuse

    def __reduce__(self) -> tuple[Any, ...]:
        return (type(self), (dict(self),))
