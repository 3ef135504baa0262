from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from yiyang.accounts.choices import UserKind
from yiyang.accounts.duties import DUTIES
from yiyang.accounts.models import Duty, MachineKey, Mandate, User
from yiyang.base.actors import Actor, ActorKind, Mandated
from yiyang.base.ids import PersonId, UserId
from yiyang.base.keys import sealing
from yiyang.engine.errors import Missing


@dataclass(frozen=True)
class Held:
    """One duty as it stands on a day."""

    id: int
    duty: str
    title: str
    prefix: str
    home: str


def duties_of(user_id: UserId, *, on: date) -> list[Held]:
    """Duties in force on the day, oldest first; an unknown duty class gives no right."""
    rows = Duty.objects.filter(user_id=user_id, since__lte=on, until__gt=on).order_by("since", "pk")
    known = [(row, DUTIES[row.duty]) for row in rows if row.duty in DUTIES]
    return [Held(row.pk, row.duty, duty.title, row.prefix, duty.home) for row, duty in known]


class NoSuchMandate(Missing):
    code = "accounts.no_such_mandate"


def actor_of(user: User, *, on: date, duty_id: int | None = None, acting_for: int | None = None) -> Actor:
    """The actor behind a signed-in user: the chosen duty, else the first; without a duty, no place.

    A chosen duty that is not held any more is no duty: nobody acts under another one unasked.

    Args:
        acting_for: the person chosen by somebody who may act for several.
    """
    user_id = UserId(user.pk)
    if user.kind != UserKind.STAFF:
        return _speaker_of(user, on=on, chosen=acting_for)
    held = duties_of(user_id, on=on)
    chosen = next((h for h in held if duty_id in (None, h.id)), None)
    if chosen is None:
        return Actor(ActorKind.STAFF, user_id, user.name)
    rights = DUTIES[chosen.duty].rights
    return Actor(ActorKind.STAFF, user_id, user.name, chosen.duty, rights, chosen.prefix)


def colleague_with(login: str, right: str, *, prefix: str, on: date) -> Actor | None:
    """The actor behind a login under the duty that gives a right for a place: for commands."""
    user = User.objects.filter(login=login, kind=UserKind.STAFF, is_active=True).first()
    for held in duties_of(UserId(user.pk), on=on) if user is not None else ():
        if right in DUTIES[held.duty].rights and prefix.startswith(held.prefix):
            assert user is not None
            return actor_of(user, on=on, duty_id=held.id)
    return None


def _speaker_of(user: User, *, on: date, chosen: int | None) -> Actor:
    """Herself and those whose living mandate she holds; what has ended is no longer there at this request."""
    own = None if user.person_id is None else PersonId(user.person_id)
    mandates = tuple(
        Mandated(one.code, PersonId(one.person_id), frozenset(one.rights), one.ends_on)
        for one in Mandate.objects.filter(holder=user, ended_at=None, ends_on__gte=on)
        .only("code", "person_id", "rights", "ends_on")  # all that the login may read
        .order_by("pk")
        if one.person_id != own
    )
    speaks_for = frozenset({one.person_id for one in mandates} | ({own} if own is not None else set()))
    only = next(iter(speaks_for)) if len(speaks_for) == 1 else own
    acting_for = PersonId(chosen) if chosen in speaks_for and chosen is not None else only
    by_mandate = acting_for is not None and acting_for != own
    return Actor(
        ActorKind.PERSON,
        UserId(user.pk),
        user.name,
        duty="mandate" if by_mandate else "",
        speaks_for=speaks_for,
        mandates=mandates,
        acting_for=acting_for,
    )


def mandates_of(person_id: PersonId, *, on: date) -> list[Mandate]:
    """Who may act for this person on the day, the newest first."""
    found = Mandate.objects.filter(person_id=person_id, ended_at=None, ends_on__gte=on)
    return list(found.order_by("-given_at", "-pk"))


