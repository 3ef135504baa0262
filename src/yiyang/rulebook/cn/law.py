"""The ruleset with every benefit declared: what the policies room opens."""

from __future__ import annotations

from .benefits import allowances, basic_list, health, services
from .facts import rules

# Importing a module of benefits declares its rules; the names are kept so that none is left out unseen.
DECLARED = (allowances, services, health, basic_list)

__all__ = ["DECLARED", "rules"]
