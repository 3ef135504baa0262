"""One type per id: across a wall an id is passed, and the wrong one must not fit."""

from __future__ import annotations

from typing import NewType

PersonId = NewType("PersonId", int)
UserId = NewType("UserId", int)
AssessmentId = NewType("AssessmentId", int)
DecisionId = NewType("DecisionId", int)
SweepId = NewType("SweepId", int)
RevisionId = NewType("RevisionId", int)
RehearsalId = NewType("RehearsalId", int)
LeadId = NewType("LeadId", int)

Division = NewType("Division", str)
"""Twelve digits of a statistical division code, as text."""
