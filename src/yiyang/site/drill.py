"""What a restored database must show before anybody believes in the backup. Rooms add theirs to ``CHECKS``.

``yiyang restore-drill`` (``site/drilling.py``) restores into a server of its own and runs them there, each in
a process that signs in as the part it stands for: ``python -m yiyang.site.drill web``.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

SAMPLE = 25


class NotAsBefore(Exception):
    """A check found that the restored database is not what it should be."""


@dataclass(frozen=True)
class Check:
    """``act`` says in one sentence what it saw, or raises. ``login``: web or work."""

    name: str
    login: str
    act: Callable[[datetime], str]


@dataclass(frozen=True)
class Seen:
    check: str
    ok: bool
    said: str


def sealed_fields_open(now: datetime) -> str:
    """The key ring of this installation opens what lies in the backup: some rows of every sealed column."""
    from django.apps import apps

    from yiyang.base.keys import sealing
    from yiyang.base.keys.sealing import SealedField

    del now
    opened: dict[str, int] = {}
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            if not isinstance(field, SealedField):
                continue
            place = f"{model._meta.db_table}.{field.column}"
            filled = model._default_manager.using("owner").filter(**{f"{field.attname}__isnull": False})
            for row in filled.order_by("-pk")[:SAMPLE]:
                sealing.unseal(place, row.pk, getattr(row, field.attname))
                opened[place] = opened.get(place, 0) + 1
    if not opened:
        return "no sealed field is filled: nothing to open"
    return "opened " + ", ".join(f"{count} of {place}" for place, count in sorted(opened.items()))


def staff_page_opens(now: datetime) -> str:
    """Somebody in office gets the page the duty begins with."""
    from django.urls import reverse

    from yiyang.accounts import selectors as accounts
    from yiyang.accounts.duties import DUTIES
    from yiyang.faces.shared import sessions

    for user_id, duty, duty_id in accounts.in_office(on=now.date()):
        home = reverse(DUTIES[duty].home)
        _open_page(home, user_id, {sessions.DUTY: duty_id}, now)
        return f"{home} as a {duty}: 200"
    return "no account holds a duty today: no page opened"


def older_person_page_opens(now: datetime) -> str:
    """An older person with an account gets her first page."""
    from yiyang.accounts import selectors as accounts

    for user_id in accounts.older_people_with_account()[:1]:
        _open_page("/e/", user_id, {}, now)
        return "/e/ as an older person: 200"
    return "no older person has signed in yet: no page opened"


def the_log_is_as_sealed(now: datetime) -> str:
    """The chain of the log reckoned anew: what was backed up is what was written."""
    from yiyang.base.log import verifying
    from yiyang.base.scoping import EVERYWHERE, Role, acting

    del now
    with acting(Role.JOB, EVERYWHERE, actor_id="process:drill"):
        verdict = verifying.verify({})  # heads copied out since the backup name blocks that it cannot hold
    if verdict.faults:
        raise NotAsBefore("; ".join(fault.says for fault in verdict.faults[:5]))
    return f"{verdict.rows} lines in {verdict.blocks} blocks are as they were sealed"


CHECKS: tuple[Check, ...] = (
    Check("sealed fields", "work", sealed_fields_open),
    Check("log", "work", the_log_is_as_sealed),
    Check("staff page", "web", staff_page_opens),
    Check("older person's page", "web", older_person_page_opens),
)


def _open_page(path: str, user_id: int, duty: dict[str, object], now: datetime) -> None:
    """As their browser would after signing in; the session stays in the database of the drill."""
    from importlib import import_module

    from django.conf import settings
    from django.http import HttpRequest
    from django.test import Client

    from yiyang.base.ids import UserId
    from yiyang.faces.shared import sessions

    coming = HttpRequest()
    coming.session = import_module(settings.SESSION_ENGINE).SessionStore()
    sessions.begin(coming, UserId(user_id), now=now)
    coming.session.update(duty)
    coming.session.save()
    client = Client(SERVER_NAME=settings.ALLOWED_HOSTS[0].lstrip("."))
    client.cookies[settings.SESSION_COOKIE_NAME] = str(coming.session.session_key)
    answer = client.get(path, secure=settings.BEHIND_TLS)
    if answer.status_code != 200:
        raise NotAsBefore(f"{path} answers {answer.status_code}")


def run_checks(checks: Sequence[Check], now: datetime) -> list[Seen]:
    return [_seen(check, now) for check in checks]


def _seen(check: Check, now: datetime) -> Seen:
    try:
        return Seen(check.name, True, check.act(now))
    except Exception as error:  # noqa: BLE001 - whatever it is, the drill has failed, and says of what kind
        return Seen(check.name, False, f"{type(error).__name__}: {error}"[:300])


def main(login: str) -> int:
    """The checks of one login, as JSON for ``site/drilling.py``."""
    os.environ["YIYANG_PROCESS"] = login
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yiyang.site.settings")
    import django

    django.setup()
    from django.utils import timezone

    seen = run_checks([check for check in CHECKS if check.login == login], timezone.localtime())
    print(json.dumps([asdict(one) for one in seen], ensure_ascii=False))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
