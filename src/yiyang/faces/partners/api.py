"""The interface for other systems. Each operation: one right, one service, one answer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Annotated
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from ninja import Header, NinjaAPI, Path, Query
from ninja.errors import HttpError, ValidationError

from yiyang.accounts.services import machines as keys
from yiyang.base.actors import Actor
from yiyang.base.ids import PersonId
from yiyang.base.log import audit
from yiyang.engine import identifying
from yiyang.engine.errors import HouseError, Refused
from yiyang.entitlements import selectors as entitlements
from yiyang.entitlements.choices import Status
from yiyang.entitlements.selectors import feeding
from yiyang.exchange.services import telling
from yiyang.exchange.services.telling import Outcome, ToldFacts, ToldReceipt
from yiyang.faces.partners import problems, schemas
from yiyang.people import selectors as people
from yiyang.people.choices import Source

FACE = "api"
MOST_DECISIONS = 500

api = NinjaAPI(
    title="yiyang",
    version="1",
    description="For systems of other departments and providers. Every request is signed.",
    docs_url=None,
    openapi_url=None,
    urls_namespace="partners",
)
api.exception_handler(HouseError)(problems.of_house)
api.exception_handler(ValidationError)(problems.of_content)
api.exception_handler(HttpError)(problems.of_request)


class Signed(HttpRequest):
    """A request that has passed the door."""

    actor: Actor
    source: str


RequestKey = Annotated[
    str,
    Header(
        alias="Idempotency-Key",
        pattern="^[A-Za-z0-9_.:-]{8,64}$",
        description="chosen by you, once a request",
    ),
]


@api.post("/people/find", response=schemas.FoundOut, operation_id="find_person", tags=["find_people"])
def find_person(request: Signed, content: schemas.FindIn) -> dict[str, UUID]:
    """The reference of a living person of your branch, by ID number."""
    now = timezone.localtime()
    try:
        number = identifying.read_id(content.id_number).number
    except Refused:
        raise people.NoSuchPerson("no person of this number: its check character does not fit") from None
    found = people.search(number, request.actor.scope)
    audit.record(
        actor=request.actor,
        action="searched",
        now=now,
        face=FACE,
        division=found[0].division if found else "",
        detail={"by": "id_number", "found": len(found)},
    )
    if not found:
        raise people.NoSuchPerson("no person of this number in this branch")
    return {"person": found[0].code}


@api.get("/people/{person}", response=schemas.PersonOut, operation_id="read_person", tags=["read_people"])
def read_person(request: Signed, person: Annotated[UUID, Path()]) -> dict[str, object]:
    """What stands decided for one person of your branch today."""
    found = people.person_of(person)
    audit.record(
        actor=request.actor, action="read", now=timezone.localtime(), face=FACE, subject=("person", found.pk),
        division=found.division,
    )  # fmt: skip
    standings = entitlements.standings_of(PersonId(found.pk))
    return {
        "person": found.code,
        "name": identifying.masked_name(found.name),
        "birth_year": found.born_on.year,
        "division": found.division,
        "alive": found.died_on is None,
        "standings": [
            {
                "benefit": one.benefit,
                "status": Status(one.status).name.lower(),
                "amount": one.amount,
                "since": one.since,
                "receives": one.receives,
            }
            for one in standings
        ],
    }


@api.get("/decisions", response=schemas.DecisionsOut, operation_id="list_decisions", tags=["read_decisions"])
def list_decisions(
    request: Signed,
    after: Annotated[str, Query(pattern="^d[0-9]{1,18}$")] = "d0",
    limit: Annotated[int, Query(ge=1, le=MOST_DECISIONS)] = 100,
    benefit: Annotated[str, Query(pattern="^[a-z][a-z_]{0,59}$")] | None = None,
) -> dict[str, object]:
    """New decisions of your branch in the order they were made; none is ever missed, none comes twice."""
    page = feeding.decisions_after(int(after[1:]), limit=limit, benefit=benefit or "")
    audit.record(
        actor=request.actor, action="decisions_read", now=timezone.localtime(), face=FACE,
        division=request.actor.prefix.ljust(12, "0"), detail={"decisions": len(page.rows)},
    )  # fmt: skip
    items = [
        {
            "id": row.pk,
            "person": row.person.code,
            "benefit": row.benefit,
            "division": row.division,
            "status": Status(row.status).name.lower(),
            "amount": row.amount,
            "as_of": row.as_of,
            "starts_on": row.starts_on,
            "ends_on": row.ends_on,
            "decided_at": row.decided_at,
            "supersedes": row.supersedes_id,
        }
        for row in page.rows
    ]
    return {"items": items, "next": f"d{page.last}", "complete": page.complete}


@api.post("/facts", response=schemas.OutcomesOut, operation_id="send_facts", tags=["send_facts"])
def send_facts(request: Signed, content: schemas.ManyFacts, request_key: RequestKey) -> object:
    """What your office knows: each item is taken, unchanged or refused with its reason; good ones go in."""
    items = [ToldFacts(one.person, dict(one.facts), one.valid_from) for one in content.items]
    return _once(
        request,
        request_key,
        lambda now: telling.take_facts(
            actor=request.actor, items=items, source=Source(request.source), now=now
        ),
    )


@api.post("/receipts", response=schemas.OutcomesOut, operation_id="send_receipts", tags=["send_receipts"])
def send_receipts(request: Signed, content: schemas.ManyReceipts, request_key: RequestKey) -> object:
    """What your office pays. The same person, benefit and first day again changes that receipt."""
    items = [
        ToldReceipt(one.person, one.benefit, one.since, one.until, one.amount_fen) for one in content.items
    ]
    return _once(
        request,
        request_key,
        lambda now: telling.take_receipts(
            actor=request.actor, items=items, source=Source(request.source), now=now
        ),
    )


def _once(request: Signed, request_key: str, act: Callable[..., Sequence[Outcome]]) -> object:
    """The same request again is answered as the first time, and does nothing."""
    now = timezone.localtime()
    content = f"{request.method}\n{request.path}\n".encode() + request.body
    earlier = keys.earlier_answer(actor=request.actor, request_key=request_key, content=content, now=now)
    if earlier is not None:
        return earlier
    outcomes = act(now)
    answer = _told(outcomes)
    keys.keep_answer(actor=request.actor, request_key=request_key, answer=answer)
    return answer


def _told(outcomes: Sequence[Outcome]) -> dict[str, object]:
    states = [one.state for one in outcomes]
    counts = {state: states.count(state) for state in ("taken", "unchanged", "refused")}
    items = [
        {"item": n, "state": one.state, "code": one.code, "reason": one.reason}
        for n, one in enumerate(outcomes)
    ]
    return {**counts, "items": items}
