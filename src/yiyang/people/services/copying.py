"""Everything the house holds on one person, as one file she may take with her."""

from __future__ import annotations

import hashlib
import json
from datetime import datetime

from yiyang.base import holding
from yiyang.base.ids import PersonId


def copy_of(person_id: PersonId, *, now: datetime) -> tuple[str, dict[str, object]]:
    """The file as JSON, and what proves it later: its digest and the number of rows by title."""
    held = holding.held_on(person_id)
    content = {
        "made_at": now.isoformat(),
        "of": [{"title": title, "rows": rows} for title, rows in held],
        "note": "别人的姓名只写姓。模拟数据除外，内容以登记为准。",
    }
    text = json.dumps(content, ensure_ascii=False, indent=1)
    digest = hashlib.sha256(text.encode()).hexdigest()
    return text, {"sha256": digest, "rows": {title: len(rows) for title, rows in held}}
