"""The command line ``supplier-eval``: reads arguments, calls one function, prints; no arithmetic.

Exit 0 done (an answer that says no is done too), 1 refused input (findings on stderr), 2 usage. With
``--format json`` stdout holds one JSON document and nothing else.
"""

from __future__ import annotations

from supplier_eval.cli.commands import app, main

__all__ = ["app", "main"]
