"""Units that must not be mixed up."""

from __future__ import annotations

from typing import NewType

Fen = NewType("Fen", int)
"""Money, one hundredth of a yuan, always whole."""

Metres = NewType("Metres", int)
"""Distance on the ground, whole metres."""
