"""Every staff page with a sample that could break it: long names, zeros, gaps, errors, nobody at all."""

from __future__ import annotations

from dataclasses import dataclass

from tests.browser import staff_samples_appeals as appeals
from tests.browser import staff_samples_bureau as bureau
from tests.browser import staff_samples_community as community
from tests.browser import staff_samples_imports as imports
from tests.browser import staff_samples_keeper as keeper
from tests.browser import staff_samples_law as law
from tests.browser import staff_samples_people as people
from tests.browser import staff_samples_public as front
from tests.browser import staff_samples_records as records
from tests.browser import staff_samples_revisions as revisions
from tests.browser import staff_samples_rights as rights
from tests.browser import staff_samples_speaking as speaking
from yiyang.engine import errors
from yiyang.engine.errors import HouseError
from yiyang.faces.shared.showing import Frame


@dataclass(frozen=True, slots=True)
class Sample:
    """One page to render: file name, template, its page record, the frame around it."""

    name: str
    template: str
    page: object
    frame: Frame | None
    phone: bool = False
    error: HouseError | None = None

    @property
    def context(self) -> dict[str, object]:
        """What the template receives."""
        return {"frame": self.frame, "page": self.page, "error": self.error}


def _desk(name: str, template: str, page: object, frame: Frame) -> Sample:
    return Sample(f"bureau_{name}", f"bureau/{template}.html", page, frame)


def _phone(name: str, template: str, page: object, frame: Frame) -> Sample:
    return Sample(f"community_{name}", f"community/{template}.html", page, frame, phone=True)


def _keeper(name: str, template: str, page: object, frame: Frame) -> Sample:
    return Sample(f"keeper_{name}", f"keeper/{template}.html", page, frame)


