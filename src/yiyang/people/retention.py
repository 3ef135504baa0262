from __future__ import annotations

from django.db.models import Q

from yiyang.base.retaining import Entry, Then, kept
from yiyang.people.models import GONE
from yiyang.people.services.forgetting import pseudonymise_dead

TEN_YEARS = 3653

ENTRIES = (
    Entry(
        "people.Person", Then.PSEUDONYMISE, "names and numbers go; what was paid keeps its row",
        days=TEN_YEARS, since="died_on", where=~Q(name=GONE), act=pseudonymise_dead,
    ),
    kept("people.Fact", "append-only; without the person's name it names nobody"),
    kept("people.State", "a projection of the living; it goes with the death"),
)  # fmt: skip
