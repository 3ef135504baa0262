from __future__ import annotations

from yiyang.base.holding import Holding

HOLDINGS = (
    Holding(
        "assessments.Assessment",
        "能力评估",
        {
            "assessed_on": "哪天评的",
            "state": "状态",
            "reason": "为什么评",
            "*assessor__name": "谁评的",
            "total": "总分",
            "level": "能力等级",
            "valid_until": "有效到",
            "dementia": "失智",
            "risk_events": "意外次数",
        },
    ),
    Holding(
        "assessments.ItemScore",
        "能力评估每一项的分",
        {"item": "项目", "score": "分"},
        by="assessment__person_id",
    ),
)
