"""Somebody new: only after a search, with the proof of it in the address."""

from __future__ import annotations

from django.core import signing
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from yiyang.base.actors import Actor
from yiyang.engine.errors import Conflict, Forbidden, Missing, Refused
from yiyang.faces.community import presenting
from yiyang.faces.community.forms_registry import Register
from yiyang.faces.community.showing import FormPage
from yiyang.faces.shared.access import SignedIn, duty
from yiyang.faces.shared.fields import form_view
from yiyang.faces.shared.showing import Link, Notice
from yiyang.people import services as people
from yiyang.people.choices import Sex
from yiyang.regions import selectors as regions

SALT = "yiyang.searched"
PROOF_SECONDS = 1800
SEARCH_FIRST = Notice(
    "先找一找：登记新的人之前，要先用身份证号、手机号，或姓名加出生日期找过。", "info", blocks=True
)
LEAD = "刚才没有找到的人，在这里登记。一个人只登记一次；系统会再查一遍全市有没有重复。"


def proof_for(actor: Actor) -> str:
    """Proof that this account has searched just now; it names nobody."""
    return signing.TimestampSigner(salt=SALT).sign(str(actor.account))


def proved(actor: Actor, proof: str) -> bool:
    try:
        said = signing.TimestampSigner(salt=SALT).unsign(proof, max_age=PROOF_SECONDS)
    except signing.BadSignature:
        return False
    return said == str(actor.account)


@duty("register_people")
@require_http_methods(["GET", "POST"])
def register(request: SignedIn) -> HttpResponse:
    """登记一位老人：先找过，再登记."""
    proof = (request.POST if request.method == "POST" else request.GET).get("proof", "")
    if not proved(request.actor, proof):
        return redirect(f"{reverse('community:search')}?first=1")
    places = _places(request.actor)
    if request.method == "GET":
        return _page(request, Register(initial={"proof": proof}, places=places))
    form = Register(request.POST, places=places)
    if not form.is_valid():
        return _page(request, form, status=400)
    data = form.cleaned_data
    newcomer = people.Newcomer(
        name=data["name"],
        division=data["division"],
        id_number=data["id_number"] or None,
        sex=Sex(int(data["sex"])) if data["sex"] else Sex.UNKNOWN,
        born_on=data["born_on"],
        hukou_division=data["hukou_division"],
        phone=data["phone"] or None,
        address=data["address"] or None,
    )
    try:
        found = people.register_person(actor=request.actor, newcomer=newcomer, now=timezone.localtime())
    except (Refused, Conflict, Missing, Forbidden) as refusal:
        form.add_error(None, refusal.message)
        return _page(request, form, status=refusal.status)
    return redirect(f"{reverse('community:lead', kwargs={'code': found.code})}?said=registered")


def _places(actor: Actor) -> list[tuple[str, str]]:
    """The community of the duty, or those of its township; nothing for a wider duty."""
    on = timezone.localdate()
    if len(actor.prefix) == presenting.COMMUNITY_DIGITS:
        found = [regions.place(actor.prefix, on=on)]
    else:
        found = regions.children_of(actor.prefix, on=on) if len(actor.prefix) == 9 else []
    return [(one.division, one.name) for one in found]


def _page(request: SignedIn, form: Register, *, status: int = 200) -> HttpResponse:
    frame = presenting.frame(request.actor, "找人", on=timezone.localdate())
    view = form_view(
        form,
        action=reverse("community:register"),
        verb="登记",
        cancel=Link("不登记了", reverse("community:search")),
    )
    page = FormPage("登记一位老人", LEAD, view)
    return render(request, "community/form.html", {"frame": frame, "page": page}, status=status)
