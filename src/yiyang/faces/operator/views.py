"""Two addresses for machines and whoever minds them, answered also while the database is away."""

from __future__ import annotations

import hmac
import time

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_GET

from yiyang.faces.operator import figures, health
from yiyang.faces.shared.access import public

HERE = ("127.0.0.1", "::1")
FORWARDED = ("HTTP_X_FORWARDED_FOR", "HTTP_X_FORWARDED_PROTO", "HTTP_FORWARDED", "HTTP_X_REAL_IP")


@public
@require_GET
def show_health(request: HttpRequest) -> HttpResponse:
    """200: pages can be served, though something may need a look; 503: they cannot."""
    seen = health.look(time.time())
    down = any(one.needed and not one.ok for one in seen)
    status = "down" if down else "ok" if all(one.ok for one in seen) else "attention"
    code = 503 if down else 200
    if request.accepts("application/json") and not request.accepts("text/plain"):
        checks = [{"name": one.name, "ok": one.ok, "says": one.says} for one in seen]
        return JsonResponse({"status": status, "checks": checks}, status=code)
    head = {"ok": "正常", "attention": "在服务，有事要看", "down": "暂时不能服务"}[status]
    lines = [head, *(f"{one.title}：{'正常' if one.ok else '要看'}，{one.says}" for one in seen)]
    return HttpResponse("\n".join(lines) + "\n", status=code, content_type="text/plain; charset=utf-8")


@public
@require_GET
def show_metrics(request: HttpRequest) -> HttpResponse:
    """For the monitoring on this machine, or whoever shows the token; to all others there is nothing here."""
    if not _may_read(request):
        raise Http404
    return HttpResponse(figures.text(), content_type="text/plain; version=0.0.4; charset=utf-8")


def _may_read(request: HttpRequest) -> bool:
    token = settings.YIYANG_METRICS_TOKEN
    shown = request.headers.get("Authorization", "")
    if token and hmac.compare_digest(shown.encode(), f"Bearer {token}".encode()):
        return True
    # A proxy on this machine speaks from here as well, but says for whom.
    return request.META.get("REMOTE_ADDR") in HERE and not any(name in request.META for name in FORWARDED)
