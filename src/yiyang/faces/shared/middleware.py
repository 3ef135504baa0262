"""From a request to a scope, and from an error to a page."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone

from yiyang.accounts.duties import role_of
from yiyang.base import outbox, scoping
from yiyang.base.actors import Actor, ActorKind, process
from yiyang.base.ids import PersonId
from yiyang.base.log import audit
from yiyang.base.scoping import Acting, Role
from yiyang.engine.errors import HouseError, Refused
from yiyang.faces.shared import access, callers, drafts, sessions

log = logging.getLogger(__name__)
LARGE_BODIES = frozenset({"/g/imports/new/"})
LARGE_BODY = 201_000_000  # a file of 200 MB and the fields beside it
SMALL_BODY = 12_000_000
Next = Callable[[HttpRequest], HttpResponseBase]
# Where people in office prove who they are and look after their own account: the login role, which alone
# reads sign-in tables, and which sees nobody.
OWN_ACCOUNT = ("/sign-in/", "/sign-out/", "/me/")


class BodyTooLarge(Refused):
    code = "shared.body_too_large"
    message = "文件太大，没有接收。来文最大 200 MB，请按旗县区或街道拆成几份；其他文件最大 10 MB"
    status = 413


class PageFloor:
    """Headers that every page carries; personal pages are never kept by a browser or a proxy."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        response.setdefault("Permissions-Policy", "camera=(), microphone=(), geolocation=(), payment=()")
        response.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        if "Cache-Control" not in response:
            response["Cache-Control"] = "no-store"
        return response


class BodyLimit:
    """A body too large is refused by its declared length, before anybody reads a byte of it.

    Stands above whatever asks for a field of a form: that alone would take the whole body to disk.
    """

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        declared = request.META.get("CONTENT_LENGTH") or "0"
        limit = LARGE_BODY if request.path in LARGE_BODIES else SMALL_BODY
        if not declared.isdigit() or int(declared) > limit:
            return error_page(request, BodyTooLarge(f"{declared} bytes for {request.path}"))
        return self.get_response(request)


class ErrorPages:
    """The six errors as pages, in the language of the face: a sentence, what to do, nothing else."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, HouseError):
            return None
        if exception.status >= 500:
            number = str(getattr(request, "request_id", ""))
            log.error("%s: %s", exception.code, exception, exc_info=exception, extra={"request_id": number})
        return error_page(request, exception)


def error_page(request: HttpRequest, error: HouseError) -> HttpResponse:
    folder = "elder" if request.path.startswith("/e/") else "shared"
    number = getattr(request, "request_id", None) if error.status >= 500 else None
    return render(request, f"{folder}/refused.html", {"error": error, "number": number}, status=error.status)


def fault_page(request: HttpRequest) -> HttpResponse:
    """What nobody foresaw: under which number it stands in the log. Asks nothing of the database."""
    return render(request, "500.html", {"number": getattr(request, "request_id", None)}, status=500)


class ActingMiddleware:
    """Open the transaction of the request under the database role and scope of whoever acts.

    Stands below the error pages: ``process_exception`` runs bottom-up, and what a failing view wrote must
    be rolled back before anybody answers.
    """

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        now, seat = timezone.localtime(), sessions.seat_of(request)
        # A system has signed its request and has no session; its door stands further out.
        actor = getattr(request, "machine", None) or sessions.actor_of(request, now=now)
        request.actor = actor  # type: ignore[attr-defined]
        who = _acting_of(actor, request.path)
        with (
            outbox.collecting() as events,
            scoping.acting(
                who.role,
                who.scope,
                persons=who.persons,
                actor_id=who.actor_id,
                purpose=who.purpose,
                request_id=str(request.request_id),  # type: ignore[attr-defined]
                ip=callers.address_of(request),
            ),
        ):
            response = self.get_response(request)
            failed = getattr(request, "view_raised", False) or response.status_code >= 500
            if failed:
                transaction.set_rollback(True)
        sessions.close_left(seat if actor is not None else None, request, now=now)
        if getattr(request, "refusal", ""):
            _remember_refusal(request, actor)
        at_once = actor is not None and actor.kind is ActorKind.STAFF
        if events and not failed and who.role is Role.APP and at_once:
            outbox.deliver_at_once(events, who, timezone.localtime())
        return response

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], _args: Any, _kwargs: dict[str, Any]
    ) -> HttpResponseBase | None:
        try:
            mark = access.of(request, view)
            answer = access.entrance(request, mark)
            if answer is None and mark.kind == "older_person" and request.method == "POST":
                drafts.check_for(request, _person_of(request))
                request.session.pop(drafts.KEPT, None)
        except HouseError as refusal:
            # Django hands only a view's own exceptions to the error pages.
            self.process_exception(request, refusal)
            return error_page(request, refusal)
        request.person_id = _person_of(request)  # type: ignore[attr-defined]
        return answer

    def process_exception(self, request: HttpRequest, exception: Exception) -> None:
        request.view_raised = True  # type: ignore[attr-defined]
        if isinstance(exception, HouseError) and exception.status in (403, 404):
            request.refusal = exception.code  # type: ignore[attr-defined]


def _person_of(request: HttpRequest) -> PersonId | None:
    actor: Actor | None = getattr(request, "actor", None)
    return None if actor is None else actor.acting_for


def _acting_of(actor: Actor | None, path: str) -> Acting:
    if actor is None:
        return Acting(Role.NONE, purpose=path)
    if path.startswith(OWN_ACCOUNT):
        return Acting(Role.NONE, actor_id=actor.label, purpose=path)
    if actor.kind is ActorKind.PERSON:
        return Acting(Role.PERSON, persons=tuple(actor.speaks_for), actor_id=actor.label, purpose=path)
    return Acting(role_of(actor.duty), actor.scope, actor_id=actor.label, purpose=path)


def _remember_refusal(request: HttpRequest, actor: Actor | None) -> None:
    """After the rollback: who was refused what. Written by the login role, which may only add here."""
    with scoping.acting(Role.NONE, purpose=request.path, ip=callers.address_of(request)):
        audit.record(
            actor=actor or process("anonymous"),
            action="refused",
            now=timezone.localtime(),
            face=request.path.split("/")[1],
            reason=getattr(request, "refusal", ""),
            request_id=getattr(request, "request_id", None),
            detail={"path": request.path},
        )
