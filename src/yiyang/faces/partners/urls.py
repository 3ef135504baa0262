"""Addresses for other systems, under ``/api/v1/``. The right an operation needs is its tag."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.urls import URLPattern, path
from django.views.decorators.csrf import csrf_exempt

from yiyang.faces.partners import views
from yiyang.faces.partners.api import api
from yiyang.faces.shared.access import machine

app_name = "partners"


def _marked(inner: Callable[..., HttpResponseBase], name: str, right: str) -> Callable[..., HttpResponseBase]:
    # A signed request carries no cookie that somebody else's form could use.
    @machine(right)
    @csrf_exempt
    def view(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return inner(request, *args, **kwargs)

    view.__name__, view.__module__ = name, api.__module__.replace("ninja.main", "yiyang.faces.partners.api")
    return view


def _operations() -> Iterator[URLPattern]:
    """Each operation with its mark; one address has one method, so one right."""
    rights = {
        str(operation.operation_id): (operation.tags or [""])[0]
        for view in api.default_router.path_operations.values()
        for operation in view.operations
    }
    for found in api.urls[0]:
        if isinstance(found, URLPattern) and found.name in rights:
            name = str(found.name)
            yield path(str(found.pattern), _marked(found.callback, name, rights[name]), name=name)


urlpatterns = [
    path("", views.show_page, name="page"),
    path("openapi.json", views.show_openapi, name="openapi"),
    *_operations(),
]
