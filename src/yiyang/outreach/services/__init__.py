"""Leads: opened and closed by what the law finds, taken and worked by people."""

from yiyang.outreach.services.finding import note_request, refresh_leads, sync_with_sweep
from yiyang.outreach.services.reaching import Attempt, give_back, record_attempt, take_leads

__all__ = [
    "Attempt",
    "give_back",
    "note_request",
    "record_attempt",
    "refresh_leads",
    "sync_with_sweep",
    "take_leads",
]
