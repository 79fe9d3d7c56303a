"""``python -m supplier_eval.cli``."""

from __future__ import annotations

import sys

from supplier_eval.cli.commands import main

if __name__ == "__main__":
    sys.exit(main())
