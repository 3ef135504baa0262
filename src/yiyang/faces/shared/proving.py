"""Acts that want the full proof again: password and second factor, at most five minutes ago."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from yiyang.faces.shared.sessions import PROVED

GOOD_FOR = timedelta(minutes=5)


def remember_proof(request: HttpRequest, *, now: datetime) -> None:
    """Called by the pages that have just checked both."""
    request.session[PROVED] = now.isoformat()


def proved_recently(request: HttpRequest, now: datetime) -> bool:
    """Full proof within five minutes; one from the future (a clock set back) is none."""
    said = request.session.get(PROVED)
    if not isinstance(said, str):
        return False
    return timedelta(0) <= now - datetime.fromisoformat(said) < GOOD_FOR


def prove_again(request: HttpRequest) -> HttpResponse:
    """To the page that asks for it, and back to this address afterwards. Nothing that was typed is kept:
    ask before showing a form, not after it was sent.
    """
    back = request.get_full_path() if request.method == "GET" else request.path
    return redirect(f"{reverse('public:again')}?{urlencode({'next': back})}")
