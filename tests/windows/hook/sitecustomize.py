"""Found by every Python process of the simulation, before anything else is imported."""

import importlib.util
import os
from pathlib import Path

if os.environ.get("COGOV_TEST_WINDOWS") == "1":
    found = importlib.util.spec_from_file_location("windows_rules", Path(__file__).parents[1] / "rules.py")
    assert found is not None
    assert found.loader is not None
    rules = importlib.util.module_from_spec(found)
    found.loader.exec_module(rules)
    rules.apply()
