"""The demonstration: messages appear on the standard error of whoever runs it, and nowhere else."""

from __future__ import annotations

import sys

from yiyang.notices.channels import Message, Outcome
from yiyang.notices.choices import Channel, NoticeState

WAYS = {Channel.SMS: "演示短信", Channel.VOICE: "演示电话"}


def line_of(message: Message) -> str:
    way = WAYS.get(message.channel, "演示消息")
    return f"yiyang: {message.at:%H:%M:%S} {way}，尾号 {message.phone[-4:]}：{message.text}\n"


class Console:
    name, real = "console", False

    def carry(self, message: Message) -> Outcome:
        sys.stderr.write(line_of(message))
        sys.stderr.flush()
        return Outcome(NoticeState.DELIVERED)
