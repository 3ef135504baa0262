"""What stands in the log, said in Chinese; a word nobody translated is shown as it is."""

from __future__ import annotations

ACTIONS = {
    "read_person": "看老人档案",
    "listed_people": "看名单",
    "searched_people": "查人",
    "refused": "被拒绝",
    "signed_in": "登录",
    "sign_in_failed": "登录没成功",
    "signed_out": "退出",
}


def action_words(action: str) -> str:
    return ACTIONS.get(action, action)
