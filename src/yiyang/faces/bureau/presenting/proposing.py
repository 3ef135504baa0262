"""The form that drafts or edits a number: choices, what stands now beside it, where a refusal belongs."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from django import forms

from yiyang.engine.errors import Conflict, Refused
from yiyang.engine.ruling.parameters import Cite, ParameterRow
from yiyang.faces.bureau.forms import Choices, ChooseNumber, NumberForm, Propose
from yiyang.faces.bureau.law_showing import FormPage
from yiyang.faces.bureau.presenting.desk import Desk, address
from yiyang.faces.bureau.presenting.histories import SAID, names_around
from yiyang.faces.bureau.presenting.numbers import form_unit, money_or_count, title_of, typed_of, unit_of
from yiyang.faces.shared.fields import FormView, field_of
from yiyang.faces.shared.showing import Fact, Link
from yiyang.policies import browsing, guards, library
from yiyang.policies import selectors as policies
from yiyang.policies.library import LawInForce
from yiyang.regions import codes
from yiyang.regions import selectors as regions
from yiyang.regions.codes import Level

if TYPE_CHECKING:
    from yiyang.policies.models import Revision

LAW_DIGITS = 6
LEAD = "先存草稿，再测算，再由另一个人审批。草稿不影响任何人。"
FIELD_OF: dict[type[Exception], str] = {
    guards.ForThePast: "since",
    guards.SameDay: "since",
    guards.BadValue: "value",
    guards.UnknownNumber: "clause",
}


def place_choices(desk: Desk) -> Choices:
    """Places whose numbers this person may draft: the own one and the counties below."""
    prefix = desk.actor.prefix
    if len(prefix) > LAW_DIGITS:
        return []
    own = regions.place(prefix, on=desk.today)
    below = [] if len(prefix) == LAW_DIGITS else regions.branch_of(prefix, Level.COUNTY, on=desk.today)
    return [(str(codes.county_of(one.division)), one.name) for one in (own, *below)]


def clause_choices(desk: Desk, rows: list[ParameterRow]) -> Choices:
    """Every clause that holds somewhere in the branch, those that the number rests on now first."""
    now = list(dict.fromkeys((row.cite.doc, row.cite.clause) for row in reversed(rows)))
    rest = [cite for cite in sorted(library.clauses_around(desk.actor.prefix)) if cite not in now]
    return [(f"{doc}|{clause}", _clause_words(doc, clause)) for doc, clause in (*now, *rest)]


def _clause_words(doc: str, clause: str) -> str:
    said = browsing.summary_of(Cite(doc, clause))
    return f"{said.title} 第 {clause} 条" if said else f"{doc} {clause}"


def key_choices(desk: Desk, benefit: str) -> Choices:
    """Numbers of one benefit, or all that a rule reads."""
    provisions = browsing.provisions(desk.today)
    chosen = [provisions[benefit]] if benefit in provisions else list(provisions.values())
    keys = dict.fromkeys(key for one in chosen for key in one.keys)
    return [(key, title_of(key)) for key in keys]


def choose_page(desk: Desk, benefit: str) -> FormPage:
    """Which number to change."""
    form = ChooseNumber(keys=key_choices(desk, benefit))
    view = FormView(
        address("revision_new"),
        "接着填",
        tuple(field_of(bound) for bound in form),
        Link("不改了", address("revisions")),
        method="get",
    )
    return FormPage("起草修订", f"第 1 步：选要改的数。{LEAD}", view)


def rows_of(desk: Desk, key: str, place: int, law: LawInForce) -> list[ParameterRow]:
    """Rows of the number in force now, as they touch a place."""
    rows = browsing.rows_about(law.numbers.rows, [key], place)
    return [row for row in rows if row.in_force(desk.today)]


def initial_of(desk: Desk, key: str, place: int, law: LawInForce) -> dict[str, str]:
    """What the form opens with: the place's own row continues in its own way."""
    rows = rows_of(desk, key, place, law)
    own = next((row for row in rows if row.place == place), None)
    shaping = law.numbers.resolve(key, place, desk.today).steps
    cite = own or (shaping[-1] if shaping else None) or (rows[-1] if rows else None)
    return {
        "key": key,
        "place": str(place),
        "merge": own.merge if own else "override",
        "clause": f"{cite.cite.doc}|{cite.cite.clause}" if cite else "",
    }


def propose_page(desk: Desk, key: str, place: int, form: Propose) -> FormPage:
    """The form of a new draft, with the numbers of every level beside it."""
    view = _view(form, address("revision_new", key=key), key)
    return _form_page(desk, key, place, view, f"起草修订：{title_of(key)}")


def edit_page(desk: Desk, revision: Revision, form: NumberForm) -> FormPage:
    """The same for a draft that is there: value, day and reason only."""
    view = _view(form, address("revision_edit", revision.code), revision.key)
    title = f"改草稿：{title_of(revision.key)}"
    return _form_page(desk, revision.key, revision.place, view, title)


def _view(form: forms.Form, action: str, key: str) -> FormView:
    unit = form_unit(unit_of(key))
    fields = tuple(
        field_of(bound, unit=unit if bound.name == "value" else "",
                 inputmode="decimal" if bound.name == "value" else "")
        for bound in form
    )  # fmt: skip
    refused = "".join(str(error) for error in form.non_field_errors())
    return FormView(action, "存成草稿", fields, Link("不改了", address("revisions")), refused)


def _form_page(desk: Desk, key: str, place: int, view: FormView, title: str) -> FormPage:
    law = policies.law_on(desk.today)
    rows = rows_of(desk, key, place, law)
    names = names_around(rows, place, today=desk.today)
    stands = law.numbers.resolve(key, place, desk.today).value
    used = [browsing.provisions(desk.today)[name].title for name in browsing.results_using(key, desk.today)]
    beside = (
        Fact("合并以后", money_or_count(stands, unit_of(key)) if stands is not None else None),
        *(
            Fact(names[row.place], f"{SAID.get(row.merge, '')}{money_or_count(row.value, row.unit)}",
                 _clause_words(row.cite.doc, row.cite.clause), row.since)
            for row in rows
        ),
        Fact("动到哪些待遇", "、".join(used) or "没有待遇用这个数"),
    )  # fmt: skip
    now = money_or_count(stands, unit_of(key)) if stands is not None else "没有规定"
    hint = f"现行 {now}。写成 120 或 1 250.50 这样"
    fields = tuple(replace(one, hint=hint) if one.name == "value" else one for one in view.fields)
    view = replace(view, fields=fields)
    return FormPage(title, LEAD, view, f"现行的数（{names.get(place, '')}）", beside)


def initial_edit(revision: Revision) -> dict[str, str]:
    """A draft as its form shows it."""
    return {
        "value": typed_of(revision.value, revision.unit),
        "since": f"{revision.since:%Y-%m-%d}",
        "why": revision.why,
    }


def check_bounds(form: NumberForm, key: str) -> None:
    """A value outside what the number can sanely be is said at its field."""
    spec = library.number_specs().get(key)
    value = form.cleaned_data.get("value")
    if spec is None or value is None or spec.low <= value <= spec.high:
        return
    low, high = (money_or_count(n, spec.unit) if n else "0" for n in (spec.low, spec.high))
    form.add_error("value", f"应在 {low} 到 {high} 之间")


def put_refusal(form: forms.Form, refusal: Refused | Conflict) -> None:
    """The service's sentence at the field it is about, or above the form."""
    name = FIELD_OF.get(type(refusal), "")
    form.add_error(name if name in form.fields else None, refusal.message)
