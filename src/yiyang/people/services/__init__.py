"""What may be done to a person's record; each act is one transaction."""

from yiyang.people.services.changing import move_person, record_death, record_facts
from yiyang.people.services.entering import accounts_of_phone
from yiyang.people.services.loading import Loaded, load_people

__all__ = ["Loaded", "accounts_of_phone", "load_people", "move_person", "record_death", "record_facts"]
