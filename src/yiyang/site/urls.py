"""Every address of the site."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

handler500 = "yiyang.faces.shared.middleware.fault_page"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("yiyang.faces.public.urls")),
    path("", include("yiyang.faces.operator.urls")),
    path("api/v1/", include("yiyang.faces.partners.urls")),
    path("e/", include("yiyang.faces.elder.urls")),
    path("g/", include("yiyang.faces.bureau.urls")),
    path("k/", include("yiyang.faces.keeper.urls")),
    path("w/", include("yiyang.faces.community.urls")),
]
