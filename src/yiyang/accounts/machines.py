"""Systems of other departments and providers: what their keys may be good for, and how long."""

from __future__ import annotations

from datetime import timedelta

RIGHTS: dict[str, str] = {
    "find_people": "finds the reference of a person by ID number, in the body, never in an address",
    "read_people": "reads what stands decided for a person of the branch, by reference",
    "read_decisions": "reads every new decision of the branch",
    "send_facts": "sends what its office knows of people",
    "send_receipts": "sends what its office pays",
}

LONGEST_DAYS = 366
SKEW = timedelta(seconds=300)
NONCE_KEPT = timedelta(seconds=660)  # longer than a time stamp can be good for, both ways
REQUESTS_A_MINUTE, BURST = 600, 120
STRANGERS_A_MINUTE, STRANGER_BURST = 60, 30
LOOKUPS_A_MINUTE = 30
