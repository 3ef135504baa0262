"""Leads: opened and closed by what the law finds, taken and worked by people."""

from yiyang.outreach.services.finding import (
    close_all,
    drop_request,
    move_leads,
    note_request,
    refresh_leads,
    sync_with_sweep,
)
from yiyang.outreach.services.reaching import Attempt, give_back, record_attempt, take_leads

__all__ = [
    "Attempt",
    "close_all",
    "drop_request",
    "give_back",
    "move_leads",
    "note_request",
    "record_attempt",
    "refresh_leads",
    "sync_with_sweep",
    "take_leads",
]
