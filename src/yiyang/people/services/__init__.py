"""What may be done to a person's record; each act is one transaction."""

from yiyang.people.services.changing import move_person, record_death, record_facts
from yiyang.people.services.enrolling import (
    Arrival,
    Correction,
    Word,
    correct_many,
    enrol_many,
    record_many,
    tell_many_changed,
)
from yiyang.people.services.entering import accounts_of_phone
from yiyang.people.services.loading import Loaded, load_people
from yiyang.people.services.revealing import NothingThere, Revealed, reveal

__all__ = [
    "Arrival",
    "Correction",
    "Loaded",
    "NothingThere",
    "Revealed",
    "Word",
    "accounts_of_phone",
    "correct_many",
    "enrol_many",
    "load_people",
    "move_person",
    "record_death",
    "record_facts",
    "record_many",
    "reveal",
    "tell_many_changed",
]
