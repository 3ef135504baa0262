"""Whoever calls ``/api/v1`` is known by a signature, before sessions and scopes; nobody else gets further."""

from __future__ import annotations

from collections.abc import Callable

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponseBase
from django.http.request import RawPostDataException, UnreadablePostError
from django.utils import timezone

from yiyang.accounts import machines
from yiyang.accounts.services import machines as keys
from yiyang.accounts.services.machines import NotSigned, Signature
from yiyang.base import limits
from yiyang.base.actors import process
from yiyang.base.limits import TooMany
from yiyang.base.log import audit
from yiyang.base.scoping import Role, acting
from yiyang.faces.partners import problems
from yiyang.faces.shared import callers

ROOT = "/api/v1/"
GUESSABLE = f"{ROOT}people/find"
OPEN = (ROOT, f"{ROOT}openapi.json")
STRANGER = process("machine")
HEADERS = ("X-Yiyang-Key", "X-Yiyang-Time", "X-Yiyang-Nonce", "X-Yiyang-Signature")


class MachineDoor:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not request.path.startswith(ROOT) or request.path in OPEN:
            return self.get_response(request)
        # Machines carry no session, and one that a browser might send along is not looked at.
        request.COOKIES.clear()
        try:
            _prove(request)
        except (NotSigned, TooMany) as error:
            return problems.of_house(request, error)
        except (RequestDataTooBig, RawPostDataException, UnreadablePostError):
            return problems.problem(request, 413, code="partners.too_big", detail="the body is too big")
        return problems.of_answer(request, self.get_response(request))


def _prove(request: HttpRequest) -> None:
    now, body = timezone.localtime(), request.body
    said = Signature(*(request.headers.get(name, "") for name in HEADERS))
    try:
        with acting(Role.NONE, purpose=request.path):
            actor, source = keys.prove(
                signature=said,
                method=str(request.method),
                target=request.get_full_path(),
                body=body,
                guessable=request.path == GUESSABLE,
                now=now,
            )
    except NotSigned:
        _remember_stranger(request)
        raise
    request.machine, request.source = actor, source  # type: ignore[attr-defined]  # Django's place for it


def _remember_stranger(request: HttpRequest) -> None:
    """Counted by address and written down; guessing soon has to wait."""
    now, block = timezone.localtime(), callers.block_of(request)
    with acting(Role.NONE, purpose=request.path, ip=callers.address_of(request)):
        if block:
            limits.take(
                f"stranger:{block}",
                rate_per_minute=machines.STRANGERS_A_MINUTE,
                burst=machines.STRANGER_BURST,
                now=now,
            )
        audit.record(
            actor=STRANGER, action="refused", now=now, face="api", reason=NotSigned.code,
            request_id=getattr(request, "request_id", None), detail={"path": request.path[:200]},
        )  # fmt: skip
