"""The commands there are, the module of each, and its help, which is the module's docstring."""

import ast
import importlib.util

COMMANDS = (
    "import",
    "run",
    "compare",
    "sweep",
    "staffing",
    "backtest",
    "sensitivity",
    "attribute",
    "discover",
    "calibrate",
    "what-if",
    "province",
    "validate",
    "report",
    "store",
    "reproduce",
    "dashboard",
    "explain",
    "completion",
)

#: Commands whose module cannot have their name.
MODULES = {"import": "import_file"}


def module_name(package: str, name: str) -> str:
    """Return the full name of a command's module in the package of all."""
    return f"{package}.{MODULES.get(name, name.replace('-', '_'))}"


def help_of(package: str, name: str) -> str:
    """Return the docstring of a command, read from its file: importing takes all that it works with."""
    found = importlib.util.find_spec(module_name(package, name))
    loader = found.loader if found is not None else None
    # `importlib.abc` would say more of a loader, and takes longer to import than all else that help needs.
    get_source = getattr(loader, "get_source", None)
    source = get_source(found.name) if get_source is not None and found is not None else None
    return ast.get_docstring(ast.parse(source), clean=False) or "" if source is not None else ""
