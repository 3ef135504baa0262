"""The community phone: who is due something, one household after the other."""

from __future__ import annotations

from django.urls import path

from yiyang.faces.community.views import (
    assessing,
    changing,
    finding,
    household,
    listing,
    registering,
    speaking,
)

app_name = "community"
urlpatterns = [
    path("", listing.todays_list, name="list"),
    path("people/<uuid:code>/", household.lead, name="lead"),
    path("people/<uuid:code>/reveal/<slug:field>/", household.reveal, name="reveal"),
    path("people/<uuid:code>/take/", listing.take, name="take"),
    path("people/<uuid:code>/give-back/", listing.give_back, name="give_back"),
    path("people/<uuid:code>/attempt/", household.attempt, name="attempt"),
    path("people/<uuid:code>/ask/", speaking.ask, name="speak_ask"),
    path("people/<uuid:code>/disagree/", speaking.disagree, name="speak_disagree"),
    path("people/<uuid:code>/mandates/", speaking.mandates, name="mandates"),
    path("people/<uuid:code>/mandates/<uuid:mandate>/stop/", speaking.stop, name="mandate_stop"),
    path("people/<uuid:code>/assess/", assessing.begin, name="assess"),
    path("assess/<uuid:code>/<int:n>/", assessing.item, name="assess_item"),
    path("assess/<uuid:code>/signs/", assessing.signs, name="assess_signs"),
    path("assess/<uuid:code>/review/", assessing.review, name="assess_review"),
    path("assess/<uuid:code>/abandon/", assessing.abandon, name="assess_abandon"),
    path("assess/<uuid:code>/done/", assessing.done, name="assess_done"),
    path("due/", finding.due, name="due"),
    path("unplaced/", finding.unplaced, name="unplaced"),
    path("search/", finding.search, name="search"),
    path("register/", registering.register, name="register"),
    path("people/<uuid:code>/move/", changing.move, name="move"),
    path("people/<uuid:code>/death/", changing.death, name="death"),
    path("people/<uuid:code>/stay/", changing.stay, name="stay"),
    path("stays/<uuid:code>/end/", changing.stay_end, name="stay_end"),
]
