"""The facts a person's record may hold: names, ranges, words. The same columns as ``people_state``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

YES_NO: Mapping[int, str] = {0: "否", 1: "是"}


@dataclass(frozen=True)
class FactSpec:
    """One fact: ``low`` and ``high`` are inclusive; ``known`` = its column is never null in the state."""

    key: str
    title: str
    low: int
    high: int
    words: Mapping[int, str] = field(default_factory=dict)
    boolean: bool = False
    known: bool = False

    def say(self, value: int | bool | None) -> str:
        """The value as a page shows it; unknown says so."""
        if value is None:
            return "不知道"
        return self.words.get(int(value), str(int(value)))


def _yes_no(key: str, title: str, *, known: bool = False) -> FactSpec:
    return FactSpec(key, title, 0, 1, YES_NO, boolean=True, known=known)


_ABILITY = {0: "能力完好", 1: "轻度受损", 2: "中度受损", 3: "重度受损", 4: "完全丧失"}
_HARDSHIP = {0: "不属于困难对象", 1: "低保边缘", 2: "低保", 3: "特困"}
_CERTIFICATE = {0: "没有残疾证", 1: "一级", 2: "二级", 3: "三级", 4: "四级"}
_LTCI = {0: "基本正常", 1: "轻度", 2: "中度", 3: "重度Ⅰ", 4: "重度Ⅱ", 5: "重度Ⅲ"}
_PENSION = {0: "没有", 1: "职工养老保险", 2: "城乡居民养老保险"}

FACTS: Mapping[str, FactSpec] = {
    spec.key: spec
    for spec in (
        FactSpec("ability_level", "能力等级", 0, 4, _ABILITY),
        FactSpec("hardship_class", "经济困难类别", 0, 3, _HARDSHIP),
        FactSpec("disability_certificate_grade", "残疾证等级", 0, 4, _CERTIFICATE),
        FactSpec("ltci_disability_level", "长护险失能等级", 0, 5, _LTCI),
        FactSpec("insured_months", "长护险参保月数", 0, 1200),
        FactSpec("meals_in_month", "本月助餐次数", 0, 93, known=True),
        _yes_no("lives_in_care_home", "住在养老机构", known=True),
        _yes_no("home_adapted", "做过适老化改造", known=True),
        _yes_no("lives_alone", "独居"),
        _yes_no("empty_nest", "空巢"),
        _yes_no("left_behind", "留守"),
        _yes_no("bereaved_family", "计划生育特殊家庭"),
        _yes_no("entitled_group", "优抚对象"),
        _yes_no("has_dementia", "失智"),
        _yes_no("special_contribution", "有特殊贡献"),
        _yes_no("seriously_ill", "患重病"),
        _yes_no("homeless", "流浪乞讨、生活无着"),
        FactSpec("pension_scheme", "养老保险", 0, 2, _PENSION),
    )
}

STATE_COLUMNS: tuple[str, ...] = (
    "person_id",
    "division",
    "birth_ymd",
    "hukou_county",
    "residence_county",
    *FACTS,
)
