from __future__ import annotations

from django.db.models import Q

from yiyang.base.retaining import Entry, Then, kept
from yiyang.people.models import GONE
from yiyang.people.services.forgetting import pseudonymise_dead

TEN_YEARS = 3653

ENTRIES = (
    Entry(
        "people.Person",
        Then.PSEUDONYMISE,
        "names and numbers go; what was paid keeps its row",
        days=TEN_YEARS,
        since="died_on",
        where=~Q(name=GONE),
        act=pseudonymise_dead,
    ),
    kept("people.Fact", "append-only; without the person's name it names nobody"),
    kept("people.Duplicate", "ids, weights, and the answer of whoever looked"),
    kept("people.Merge", "what taking a merge back needs; no name, no number"),
    kept("people.DeathReport", "the ground on which payments ended"),
    kept("people.Stay", "dated facts, like people.Fact"),
    kept("people.Move", "who handed whom over; a masked name and a year of birth"),
    kept("people.State", "a projection of the living; it goes with the death"),
    Entry(
        "people.RightsCase",
        Then.PSEUDONYMISE,
        "the answer stays, the copy that was made goes",
        days=92,
        since="answered_at",
        blanks={"file": None},
    ),
    kept("people.Consent", "what was agreed to and when it was taken back"),
    kept("people.ImpactNote", "who weighed what; no personal data of an older person"),
)
