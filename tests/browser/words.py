"""E18: is the text of a page made of plain words?

The grade list: no free list of the 2,500 commonest characters can be had without copying somebody's file, so
a character counts as common when it stands in level one of GB 2312 (rows 16-55, 3,755 characters chosen by
frequency), which Python's codec knows. It is wider than 2,500; the bar of 98 % is kept.
"""

from __future__ import annotations

import re

BANNED = (
    *(
        "提交",
        "申请",
        "受理",
        "编号",
        "认证",
        "系统",
        "异常",
        "操作",
        "成功",
        "请输入",
        "有效",
        "用户",
        "登录",
        "登陆",
    ),
    *("老龄", "失能", "失败", "错误", "点击", "验证码", "API", "Token", "App", "OK", "服务器", "评估"),
)
LONGEST_SENTENCE = 25
COMMON_SHARE = 0.98
LEVEL_ONE_ROWS = range(0xB0, 0xD8)
HAN = re.compile(r"[\u4e00-\u9fff]")
PHONES = re.compile(r"12349|\b120\b|尾号 ?\d{4}")
BARE_NUMBER = re.compile(r"\d+(?:\.\d+)?(?![\d.])(?![ \u00a0]*[\u4e00-\u9fff])")


def is_common(character: str) -> bool:
    """In level one of GB 2312."""
    try:
        return character.encode("gb2312")[0] in LEVEL_ONE_ROWS
    except UnicodeEncodeError:
        return False


def plain_word_findings(text: str, *, typed: str = "") -> list[str]:
    """What is not plain in the text of one page; ``typed``: her own words, which are never judged."""
    text = text.replace(typed, "") if typed else text
    found = [f"E18 banned {word}" for word in BANNED if word in text]
    for sentence in re.split(r"[。！？：；\n]", text):
        if len(HAN.findall(sentence)) > LONGEST_SENTENCE:
            found.append(f"E18 long sentence: {sentence.strip()[:12]}")
    characters = HAN.findall(text)
    rare = [one for one in characters if not is_common(one)]
    if characters and 1 - len(rare) / len(characters) < COMMON_SHARE:
        found.append(
            f"E18 {len(rare)} of {len(characters)} characters uncommon: {''.join(sorted(set(rare)))}"
        )
    found += [f"E18 number without a unit: {number}" for number in BARE_NUMBER.findall(PHONES.sub("", text))]
    return found
