"""What a page asks of the browser's passkeys; the challenge stays in the session and is good once."""

from __future__ import annotations

from dataclasses import replace

from django import forms
from django.http import HttpRequest

from yiyang.accounts import standing, webauthn
from yiyang.accounts.services.entering import Proof
from yiyang.base.ids import UserId
from yiyang.faces.public.pending import CHALLENGE
from yiyang.faces.public.showing import PasskeyBox
from yiyang.faces.shared.fields import Field, FormView, form_view
from yiyang.faces.shared.showing import Link


def site_of(request: HttpRequest) -> str:
    """The host of the pages; keys made for one host open no other."""
    return request.get_host().rpartition(":")[0] or request.get_host()


def box_to_show(request: HttpRequest, user_id: UserId) -> PasskeyBox | None:
    """A fresh challenge for the keys of this account; None where it has none."""
    held = [bytes(one.credential) for one in standing.passkeys_of(user_id)]
    if not held:
        return None
    asked = webauthn.ask_to_show(site_of(request), held)
    request.session[CHALLENGE] = asked.state
    return PasskeyBox("show", asked.options, "用通行密钥")


def box_to_make(request: HttpRequest, user_id: UserId) -> PasskeyBox:
    """A fresh challenge for a new key."""
    user = standing.account(user_id)
    held = [bytes(one.credential) for one in standing.passkeys_of(user_id)]
    asked = webauthn.ask_to_make(
        site_of(request), user_id=user_id, login=user.login, name=user.name, held=held
    )
    request.session[CHALLENGE] = asked.state
    return PasskeyBox("make", asked.options, "登记这台设备")


def challenge_of(request: HttpRequest) -> webauthn.State | None:
    """Used up by being read: an answer that was listened to opens nothing again."""
    found = request.session.pop(CHALLENGE, None)
    return dict(found) if isinstance(found, dict) else None


def form_of(form: forms.Form, *, action: str, verb: str, cancel: Link | None = None) -> FormView:
    """The form as it is drawn: without last time's answer, which would be sent again beside a typed code."""
    view = form_view(form, action=action, verb=verb, cancel=cancel)
    return replace(view, fields=tuple(_drawn(one) for one in view.fields))


def _drawn(one: Field) -> Field:
    if one.name == "passkey":
        return replace(one, value="")
    # One of the two is enough, which is not the same as leaving the code out.
    return replace(one, required=True) if one.name == "code" else one


def proof_of(request: HttpRequest, code: str, answer: str) -> Proof:
    """What was typed counts before what a device answered."""
    return Proof(code=code, answer="" if code else answer, site=site_of(request), state=challenge_of(request))
