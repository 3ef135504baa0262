"""Answers the operator's addresses before sessions and scopes: they must work while the database does not."""

from __future__ import annotations

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.urls import resolve, reverse

from yiyang.faces.shared import access

NAMES = ("operator:health", "operator:metrics")


class Door:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.path not in {reverse(name) for name in NAMES}:
            return self.get_response(request)
        match = resolve(request.path)
        request.resolver_match = match
        access.of(request, match.func)  # unmarked is refused here as everywhere
        try:
            answer: HttpResponseBase = match.func(request)
        except Http404:
            return HttpResponse(status=404)
        return answer
