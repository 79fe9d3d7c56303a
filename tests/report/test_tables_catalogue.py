from __future__ import annotations

from supplier_eval.messages import LANGS
from supplier_eval.registry.catalogue import kinds, life_cycles
from supplier_eval.report import tables_catalogue as module


def test_every_kind_field_and_move_is_listed():
    for lang in LANGS:
        assert len(module.kinds_table(lang).rows) == len(kinds())
        assert len(module.fields_table(kinds()["contract"], lang).rows) == len(kinds()["contract"].model_fields)
    moves = module.moves_table("supplier", "en").rows
    assert moves[0][:3] == ("add", "–", "candidate")
    assert len(moves) == len(life_cycles()["supplier"].moves)
