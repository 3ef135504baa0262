from __future__ import annotations

from django.db.models import Q

from yiyang.base.retaining import Entry, Then, kept

QUARTER = 92
_ENDED = Q(batch__finished_at__isnull=False)

ENTRIES = (
    kept("exchange.Feed", "which department sends what; no personal data"),
    kept("exchange.Batch", "counts, and who stood for the file"),
    Entry("exchange.Piece", Then.DELETE, "the file as it came", days=QUARTER, since="batch__uploaded_at"),
    Entry("exchange.Row", Then.DELETE, "lines of a file that is done", days=QUARTER,
          since="batch__finished_at", where=_ENDED),
    Entry("exchange.Rejection", Then.DELETE, "why lines came back", days=400, since="batch__uploaded_at"),
    kept("exchange.Ticket", "who settled which difference; names of columns, no values"),
    kept("exchange.Origin", "which source a column comes from"),
)  # fmt: skip
