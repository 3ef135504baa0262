"""Leads: opened and closed by what the law finds, taken and worked by people."""

from yiyang.outreach.services.finding import (
    close_all,
    drop_request,
    move_leads,
    note_request,
    refresh_leads,
    sync_with_sweep,
)
from yiyang.outreach.services.merging import follow_merge, follow_unmerge
from yiyang.outreach.services.pausing import keep_paused, pause_leads, resume_leads
from yiyang.outreach.services.reaching import Attempt, give_back, record_attempt, take_leads

__all__ = [
    "Attempt",
    "close_all",
    "drop_request",
    "follow_merge",
    "follow_unmerge",
    "give_back",
    "keep_paused",
    "move_leads",
    "note_request",
    "pause_leads",
    "record_attempt",
    "refresh_leads",
    "resume_leads",
    "sync_with_sweep",
    "take_leads",
]
