"""Every address with an object in it, and an example of that object: what a crawler tries from outside.

A new address stands either in ``PERSONAL``, with whose object it takes, or in ``OPEN``, with the reason why
everybody in office may see such an object. A test fails while it stands in neither.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.utils import timezone

from tests.factories import assessing
from tests.health import pages
from tests.integration.faces.cast import HERE, POOR, Colleague, colleague, inside, somebody
from yiyang.accounts import selectors as accounts
from yiyang.accounts.choices import MandateWay
from yiyang.base.actors import Actor, ActorKind
from yiyang.base.ids import PersonId
from yiyang.base.scoping import Role, Scope, acting
from yiyang.entitlements.choices import AppealGround
from yiyang.entitlements.services import asking
from yiyang.people import services as people
from yiyang.people.choices import RightKind
from yiyang.people.models import Person
from yiyang.people.services import rights
from yiyang.people.services.rights import Wish

NAME = "欧阳桂兰香"  # stands nowhere else, so that a page that shows it has shown her

ABSENT = UUID("5f0c1a52-0000-4000-8000-000000000000")

# Address -> whose object the words in <> name.
PERSONAL: dict[str, str] = {
    "/g/people/<str:code>/": "person",
    "/g/appeals/<str:code>/": "appeal",
    "/w/people/<uuid:code>/": "person",
    "/g/rights/<str:code>/": "right",
    "/g/rights/new/<str:code>/": "person",
    "/e/mine/<uuid:code>/": "right",
    "/e/helpers/<uuid:code>/stop/": "mandate",
    "/e/mine/<uuid:code>/copy/": "right",
    "/e/mine/<uuid:code>/stop/": "right",
    "/g/people/<str:code>/reveal/<slug:field>/": "person",
    "/w/people/<uuid:code>/reveal/<slug:field>/": "person",
    "/w/people/<uuid:code>/assess/": "person",
    "/w/people/<uuid:code>/attempt/": "person",
    "/w/people/<uuid:code>/give-back/": "person",
    "/w/people/<uuid:code>/take/": "person",
    "/w/people/<uuid:code>/ask/": "person",
    "/w/people/<uuid:code>/disagree/": "person",
    "/w/people/<uuid:code>/mandates/": "person",
    "/w/people/<uuid:code>/move/": "person",
    "/w/people/<uuid:code>/death/": "person",
    "/w/people/<uuid:code>/stay/": "person",
    "/w/assess/<uuid:code>/<int:n>/": "assessment",
    "/w/assess/<uuid:code>/abandon/": "assessment",
    "/w/assess/<uuid:code>/done/": "assessment",
    "/w/assess/<uuid:code>/review/": "assessment",
    "/w/assess/<uuid:code>/signs/": "assessment",
    "/e/cases/<uuid:code>/asked/": "application",
    "/e/cases/<uuid:code>/sent/": "appeal",
    "/e/cases/<uuid:code>/undo/": "application",
}
OPEN: dict[str, str] = {
    "/k/audit/people/": "whoever reads the log, and there only lines of the own branch",
    "/k/alerts/": "alerts of the own branch, tried in tests/integration/faces/keeper",
    "/e/subsidies/<slug:benefit>/": "names a benefit of the law, and is answered about oneself",
    "/e/mine/ask/<slug:kind>/": "names a wish, and is answered about oneself",
    "/e/mine/consents/<slug:purpose>/<slug:act>/": "names a purpose, and is answered about oneself",
    "/g/imports/": "a file of the own branch; another county's is absent, tested with its pages",
    "/g/records/": "what waits about two records, a death, a move; absent outside, tried with its pages",
    "/w/people/<uuid:code>/mandates/<uuid:mandate>/": "two objects; tried with its page",
    "/w/stays/": "a stay of the own branch; another community's is absent, tried with its pages",
    "/g/clauses/": "the law is everybody's",
    "/g/law/": "the law is everybody's",
    "/g/revisions/": "a number of the law, once drafted, is read by every office; only its branch writes",
    "/k/accounts/": "accounts of colleagues belong to no branch; only the system administrator opens them",
    "/k/duties/": "a duty outside the officer's branch is absent; tested with its pages",
    "/me/": "a device or key of the own account; somebody else's number ends nothing",
    "/api/v1/people/": "asked by machines that sign; S9 asks from another county",
    "/e/^.+/$": "an address that leads nowhere",
}


@dataclass(frozen=True)
class Cast:
    """One older person of ``HERE`` and a thing of each kind that is hers."""

    person: Person
    codes: dict[str, UUID]
    assessor: Colleague  # of the same community: an assessment is the affair of whoever began it


def cast() -> Cast:
    """Made as she would make it, or her community's staff."""
    with inside(HERE):
        found = somebody(name=NAME, born_on=date(1943, 4, 5), **POOR)
    now, her = timezone.localtime(), PersonId(found.pk)
    herself = Actor(ActorKind.PERSON, None, NAME, speaks_for=frozenset({her}))
    with acting(Role.PERSON, persons=[found.pk], actor_id="tests"):
        asked = asking.ask_for_help(actor=herself, person_id=her, benefit="call_back", now=now)
        appeal = asking.disagree(
            actor=herself, person_id=her, benefit="oldest_old_allowance",
            ground=next(iter(AppealGround)), own_words="", now=now,
        )  # fmt: skip
        right = rights.ask(actor=herself, person_id=her, wish=Wish(RightKind.COPY), workdays=15, now=now)
    assessor = colleague("s3.assessor", "评估员", "grid_worker", HERE)
    acts = accounts.actor_of(assessor.user, on=now.date())
    with acting(Role.APP, Scope.of(HERE), actor_id="tests"):
        form = assessing.opened(acts, found, now=now)
        ends_on = now.date() + timedelta(days=30)
        helper = people.Helper(
            "00088880001", "女儿", frozenset({"READ"}), ends_on, MandateWay.PAPER, "委托书 2026-17"
        )
        mandate = people.give_mandate(actor=acts, person_id=her, helper=helper, now=now)
    return Cast(
        found,
        {
            "person": found.code,
            "appeal": appeal.code,
            "application": asked.code,
            "assessment": form.code,
            "right": right.code,
            "mandate": mandate,
        },
        assessor,
    )


def with_objects() -> Iterator[str]:
    """Addresses that take something."""
    return (address for address, _ in pages.views() if set("<^(") & set(address))


def filled(address: str, code: UUID) -> str:
    """The address with this object in it; a number is 1, a field the phone."""
    named = re.sub(r"<(uuid|str):\w+>", str(code), address)
    return named.replace("<int:n>", "1").replace("<slug:field>", "phone")
