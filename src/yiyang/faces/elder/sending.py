"""How the six digits leave, and where to look for them in a demonstration."""

from __future__ import annotations

from yiyang.notices import channels
from yiyang.notices.choices import Channel

HINTS = {"console": "演示：数字在命令行里。", "file": "演示：数字在文件里。"}


def hint() -> str:
    """Where to look for the digits, for the page that asks for them; nothing where they reach a phone."""
    return HINTS.get(channels.carrier_of(Channel.SMS).name, "")
