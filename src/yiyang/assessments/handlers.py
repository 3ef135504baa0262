"""An assessment that is being filled in follows the person; a settled one keeps its id."""

from __future__ import annotations

from yiyang.assessments import services
from yiyang.base.ids import PersonId
from yiyang.base.outbox import hears
from yiyang.people.events import PeopleMerged, PeopleUnmerged


@hears(PeopleMerged)
def hand_the_open_assessment_over(event: PeopleMerged) -> None:
    services.follow_merge(
        merge_id=event.merge_id,
        survivor_id=PersonId(event.survivor_id),
        other_id=PersonId(event.other_id),
    )


@hears(PeopleUnmerged)
def hand_the_open_assessment_back(event: PeopleUnmerged) -> None:
    services.follow_unmerge(merge_id=event.merge_id, other_id=PersonId(event.other_id))
