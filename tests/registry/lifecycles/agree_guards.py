"""Write `move_guards.toml` anew from the declarations, after a move was given another guard; read it before it is kept.

python tests/registry/lifecycles/agree_guards.py
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path

from supplier_eval.registry.catalogue import life_cycles
from supplier_eval.registry.lifecycle import LifeCycle

TABLE = Path(__file__).parent / "move_guards.toml"
HEAD = """\
# What each move asks, as it was agreed: kind, then "state event" with the codes of its guards ("-" is the state before
# a record exists, "*" any state). Whoever takes a guard from a move, or adds one, writes this table anew
# (agree_guards.py) and says why.
"""
WIDTH = 118


def asked(cycle: LifeCycle) -> Mapping[str, list[str]]:
    """State and event of each move that has guards -> their codes without the kind."""
    guards = {f"{move.source or '-'} {move.event}": move.guards for move in cycle.moves} | {"* edit": cycle.edit_guards}
    return {
        move: sorted(guard.code.removeprefix(f"{cycle.kind}.") for guard in given)
        for move, given in guards.items()
        if given
    }


def told() -> Iterator[str]:
    """The lines of the table."""
    yield HEAD
    for kind, cycle in life_cycles().items():
        yield f"[{kind}]"
        for move, codes in asked(cycle).items():
            line = f'"{move}" = {json.dumps(codes)}'
            yield line if len(line) <= WIDTH else "\n".join([f'"{move}" = [', *(f'  "{c}",' for c in codes), "]"])
        yield ""


if __name__ == "__main__":
    TABLE.write_text("\n".join(told()).rstrip() + "\n", encoding="utf-8")