def mandate_of(code: UUID) -> Mandate:
    """Raises NoSuchMandate: absent, or of nobody the scope shows."""
    found = Mandate.objects.filter(code=code).first()
    if found is None:
        raise NoSuchMandate(f"no mandate {code} here")
    return found


def family_of_phone(indexes: list[bytes]) -> list[UserId]:
    """The account of family with this phone, before anybody is known."""
    found = User.objects.filter(kind=UserKind.FAMILY, phone_bidx__in=indexes, is_active=True)
    return [UserId(pk) for pk in found.values_list("pk", flat=True)]


def phone_of_family(user_id: UserId) -> str:
    """The number of family, to tell them something; empty for anybody else. For processes and sign-in."""
    found = User.objects.filter(pk=user_id, kind=UserKind.FAMILY).first()
    if found is None or found.phone is None:
        return ""
    return sealing.unseal("accounts_user.phone", found.pk, found.phone)


def names_of(user_ids: Iterable[int | None]) -> dict[int, str]:
    """Names of staff for pages: nothing else of an account leaves this room."""
    wanted = {i for i in user_ids if i is not None}
    return dict(User.objects.filter(pk__in=wanted).values_list("pk", "name")) if wanted else {}


@dataclass(frozen=True)
class Counted:
    """Accounts of an installation by how they stand."""

    in_use: int
    out_of_use: int
    quiet: int
    older_people: int


def counted(*, now: datetime, quiet: timedelta) -> Counted:
    """Accounts in numbers; quiet = in use, and nobody has signed in for so long."""
    staff = Q(kind=UserKind.STAFF)
    found = User.objects.aggregate(
        in_use=Count("pk", filter=staff & Q(is_active=True)),
        out_of_use=Count("pk", filter=staff & Q(is_active=False)),
        quiet=Count("pk", filter=_quiet(now - quiet)),
        older_people=Count("pk", filter=Q(kind=UserKind.PERSON)),
    )
    return Counted(**found)


def quiet_since(day: datetime) -> QuerySet[User]:
    """Staff accounts in use that nobody has signed in with since, the longest silent first."""
    return User.objects.filter(_quiet(day)).order_by("last_login", "login", "pk")


def _quiet(day: datetime) -> Q:
    return Q(kind=UserKind.STAFF, is_active=True) & (Q(last_login__lt=day) | Q(last_login=None))


def running_under(prefix: str, *, on: date) -> list[Duty]:
    """Duties in force within a branch, those that end first on top; the holder's name comes along."""
    if not prefix:
        return []
    found = Duty.objects.filter(prefix__startswith=prefix, since__lte=on, until__gt=on)
    return list(found.select_related("user").only(*_DUTY_AND_NAME).order_by("until", "pk"))


# The security officer's role may read these columns of an account and no other.
_DUTY_AND_NAME = ("duty", "prefix", "since", "until", "user__name", "user__login")


def in_office(*, on: date) -> list[tuple[UserId, str, int]]:
    """Everybody with a known duty in force on the day: account, duty class, id of the duty; oldest first."""
    rows = Duty.objects.filter(since__lte=on, until__gt=on, user__is_active=True).order_by("pk")
    return [(UserId(row.user_id), row.duty, row.pk) for row in rows if row.duty in DUTIES]


def older_people_with_account() -> list[UserId]:
    """Accounts of older people, oldest first."""
    rows = User.objects.filter(kind=UserKind.PERSON, is_active=True).order_by("pk")
    return [UserId(pk) for pk in rows.values_list("pk", flat=True)]


def logins_in_use(logins: Iterable[str]) -> list[str]:
    """Which of these logins somebody could sign in with."""
    rows = User.objects.filter(login__in=list(logins), is_active=True).order_by("login")
    return list(rows.values_list("login", flat=True))


def machine_keys() -> QuerySet[MachineKey]:
    """Keys of other systems, newest first."""
    return MachineKey.objects.order_by("-made_at", "-pk")
