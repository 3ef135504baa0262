"""Which records are likely one person: declared rules, run on columns, never every record with every other.

``rules`` says what is compared and what it weighs, ``preparing`` makes the columns that are compared,
``pairing`` finds and weighs the pairs. Nothing is decided here: a verdict is a reason to look.
"""

from yiyang.engine.linking.pairing import LeftOut, left_out, link
from yiyang.engine.linking.rules import RULES, Block, Comparison, Level, Rules

__all__ = ["RULES", "Block", "Comparison", "LeftOut", "Level", "Rules", "left_out", "link"]
