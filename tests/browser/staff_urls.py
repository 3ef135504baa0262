"""The names and addresses of every staff page, as the templates expect them; nothing answers here."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import include, path


def nothing(request: HttpRequest, **_: object) -> HttpResponse:
    """The preview renders pages to files; addresses only have to exist."""
    return HttpResponse(status=204)


BUREAU = [
    path("", nothing, name="overview"),
    path("people/", nothing, name="people"),
    path("people/<str:code>/", nothing, name="person"),
    path("people/<str:code>/reveal/<str:field>/", nothing, name="reveal"),
    path("law/", nothing, name="law"),
    path("law/<slug:name>/", nothing, name="law_benefit"),
    path("clauses/<str:doc>/<str:clause>/", nothing, name="clause"),
    path("revisions/", nothing, name="revisions"),
    path("revisions/new/", nothing, name="revision_new"),
    path("revisions/<str:code>/", nothing, name="revision"),
    path("revisions/<str:code>/rehearse/", nothing, name="rehearse"),
    path("revisions/<str:code>/approve/", nothing, name="approve"),
    path("revisions/<str:code>/schedule/", nothing, name="schedule"),
    path("revisions/<str:code>/withdraw/", nothing, name="withdraw"),
    path("revisions/<str:code>/rehearsal/", nothing, name="rehearsal"),
    path("appeals/", nothing, name="appeals"),
    path("appeals/<str:code>/", nothing, name="appeal"),
    path("records/", nothing, name="records"),
    path("records/pairs/<str:code>/", nothing, name="pair"),
    path("records/merges/<str:code>/", nothing, name="merge"),
    path("records/deaths/<str:code>/", nothing, name="death"),
    path("records/moves/<str:code>/", nothing, name="move"),
    path("rights/", nothing, name="rights"),
    path("rights/new/<str:code>/", nothing, name="right_new"),
    path("rights/<str:code>/", nothing, name="right"),
    path("definitions/", nothing, name="definitions"),
]
COMMUNITY = [
    path("", nothing, name="list"),
    path("people/<str:code>/", nothing, name="lead"),
    path("people/<str:code>/reveal/<str:field>/", nothing, name="reveal"),
    path("people/<str:code>/take/", nothing, name="take"),
    path("people/<str:code>/attempt/", nothing, name="attempt"),
    path("people/<str:code>/assess/", nothing, name="assess"),
    path("assess/<str:code>/<int:n>/", nothing, name="assess_item"),
    path("assess/<str:code>/signs/", nothing, name="assess_signs"),
    path("assess/<str:code>/review/", nothing, name="assess_review"),
    path("assess/<str:code>/done/", nothing, name="assess_done"),
    path("due/", nothing, name="due"),
    path("unplaced/", nothing, name="unplaced"),
    path("search/", nothing, name="search"),
    path("register/", nothing, name="register"),
    path("people/<str:code>/move/", nothing, name="move"),
    path("people/<str:code>/death/", nothing, name="death"),
    path("people/<str:code>/stay/", nothing, name="stay"),
    path("stays/<str:code>/end/", nothing, name="stay_end"),
]
PUBLIC = [
    path("", nothing, name="landing"),
    path("sign-in/", nothing, name="sign_in"),
    path("sign-out/", nothing, name="sign_out"),
    path("me/devices/", nothing, name="devices"),
    path("me/devices/<int:session_id>/end/", nothing, name="end_device"),
    path("me/password/", nothing, name="password"),
    path("me/app/", nothing, name="app"),
    path("me/passkeys/new/", nothing, name="passkey"),
    path("me/passkeys/<int:passkey_id>/remove/", nothing, name="remove_passkey"),
    path("me/codes/", nothing, name="renew_codes"),
]
urlpatterns = [
    path("g/", include((BUREAU, "bureau"))),
    path("w/", include((COMMUNITY, "community"))),
    path("", include((PUBLIC, "public"))),
]
