"""Errors as ``application/problem+json``: a Chinese title for whoever is shown it, English detail for whoever
wrote the client, and a code that does not change."""

from __future__ import annotations

import math
import re
from http import HTTPStatus

from django.http import HttpRequest, HttpResponseBase, JsonResponse
from django.utils import timezone
from ninja.errors import HttpError, ValidationError

from yiyang.base.limits import TooMany
from yiyang.engine.errors import HouseError

_NAME = re.compile(r"[a-z_\-\[\]]{1,40}|[0-9]{1,4}|Idempotency-Key")
KIND = "application/problem+json"
TITLES = {
    400: "请求不完整",
    401: "签名无效，请求没有受理",
    403: "这个密钥没有这项权限",
    404: "没有，或不在范围内",
    405: "这个地址不用这种方法",
    409: "与先前的内容冲突",
    413: "内容太大",
    422: "内容不对",
    429: "次数太多",
    500: "出错了，没有办成",
    503: "暂时连不上",
}


def problem(
    request: HttpRequest,
    status: int,
    *,
    code: str,
    detail: str,
    title: str = "",
    faults: list[dict[str, str]] | None = None,
) -> JsonResponse:
    """One answer; whatever was written is undone by the middleware around."""
    request.view_raised = True  # type: ignore[attr-defined]  # Django's place for per-request facts
    if status in (403, 404):
        request.refusal = code  # type: ignore[attr-defined]
    content: dict[str, object] = {
        "type": f"/api/v1/#{code}",
        "title": title or TITLES.get(status, HTTPStatus(status).phrase),
        "status": status,
        "code": code,
        "detail": detail,
        "request_id": str(getattr(request, "request_id", "")),
    }
    if faults is not None:
        content["faults"] = faults
    return JsonResponse(content, status=status, content_type=KIND, json_dumps_params={"ensure_ascii": False})


def of_house(request: HttpRequest, error: HouseError) -> JsonResponse:
    detail = str(error) if error.status < 500 else "the request was not carried out; nothing was changed"
    answer = problem(request, error.status, code=error.code, detail=detail, title=error.message)
    if isinstance(error, TooMany):
        wait = (error.again_at - timezone.localtime()).total_seconds()
        answer["Retry-After"] = str(max(1, math.ceil(wait)))
    return answer


def of_content(request: HttpRequest, error: ValidationError) -> JsonResponse:
    """Where and why; what was sent is not repeated."""
    faults = [
        {"where": ".".join(_place(part) for part in one.get("loc", ())), "why": str(one.get("type", ""))}
        for one in error.errors
    ]
    return problem(
        request, 422, code="partners.bad_content", detail="the content breaks the schema", faults=faults
    )


def _place(part: object) -> str:
    """A name of the schema or a number; what a client made up may hold anything."""
    word = str(part)
    return word if _NAME.fullmatch(word) else "…"


def of_request(request: HttpRequest, error: HttpError) -> JsonResponse:
    return problem(
        request, error.status_code, code="partners.bad_request", detail="the request cannot be read"
    )


def of_answer(request: HttpRequest, answer: HttpResponseBase) -> HttpResponseBase:
    """What others answered on the way (no such address, no such method, a fault) in our form."""
    if answer.status_code < 400 or answer.headers.get("Content-Type", "").startswith(KIND):
        return answer
    ours = problem(
        request, answer.status_code, code=f"partners.http_{answer.status_code}",
        detail=HTTPStatus(answer.status_code).phrase.lower(),
    )  # fmt: skip
    if "Allow" in answer.headers:
        ours["Allow"] = answer.headers["Allow"]
    return ours