SAMPLES = (
    _keeper("home", "home", keeper.HOME, keeper.OFFICER),
    _keeper("alerts", "alerts", keeper.ALERTS, keeper.OFFICER),
    _keeper("alert", "alert", keeper.ALERT, keeper.OFFICER),
    _keeper("audit", "audit", keeper.LOG, keeper.AUDITOR),
    _keeper("audit_none", "audit", keeper.LOG_NONE, keeper.AUDITOR),
    _keeper("lookers", "lookers", keeper.LOOKERS, keeper.AUDITOR),
    _desk("overview", "overview", bureau.OVERVIEW, bureau.CITY),
    _desk("overview_county", "overview", bureau.COUNTY_OVERVIEW, bureau.COUNTY),
    _desk("people", "people", people.PEOPLE, bureau.COUNTY),
    _desk("people_none", "people", people.NOBODY, bureau.COUNTY),
    _desk("person", "person", people.PERSON, bureau.STREET),
    _desk("person_then", "person", people.PERSON_THEN, bureau.STREET),
    _desk("reveal", "reveal", people.REVEAL, bureau.STREET),
    _desk("reveal_shown", "reveal", people.REVEALED, bureau.STREET),
    _desk("definitions", "definitions", people.DEFINITIONS, bureau.CITY),
    Sample("bureau_absent", "shared/staff_state.html", people.ABSENT, bureau.STREET),
    Sample("bureau_failed", "shared/staff_state.html", people.FAILED, bureau.STREET),
    Sample("bureau_loading", "shared/staff_state.html", people.LOADING, bureau.STREET),
    _desk("law", "law", law.LAW, law.FRAME),
    _desk("law_benefit", "law_benefit", law.BENEFIT, law.FRAME),
    _desk("clause", "clause", law.CLAUSE, law.FRAME),
    _desk("revisions", "revisions", revisions.REVISIONS, revisions.REVISION_FRAME),
    _desk("revision_new", "revision_new", revisions.REVISION_NEW, revisions.REVISION_FRAME),
    _desk("revision_new_wrong", "revision_new", revisions.REVISION_WRONG, revisions.REVISION_FRAME),
    _desk("revision_draft", "revision", revisions.REVISION_DRAFT, revisions.REVISION_FRAME),
    _desk("revision_own", "revision", revisions.REVISION_OWN, revisions.REVISION_FRAME),
    _desk("rehearsal", "rehearsal", revisions.REHEARSAL, revisions.REVISION_FRAME),
    _desk("appeals", "appeals", appeals.APPEALS, appeals.APPEAL_FRAME),
    _desk("appeal", "appeal", appeals.APPEAL, appeals.APPEAL_FRAME),
    _desk("rights", "rights", rights.RIGHTS, rights.RIGHTS_FRAME),
    _desk("right", "right", rights.RIGHT, rights.RIGHTS_FRAME),
    _desk("right_done", "right", rights.RIGHT_DONE, rights.RIGHTS_FRAME),
    _desk("right_new", "right_new", rights.NOTE, rights.RIGHTS_FRAME),
    _desk("imports", "imports", imports.IMPORTS, imports.IMPORT_FRAME),
    _desk("imports_none", "imports", imports.IMPORTS_NONE, imports.IMPORT_FRAME),
    _desk("import_new", "import_new", imports.UPLOAD, imports.IMPORT_FRAME),
    _desk("import_new_wrong", "import_new", imports.UPLOAD_WRONG, imports.IMPORT_FRAME),
    _desk("import", "import", imports.IMPORT, imports.IMPORT_FRAME),
    _desk("import_running", "import", imports.IMPORT_RUNNING, imports.IMPORT_FRAME),
    _desk("import_bad", "import", imports.IMPORT_BAD, imports.IMPORT_FRAME),
    _desk("import_tickets", "import_tickets", imports.TICKETS, imports.IMPORT_FRAME),
    _desk("import_tickets_none", "import_tickets", imports.TICKETS_NONE, imports.IMPORT_FRAME),
    _desk("import_ticket", "import_ticket", imports.TICKET, imports.IMPORT_FRAME),
    _desk("import_ticket_settled", "import_ticket", imports.TICKET_SETTLED, imports.IMPORT_FRAME),
    _desk("records", "records", records.RECORDS, records.RECORD_FRAME),
    _desk("pair", "matter", records.PAIR, records.RECORD_FRAME),
    _desk("death", "matter", records.DEATH, records.RECORD_FRAME),
    _phone("register", "form", records.REGISTER, community.FRAME_SEARCH),
    _phone("stay", "registry", records.STAY, community.FRAME),
    _phone("lead_doubt", "lead", records.LEAD_DOUBT, community.FRAME),
    _phone("reveal", "reveal", people.REVEAL, community.FRAME),
    _phone("reveal_shown", "reveal", people.REVEALED, community.FRAME),
    _phone("list", "list", community.LIST, community.FRAME),
    _phone("list_none", "list", community.LIST_NONE, community.FRAME),
    _phone("lead", "lead", community.LEAD, community.FRAME),
    _phone("lead_mine", "lead", community.LEAD_MINE, community.FRAME),
    _phone("attempt", "attempt", community.ATTEMPT, community.FRAME),
    _phone("speak", "speak", speaking.SPEAK, community.FRAME),
    _phone("mandates", "mandates", speaking.MANDATES, community.FRAME),
    _phone("mandates_none", "mandates", speaking.NOBODY, community.FRAME),
    _phone("assess", "assess", community.ASSESS, community.FRAME),
    _phone("item", "assess_item", community.ITEM, community.FRAME),
    _phone("item_first", "assess_item", community.ITEM_FIRST, community.FRAME),
    _phone("signs", "assess_signs", community.SIGNS, community.FRAME),
    _phone("review_open", "assess_review", community.REVIEW_OPEN, community.FRAME),
    _phone("review", "assess_review", community.REVIEW, community.FRAME),
    _phone("done", "assess_done", community.DONE, community.FRAME),
    _phone("due", "due", community.DUE, community.FRAME_DUE),
    _phone("unplaced", "unplaced", community.UNPLACED, community.FRAME),
    _phone("search", "search", community.SEARCH, community.FRAME_SEARCH),
    _phone("search_none", "search", community.SEARCH_NONE, community.FRAME_SEARCH),
    Sample("community_absent", "shared/phone_state.html", people.ABSENT, community.FRAME, phone=True),
    Sample("refused_absent", "shared/refused.html", None, None, error=errors.Missing()),
    Sample(
        "refused_conflict", "shared/refused.html", None, None, error=errors.Conflict(message="张干事刚认领了")
    ),
    Sample("refused_broken", "shared/refused.html", None, None, phone=True, error=errors.BrokenInvariant()),
    Sample("public_landing", "public/landing.html", front.LANDING, None),
    Sample("public_landing_phone", "public/landing.html", front.LANDING, None, phone=True),
    Sample("public_sign_in", "public/sign_in.html", front.SIGN_IN, None),
    Sample("public_sign_in_wrong", "public/sign_in.html", front.SIGN_IN_WRONG, None, phone=True),
    Sample("public_duty", "public/duty.html", front.DUTY, None, phone=True),
    Sample("public_factor", "public/factor.html", front.FACTOR, None),
    Sample("public_enrol", "public/enrol.html", front.ENROL, None, phone=True),
    Sample("public_codes", "public/codes.html", front.CODES, None, phone=True),
    Sample("public_passkey", "public/passkey.html", front.PASSKEY, None),
    Sample("public_devices", "public/devices.html", front.DEVICES, None),
    Sample("public_signed_out", "public/signed_out.html", front.SIGNED_OUT, None),
)
