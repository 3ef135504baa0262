"""The community phone: who is due something, one household after the other."""

from __future__ import annotations

from django.urls import path

from yiyang.faces.community.views import finding, household, listing

app_name = "community"
urlpatterns = [
    path("", listing.todays_list, name="list"),
    path("people/<uuid:code>/", household.lead, name="lead"),
    path("people/<uuid:code>/take/", listing.take, name="take"),
    path("people/<uuid:code>/give-back/", listing.give_back, name="give_back"),
    path("people/<uuid:code>/attempt/", household.attempt, name="attempt"),
    path("due/", finding.due, name="due"),
    path("unplaced/", finding.unplaced, name="unplaced"),
    path("search/", finding.search, name="search"),
]
