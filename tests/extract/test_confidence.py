"""The table of rule precision is what its script counts today."""

import importlib.util
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_the_table_is_current():
    spec = importlib.util.spec_from_file_location("rule_precision", ROOT / "benchmarks" / "rule_precision.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    assert module.TABLE.read_text(encoding="utf-8") == module.written(module.counted()), "run python benchmarks/rule_precision.py"
