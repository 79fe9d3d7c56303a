"""Nothing that a library prints below Python reaches standard output; what comes after does."""

from __future__ import annotations

import os

from supplier_eval.award.quiet import quiet


def test_what_is_written_below_python_is_swallowed_and_output_comes_back(capfd):
    with quiet():
        os.write(1, b"noise\n")
    os.write(1, b"said\n")
    assert capfd.readouterr().out == "said\n"


def test_output_comes_back_after_a_failure(capfd):
    try:
        with quiet():
            raise ValueError("stop")
    except ValueError:
        print("said", flush=True)
    assert capfd.readouterr().out == "said\n"
