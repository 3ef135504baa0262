"""Addresses of the bureau: officials of four levels, each in the own branch."""

from __future__ import annotations

from django.urls import path

from yiyang.faces.bureau.views import (
    appeals,
    import_tickets,
    importing,
    law,
    overview,
    people,
    person,
    proposing,
    records,
    rehearsing,
    revisions,
    rights,
)

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
    path("imports/", importing.imports, name="imports"),
    path("imports/new/", importing.new, name="import_new"),
    path("imports/templates/<slug:kind>/", importing.template, name="import_template"),
    path("imports/tickets/", import_tickets.tickets, name="import_tickets"),
    path("imports/tickets/<str:code>/", import_tickets.ticket, name="import_ticket"),
    path("imports/<str:code>/", importing.batch, name="import"),
    path("imports/<str:code>/approve/", importing.approve, name="import_approve"),
    path("imports/<str:code>/decline/", importing.decline, name="import_decline"),
    path("imports/<str:code>/rejected/", importing.rejected, name="import_rejected"),
    path("records/", records.records, name="records"),
    path("records/pairs/<str:code>/", records.pair, name="pair"),
    path("records/merges/<str:code>/", records.merge, name="merge"),
    path("records/deaths/<str:code>/", records.death, name="death"),
    path("records/moves/<str:code>/", records.move, name="move"),
    path("rights/", rights.rights, name="rights"),
    path("rights/new/<str:code>/", rights.right_new, name="right_new"),
    path("rights/<str:code>/", rights.right, name="right"),
    path("definitions/", law.definitions, name="definitions"),
]
