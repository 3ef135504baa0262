"""How the six digits reach a phone in this installation: they are shown on the console of whoever runs it.

A demonstration has no SMS gateway and its people have no phones. A number that can be dialled is refused:
nobody may believe that a message is on its way.
"""

from __future__ import annotations

import sys
from datetime import datetime

from yiyang.engine import identifying
from yiyang.engine.errors import Refused
from yiyang.faces.shared.texts import phone_tail

HINT = "演示：数字在命令行里。"
"""Where to look for the digits, for the page that asks for them."""


class CannotSend(Refused):
    code = "elder.cannot_send"
    message = "现在还发不了短信。请打 12349，请人帮您进来"


def check_can_send(phone: str) -> None:
    """Raises CannotSend: the number is one of the real world, and no gateway is set up."""
    if identifying.can_be_dialled(phone):
        raise CannotSend(f"no gateway for a phone ending in {phone_tail(phone)}")


def send_code(tail: str, code: str, *, now: datetime) -> None:
    """Write the digits on the standard error of the pages, for the one who runs the demonstration."""
    sys.stderr.write(f"yiyang: {now:%H:%M:%S} 演示短信，尾号 {tail}：验证码 {code}\n")
    sys.stderr.flush()
