"""Messages of a demonstration or a trial, one line each, in a file of the service's own account."""

from __future__ import annotations

import json
import os
from pathlib import Path

from django.conf import settings

from yiyang.notices.channels import Message, Outcome
from yiyang.notices.choices import NoticeState, Reason


class File:
    name, real = "file", False

    def carry(self, message: Message) -> Outcome:
        row = {
            "at": message.at.isoformat(),
            "code": str(message.code),
            "channel": message.channel.value,
            "to": message.phone,
            "text": message.text,
        }
        try:
            handle = os.open(Path(settings.YIYANG_NOTICES), os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        except OSError:
            return Outcome(NoticeState.FAILED, Reason.GATEWAY_DOWN, again=True)
        with os.fdopen(handle, "a", encoding="utf-8") as written:
            written.write(json.dumps(row, ensure_ascii=False) + "\n")
        return Outcome(NoticeState.DELIVERED)
