"""One batch at a time in a folder."""

from __future__ import annotations

import subprocess
import sys

import pytest

from supplier_eval.batch.target_lock import NAME, held
from supplier_eval.errors import InvalidInput

CHILD = """
import sys, time, pathlib
from supplier_eval.batch.target_lock import held
with held(pathlib.Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(60)
"""


def test_a_second_batch_is_refused_and_a_killed_one_blocks_nobody(tmp_path):
    child = subprocess.Popen([sys.executable, "-c", CHILD, str(tmp_path)], stdout=subprocess.PIPE, text=True)
    with child:
        assert child.stdout.readline() == "held\n"
        with pytest.raises(InvalidInput, match="another batch is writing"), held(tmp_path):
            pass
        child.kill()
        child.wait()
    assert (tmp_path / NAME).exists()
    with held(tmp_path):
        pass


def test_the_lock_is_free_after_the_work(tmp_path):
    worked = []
    for turn in range(2):
        with held(tmp_path):
            worked.append(turn)
            with pytest.raises(InvalidInput, match="another batch is writing"), held(tmp_path):
                worked.append("twice")
    assert worked == [0, 1]
