"""What may be done to a person's record; each act is one transaction."""

from yiyang.people.services.changing import move_person, record_facts
from yiyang.people.services.duplicates import Found, decide_duplicate, find_among, find_for, find_in_branch
from yiyang.people.services.dying import (
    DeathWord,
    confirm_death,
    correct_death,
    record_death,
    refute_death,
    report_death,
)
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
from yiyang.people.services.mandating import (
    Helper,
    end_expired_mandates,
    end_mandate,
    give_mandate,
    give_mandate_by_code,
    send_mandate_code,
)
from yiyang.people.services.merging import (
    aside_of,
    confirm_merge,
    merge_people,
    set_aside,
    unmerge_people,
    withdraw_merge,
)
from yiyang.people.services.moving import answer_move, ask_to_move, withdraw_move
from yiyang.people.services.registering import Newcomer, register_person, search_people
from yiyang.people.services.revealing import NothingThere, Revealed, reveal
from yiyang.people.services.staying import Admission, begin_stay, end_stay
from yiyang.people.services.telling import tell

__all__ = [
    "Admission",
    "Arrival",
    "Correction",
    "DeathWord",
    "Found",
    "Helper",
    "Loaded",
    "Newcomer",
    "NothingThere",
    "Revealed",
    "Word",
    "accounts_of_phone",
    "answer_move",
    "aside_of",
    "ask_to_move",
    "begin_stay",
    "confirm_death",
    "confirm_merge",
    "correct_death",
    "correct_many",
    "decide_duplicate",
    "end_expired_mandates",
    "end_mandate",
    "end_stay",
    "enrol_many",
    "find_among",
    "find_for",
    "find_in_branch",
    "give_mandate",
    "give_mandate_by_code",
    "load_people",
    "merge_people",
    "move_person",
    "record_death",
    "record_facts",
    "record_many",
    "refute_death",
    "register_person",
    "report_death",
    "reveal",
    "search_people",
    "send_mandate_code",
    "set_aside",
    "tell",
    "tell_many_changed",
    "unmerge_people",
    "withdraw_merge",
    "withdraw_move",
]
