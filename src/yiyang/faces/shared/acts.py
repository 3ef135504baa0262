"""What stands in the log as done, said in Chinese on every page that shows it."""

from __future__ import annotations

ACTS = {
    "read_person": "打开档案",
    "listed_people": "看名单",
    "read_list": "看名单",
    "searched": "查人",
    "phone_shown": "看电话住址",
    "revealed": "查看一项完整信息",
    "own_page": "本人打开自己的页面",
    "explained": "在命令行里看理由",
    "decided": "重新认定",
    "facts": "登记情况",
    "moved": "登记搬家",
    "died": "登记去世",
    "help_asked": "申请帮办",
    "appeal_made": "提出申诉",
    "appeal_answered": "答复申诉",
    "appeal_withdrawn": "撤回申诉",
    "leads_taken": "认领",
    "leads_given_back": "退回认领",
    "contact_attempt": "登记联系结果",
    "assessment_settled": "能力评估签字",
    "assessment_abandoned": "放弃能力评估",
    "rehearsed": "测算标准",
    "refused": "被拒绝",
    "signed_in": "登录",
    "sign_in_failed": "登录没成功",
    "signed_out": "退出",
    "read_audit": "看记录",
    "exported_audit": "导出记录",
    "audit_verified": "核对封条",
    "alert_seen": "安全提醒：在问",
    "alert_answered": "安全提醒：有答复",
    "import_checked": "核对导入文件",
    "import_merged": "导入",
    "import_settled": "裁定导入冲突",
    "right_asked": "提出对自己资料的要求",
    "right_answered": "答复对自己资料的要求",
    "right_withdrawn": "撤回对自己资料的要求",
    "consent_given": "同意一种用途",
    "consent_withdrawn": "收回同意",
    "retention": "按保存期限清理",
    "keys_rotated": "更换密钥",
    "key_retired": "销毁旧密钥",
    "row_insert": "库里添了一行",
    "row_update": "库里改了一行",
    "row_delete": "库里删了一行",
    "rows_insert": "库里成批添了行",
    "rows_update": "库里成批改了行",
    "rows_delete": "库里成批删了行",
}


def act_words(action: str) -> str:
    """A word nobody has translated is shown as it stands."""
    return ACTS.get(action, action)
