"""Everything the house holds on one person, as one file she may take with her."""

from __future__ import annotations

import hashlib
import json
from datetime import datetime

from yiyang.base import holding
from yiyang.base.ids import PersonId
from yiyang.people.selectors import ids_of


def copy_of(person_id: PersonId, *, now: datetime) -> tuple[str, dict[str, object]]:
    """The file as JSON, and what proves it later: its digest and the number of rows by title."""
    held = [part for one in ids_of(person_id) for part in holding.held_on(one)]
    content = {
        "made_at": now.isoformat(),
        "of": [{"title": title, "rows": rows} for title, rows in held],
        "note": "别人的姓名只写姓。模拟数据除外，内容以登记为准。",
    }
    text = json.dumps(content, ensure_ascii=False, indent=1)
    counted: dict[str, int] = {}
    for title, rows in held:
        counted[title] = counted.get(title, 0) + len(rows)
    digest = hashlib.sha256(text.encode()).hexdigest()
    return text, {"sha256": digest, "rows": counted}
