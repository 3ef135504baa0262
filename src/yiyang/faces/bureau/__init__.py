"""The desks of civil affairs at every level: what waits, figures, people, law, revisions, appeals."""
