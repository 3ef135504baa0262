from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import connection
from django.db.models import Count, Max, QuerySet
from django.utils.timezone import get_default_timezone

from yiyang.base.actors import Actor
from yiyang.engine.errors import Missing
from yiyang.exchange.choices import BatchState, RowState, TicketState
from yiyang.exchange.models import Batch, Feed, Rejection, Row, Ticket


class NoSuchBatch(Missing):
    code = "exchange.no_such_batch"


class NoSuchTicket(Missing):
    code = "exchange.no_such_ticket"


def batches_in(prefix: str) -> QuerySet[Batch]:
    """Files of a branch, newest first; the feed comes along."""
    found = Batch.objects.filter(division__gte=prefix, division__lt=prefix + "~")
    return found.select_related("feed").order_by("-uploaded_at", "-pk")


def last_arrivals(prefix: str) -> dict[str, datetime]:
    """By source: when its last file for a branch was let in."""
    merged = Batch.objects.filter(state=BatchState.DONE, finished_at__isnull=False)
    here = merged.filter(division__gte=prefix, division__lt=prefix + "~")
    return dict(here.values_list("source").annotate(last=Max("finished_at")))


def to_decide_in(prefix: str) -> QuerySet[Batch]:
    """Files that wait for the second person, oldest first."""
    return batches_in(prefix).filter(state=BatchState.CHECKED).order_by("uploaded_at", "pk")


@dataclass(frozen=True)
class Waiting:
    """What waits in a branch: files for a second person, questions, departments that are late."""

    files: int = 0
    tickets: int = 0
    late: int = 0
    latest: str = ""  # title of the feed that is latest
    latest_due: date | None = None


WAITING = """
SELECT (SELECT count(*) FROM exchange_batch b
         WHERE b.division >= %(lo)s AND b.division < %(hi)s AND b.state = 'CHECKED'
           AND b.uploaded_by_id IS DISTINCT FROM %(user)s),
       (SELECT count(*) FROM exchange_ticket t
         WHERE t.division >= %(lo)s AND t.division < %(hi)s AND t.state = 'OPEN'),
       count(*), (array_agg(f.title ORDER BY f.due, f.title))[1], min(f.due)
  FROM (SELECT title, (coalesce(last_arrived_at, made_at) AT TIME ZONE %(zone)s)::date
                      + every_days + grace_days AS due
          FROM exchange_feed WHERE active AND division >= %(lo)s AND division < %(hi)s) f
 WHERE f.due < %(today)s"""


def waiting_for(actor: Actor, today: date) -> Waiting:
    """What of it waits for this person; one statement."""
    if not actor.may("view_imports"):
        return Waiting()
    asked = {"lo": actor.prefix, "hi": actor.prefix + "~", "user": actor.user_id, "today": today}
    with connection.cursor() as cursor:
        cursor.execute(WAITING, {**asked, "zone": str(get_default_timezone())})
        files, tickets, late, latest, due = cursor.fetchone()
    return Waiting(
        files if actor.may("approve_import") else 0,
        tickets if actor.may("settle_imports") else 0,
        late,
        latest or "",
        due,
    )


def batch_of(code: UUID) -> Batch:
    """Raises NoSuchBatch: absent, or outside the scope: the two look alike."""
    found = Batch.objects.select_related("feed").filter(code=code).first()
    if found is None:
        raise NoSuchBatch(f"no batch {code} here")
    return found


def batch(batch_id: int) -> Batch:
    """The same by id."""
    found = Batch.objects.select_related("feed").filter(pk=batch_id).first()
    if found is None:
        raise NoSuchBatch(f"no batch {batch_id} here")
    return found


def rejections_of(batch_id: int) -> QuerySet[Rejection]:
    """Why lines were not taken, in the order of the file."""
    return Rejection.objects.filter(batch_id=batch_id).order_by("line", "pk")


def reasons_of(batch_id: int) -> list[tuple[str, str, int]]:
    """Field, reason and how many lines, the most frequent first."""
    found = Rejection.objects.filter(batch_id=batch_id).values_list("field", "reason")
    counted = found.annotate(n=Count("line", distinct=True)).order_by("-n", "field", "reason")
    return [(field, reason, n) for field, reason, n in counted]


def rejected_rows(batch_id: int) -> QuerySet[Row]:
    """Lines that go back, in the order of the file."""
    return Row.objects.filter(batch_id=batch_id, state=RowState.REJECTED).order_by("line")


def first_rows(batch_id: int, acts: Sequence[str], limit: int) -> list[Row]:
    """The first lines that would add or change something."""
    found = Row.objects.filter(batch_id=batch_id, state=RowState.READY, act__in=acts).order_by("line")
    return list(found[:limit])


def tickets_in(prefix: str) -> QuerySet[Ticket]:
    """Open questions of a branch, oldest first; the batch comes along."""
    found = Ticket.objects.filter(division__gte=prefix, division__lt=prefix + "~", state=TicketState.OPEN)
    return found.select_related("batch").order_by("opened_at", "pk")


def ticket_of(code: UUID) -> Ticket:
    """Raises NoSuchTicket."""
    found = Ticket.objects.select_related("batch").filter(code=code).first()
    if found is None:
        raise NoSuchTicket(f"no ticket {code} here")
    return found


def row_at(batch_id: int, line: int) -> Row:
    """One line of a file."""
    return Row.objects.get(batch_id=batch_id, line=line)


def feeds_in(prefix: str) -> QuerySet[Feed]:
    """Departments that send files of this branch again and again, by title."""
    found = Feed.objects.filter(division__gte=prefix, division__lt=prefix + "~", active=True)
    return found.order_by("title", "pk")


def feeds_everywhere() -> QuerySet[Feed]:
    """All that are active and that the scope shows, by name."""
    return Feed.objects.filter(active=True).order_by("name")


def due_of(feed: Feed) -> date:
    """The last day on which the next file is not late."""
    since = feed.last_arrived_at or feed.made_at
    return since.astimezone(get_default_timezone()).date() + timedelta(days=feed.every_days + feed.grace_days)
