"""Addresses of the bureau: officials of four levels, each in the own branch."""

from __future__ import annotations

from django.urls import path

from yiyang.faces.bureau.views import appeals, law, overview, people, person, proposing, rehearsing, revisions

app_name = "bureau"
urlpatterns = [
    path("", overview.overview, name="overview"),
    path("people/", people.people, name="people"),
    path("people/<str:code>/", person.person, name="person"),
    path("people/<str:code>/reveal/<slug:field>/", person.reveal, name="reveal"),
    path("law/", law.law, name="law"),
    path("law/<slug:name>/", law.benefit, name="law_benefit"),
    path("clauses/<str:doc>/<str:clause>/", law.clause, name="clause"),
    path("revisions/", revisions.revisions, name="revisions"),
    path("revisions/new/", proposing.new, name="revision_new"),
    path("revisions/<str:code>/", revisions.revision, name="revision"),
    path("revisions/<str:code>/edit/", proposing.edit, name="revision_edit"),
    path("revisions/<str:code>/rehearse/", rehearsing.rehearse, name="rehearse"),
    path("revisions/<str:code>/rehearsal/", rehearsing.rehearsal, name="rehearsal"),
    path("revisions/<str:code>/approve/", rehearsing.approve, name="approve"),
    path("revisions/<str:code>/schedule/", revisions.schedule, name="schedule"),
    path("revisions/<str:code>/withdraw/", revisions.withdraw, name="withdraw"),
    path("appeals/", appeals.appeals, name="appeals"),
    path("appeals/<str:code>/", appeals.appeal, name="appeal"),
    path("definitions/", law.definitions, name="definitions"),
]
