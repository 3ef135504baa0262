"""Send a message, carry it out, hear what became of it."""

from yiyang.notices.services.codes import send_code
from yiyang.notices.services.delivering import deliver_due, deliver_one, fetch_reports, note_report
from yiyang.notices.services.sending import Address, note_read, send

__all__ = [
    "Address",
    "deliver_due",
    "deliver_one",
    "fetch_reports",
    "note_read",
    "note_report",
    "send",
    "send_code",
]
