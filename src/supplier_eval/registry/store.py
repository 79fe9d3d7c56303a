"""The store: opened by URL, written through life cycles, every change in one transaction with its line of audit."""

from __future__ import annotations


class Registry:
    """Opened by URL; grows in the files beside this one."""
