"""How the documentation site is built: ``python -m sphinx -W -b html docs out/site`` (extra ``[docs]``)."""

from __future__ import annotations

import importlib.util
import sys
import tomllib
from pathlib import Path

import supplier_eval

sys.path.insert(0, str(Path(__file__).parent))  # mathml.py, site_words.py

DECLARED = tomllib.loads((Path(__file__).parents[1] / "pyproject.toml").read_text(encoding="utf-8"))["project"]

project = DECLARED["name"]
version = release = supplier_eval.__version__
author = copyright = "supplier_eval"
language = "en"

extensions = [
    "myst_parser",
    "site_words",
    "numpydoc",
    "sphinx.ext.autodoc",
    "sphinx.ext.autosummary",
    "sphinx.ext.doctest",
    # formulas that need no network; without the package they are left to MathJax, which does
    "mathml" if importlib.util.find_spec("latex2mathml") else "sphinx.ext.mathjax",
]
html_math_renderer = extensions[-1].removeprefix("sphinx.ext.")
source_suffix = {".md": "markdown", ".rst": "restructuredtext"}
myst_enable_extensions = ["dollarmath", "deflist"]
myst_heading_anchors = 3
suppress_warnings = ["misc.highlighting_failure"]  # tables in CSV have no lexer

autodoc_typehints = "none"  # numpydoc says them
autosummary_generate = True
autosummary_ignore_module_all = False
autosummary_imported_members = True
numpydoc_show_class_members = False
numpydoc_xref_param_type = False

doctest_global_setup = "import supplier_eval as se"

html_theme = "furo"
html_title = "supplier_eval"
html_static_path = ["_static"]
html_css_files = ["site.css"]
html_show_sphinx = False
html_copy_source = False
exclude_patterns = ["_build"]
