"""Duties: what a person in office may do, always for one branch and until a day.

A right is a verb with its object. Views name the right they need; services ask the guard again.
"""

from __future__ import annotations

from dataclasses import dataclass

from yiyang.base.scoping import Role

MAX_GRANT_DAYS = 366


@dataclass(frozen=True)
class DutyClass:
    code: str
    title: str
    says: str
    rights: frozenset[str]
    home: str  # URL name of the page it starts on
    role: Role = Role.APP  # the database role of everything done under it


DUTIES: dict[str, DutyClass] = {
    duty.code: duty
    for duty in (
        DutyClass(
            "grid_worker",
            "社区工作人员",
            "走访本社区老人，做能力评估，帮老人办事",
            frozenset(
                {
                    *("view_people", "view_names", "take_leads", "assess", "view_law"),
                    *("register_people", "move_people", "report_deaths", "record_stays"),
                }
            ),
            "community:list",
        ),
        DutyClass(
            "community_official",
            "社区（嘎查村）负责人",
            "看本社区的应享未享和名单，安排走访",
            frozenset({"view_people", "view_names", "view_figures", "view_law"}),
            "bureau:overview",
        ),
        DutyClass(
            "township_official",
            "街道（苏木乡镇）民政工作人员",
            "看本街道的应享未享，督办，办理异议",
            frozenset(
                {
                    *(
                        "view_people",
                        "view_names",
                        "view_figures",
                        "answer_appeals",
                        "answer_rights",
                        "view_law",
                    ),
                    *("move_people", "confirm_deaths", "decide_duplicates"),
                }
            ),
            "bureau:overview",
        ),
        DutyClass(
            "official",
            "民政部门工作人员",
            "看本辖区各项数字，起草待遇标准，测算影响，办理异议，导入外部门来文",
            frozenset(
                {
                    "view_people",
                    "view_figures",
                    "view_law",
                    "propose_law",
                    "rehearse_law",
                    "answer_appeals",
                    "answer_rights",
                    "view_imports",
                    "import_data",
                    "settle_imports",
                    *("move_people", "confirm_deaths", "decide_duplicates"),
                }
            ),
            "bureau:overview",
        ),
        DutyClass(
            "approver",
            "民政部门负责人",
            "批准别人起草并测算过的待遇标准，复核别人上传的来文",
            frozenset(
                {
                    "view_people",
                    "view_figures",
                    "view_law",
                    "rehearse_law",
                    "approve_law",
                    "view_imports",
                    "approve_import",
                }
            ),
            "bureau:overview",
        ),
        DutyClass(
            "system_admin",
            "系统管理员",
            "开户、停用账号、帮同事找回登录；不授职责，不看老人",
            frozenset({"keep_accounts"}),
            "keeper:home",
            Role.SYSTEM,
        ),
        DutyClass(
            "security_officer",
            "安全管理员",
            "授予和收回职责，处理安全提醒；不开账号，不看老人",
            frozenset({"keep_duties", "answer_alerts"}),
            "keeper:home",
            Role.SECURITY,
        ),
        DutyClass(
            "auditor",
            "审计员",
            "查谁看过、改过什么，核对记录有没有被动过；什么都不能改",
            frozenset({"read_audit"}),
            "keeper:home",
            Role.AUDIT,
        ),
    )
}

# Whoever keeps the house sees nobody in it, and no two of them are one person (三员分立).
POWERS = frozenset({"system_admin", "security_officer", "auditor"})

# Maker and checker, assessor and approver, a power and anything else: never in one hand.
INCOMPATIBLE: frozenset[frozenset[str]] = frozenset(
    {frozenset({"official", "approver"}), frozenset({"grid_worker", "approver"})}
    | {frozenset({power, other}) for power in POWERS for other in DUTIES if other != power}
)


def role_of(duty: str) -> Role:
    """The database role of a duty; without a duty, that of officials, who see nobody without a place."""
    return DUTIES[duty].role if duty in DUTIES else Role.APP
