"""Whoever was told a day is off the list until that day, and back on it then."""

from django.db import migrations, models

COLUMNS = (
    "division, listed, left_out, asked_for, call_by, worth_fen, since, unserved, unassessed, reached, worked, "
    "taken_by_id, again_on"
)
LISTED = "(state IN ('NEW', 'ASSIGNED', 'CONTACTED') OR state = 'UNREACHABLE' AND again_on IS NOT NULL)"
WORKED = "state IN ('NEW', 'ASSIGNED', 'CONTACTED', 'UNREACHABLE')"
# One row a person out of her open leads; ``touched`` says whose.
FROM_LEADS = f"""
SELECT l.person_id, max(l.division), bool_or({LISTED}),
       CASE WHEN bool_or({LISTED}) THEN ''
            WHEN bool_or(state = 'UNREACHABLE') THEN 'UNREACHABLE'
            WHEN bool_or(state = 'APPLIED') THEN 'APPLIED'
            WHEN bool_or(state = 'DECLINED') THEN 'DECLINED'
            ELSE 'NOT_ELIGIBLE_AFTER_ALL' END,
       bool_or(asked_for AND {WORKED}), min(call_by) FILTER (WHERE {WORKED}),
       sum(worth_fen) FILTER (WHERE {WORKED}), coalesce(min(since) FILTER (WHERE {WORKED}), min(since)),
       bool_or(kind = 'UNSERVED' AND {WORKED}), bool_or(kind = 'NEEDS_ASSESSMENT' AND {WORKED}),
       bool_or(state = 'CONTACTED'), bool_or({WORKED}), max(taken_by_id) FILTER (WHERE {WORKED}),
       max(again_on) FILTER (WHERE {WORKED})
  FROM outreach_lead l"""

SQL = f"""
CREATE OR REPLACE FUNCTION outreach_keep_caseload() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  -- EXECUTE, so that the plan fits one lead as well as five million.
  EXECUTE $q$
    DELETE FROM outreach_caseload c USING (SELECT DISTINCT person_id FROM changed) touched
     WHERE c.person_id = touched.person_id AND NOT EXISTS
       (SELECT FROM outreach_lead l WHERE l.person_id = touched.person_id AND l.state <> 'CLOSED')$q$;
  EXECUTE $q$
    INSERT INTO outreach_caseload AS kept (person_id, {COLUMNS})
    {FROM_LEADS} JOIN (SELECT DISTINCT person_id FROM changed) touched USING (person_id)
     WHERE l.state <> 'CLOSED' GROUP BY l.person_id
    ON CONFLICT (person_id) DO UPDATE SET ({COLUMNS}) =
      ({", ".join(f"EXCLUDED.{column}" for column in COLUMNS.split(", "))})
     WHERE ({", ".join(f"kept.{column}" for column in COLUMNS.split(", "))}) IS DISTINCT FROM
      ({", ".join(f"EXCLUDED.{column}" for column in COLUMNS.split(", "))})$q$;
  RETURN NULL;
END $$;

UPDATE outreach_lead l SET again_on = last.again_on
  FROM (SELECT DISTINCT ON (person_id) person_id, again_on FROM outreach_contactattempt
         ORDER BY person_id, at DESC, id DESC) last
 WHERE last.person_id = l.person_id AND last.again_on IS NOT NULL AND {WORKED};
"""


class Migration(migrations.Migration):
    dependencies = [("outreach", "0004_caseload_kept")]
    operations = [
        migrations.AddField(
            model_name="lead",
            name="again_on",
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name="caseload",
            name="again_on",
            field=models.DateField(null=True),
        ),
        migrations.RunSQL(SQL, migrations.RunSQL.noop),
    ]
