"""Figures against gold annotations."""

from kg.evaluate.figures import LEVELS, Figure, evaluate
from kg.evaluate.gold import read_gold

__all__ = ["LEVELS", "Figure", "evaluate", "read_gold"]
