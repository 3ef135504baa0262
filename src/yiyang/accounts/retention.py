from __future__ import annotations

from yiyang.base.retaining import Entry, Then, kept
from yiyang.base.scoping import Role

ENTRIES = (
    kept("accounts.User", "who acted stays known; an account is closed, not removed"),
    kept("accounts.Duty", "who might do what, where and when"),
    Entry(
        "accounts.SignInCode", Then.DELETE, "a code counts for a day", days=2, since="sent_at", role=Role.NONE
    ),
    Entry(
        "accounts.Session", Then.DELETE, "who was signed in where", days=200, since="seen_at", role=Role.NONE
    ),
    Entry("accounts.Lock", Then.DELETE, "failures of a login", days=2, since="last_at", role=Role.NONE),
    kept("accounts.Totp", "as long as the account uses it; its holder removes it"),
    kept("accounts.Passkey", "as long as the account uses it; its holder removes it"),
    kept("accounts.RecoveryCode", "as long as the account uses it; a new set replaces it"),
    kept("accounts.MachineKey", "which system might do what, where and when"),
    Entry(
        "accounts.MachineNonce",
        Then.DELETE,
        "requests already heard",
        days=1,
        since="seen_at",
        role=Role.NONE,
    ),
    Entry(
        "accounts.MachineAnswer",
        Then.DELETE,
        "answers for whoever asks the same again",
        days=7,
        since="asked_at",
        role=Role.NONE,
    ),
    kept("accounts.Mandate", "who acted for whom, and by what: evidence of every act done in her name"),
)
