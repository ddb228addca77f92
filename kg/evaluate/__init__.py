"""Figures against gold annotations."""

from kg.evaluate.figures import Error, Evaluation, Figure, compare, evaluate
from kg.evaluate.gold import read_gold, read_groups
from kg.evaluate.sentences import Sentences
from kg.evaluate.statements import LEVELS

__all__ = ["LEVELS", "Error", "Evaluation", "Figure", "Sentences", "compare", "evaluate", "read_gold", "read_groups"]
