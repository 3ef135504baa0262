"""The two addresses that need no signature: the description for machines, and the same for people."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from yiyang.accounts import machines
from yiyang.faces.partners import describing
from yiyang.faces.shared.access import public


@dataclass(frozen=True)
class Operation:
    """One row of the page."""

    method: str
    path: str
    says: str
    right: str


@public
@require_GET
def show_openapi(_request: HttpRequest) -> HttpResponse:
    return JsonResponse(describing.openapi(), json_dumps_params={"ensure_ascii": False})


@public
@require_GET
def show_page(request: HttpRequest) -> HttpResponse:
    """接口说明，给对接的人看."""
    operations = [
        Operation(method.upper(), path, str(one.get("description", "")), one["tags"][0])
        for path, methods in describing.openapi()["paths"].items()
        for method, one in methods.items()
    ]
    page = {"operations": operations, "rights": machines.RIGHTS.items()}
    return render(request, "partners/page.html", {"page": page})
