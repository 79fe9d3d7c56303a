"""``python -m supplier_eval``: the command line where its script is not on the path."""

from __future__ import annotations

import sys

from supplier_eval.cli import main

if __name__ == "__main__":
    sys.exit(main())
