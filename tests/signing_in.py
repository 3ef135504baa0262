"""How a test's browser comes in without the form: by the product's own door, so that its session counts."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.test.client import Client
from django.utils import timezone

from yiyang.accounts.choices import UserKind
from yiyang.base.ids import UserId
from yiyang.faces.shared import sessions


def _login(client: Any, user: Any, backend: str | None = None) -> None:
    """``Client.force_login``: with a row in the list of devices, as the sign-in pages make one."""
    request = HttpRequest()
    request.session = client.session or import_module(settings.SESSION_ENGINE).SessionStore()
    now = timezone.localtime()
    sessions.begin(request, UserId(user.pk), now=now, remembered=user.kind == UserKind.PERSON)
    request.session.save()
    client._set_login_cookies(request)


def by_the_door() -> None:
    """From now on; called once where tests or benchmarks begin."""
    Client._login = _login  # type: ignore[attr-defined]
