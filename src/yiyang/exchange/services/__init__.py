"""What may be done with a file; each act is one transaction, merging is one a chunk."""

from yiyang.exchange.services.deciding import approve_batch, decline_batch
from yiyang.exchange.services.feeding import Taken, agree_feed, take_from_inbox
from yiyang.exchange.services.merging import try_batch
from yiyang.exchange.services.receiving import Received, Upload, receive_file
from yiyang.exchange.services.settling import settle_ticket
from yiyang.exchange.services.working import work_on, work_on_next

__all__ = [
    "Received",
    "Taken",
    "Upload",
    "agree_feed",
    "approve_batch",
    "decline_batch",
    "receive_file",
    "settle_ticket",
    "take_from_inbox",
    "try_batch",
    "work_on",
    "work_on_next",
]
