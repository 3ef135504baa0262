"""The case load follows the leads: one statement on leads, one bringing in line of the people it touched."""

from django.db import migrations

LO = "(SELECT nullif(current_setting('app.lo', true), ''))"
HI = "(SELECT nullif(current_setting('app.hi', true), ''))"
IN_SCOPE = f"division >= {LO} AND division < {HI}"

COLUMNS = "division, listed, left_out, asked_for, call_by, worth_fen, since, unserved, unassessed, reached, worked, taken_by_id"
LISTED = "state IN ('NEW', 'ASSIGNED', 'CONTACTED')"
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
       bool_or(state = 'CONTACTED'), bool_or({WORKED}), max(taken_by_id) FILTER (WHERE {WORKED})
  FROM outreach_lead l"""

SQL = f"""
GRANT SELECT, INSERT, UPDATE, DELETE ON outreach_caseload TO yiyang_app, yiyang_job;
ALTER TABLE outreach_caseload ENABLE ROW LEVEL SECURITY;
ALTER TABLE outreach_caseload FORCE ROW LEVEL SECURITY;
CREATE POLICY scope ON outreach_caseload TO yiyang_app, yiyang_job USING ({IN_SCOPE}) WITH CHECK ({IN_SCOPE});

INSERT INTO outreach_caseload (person_id, {COLUMNS})
{FROM_LEADS} WHERE state <> 'CLOSED' GROUP BY l.person_id;

CREATE FUNCTION outreach_keep_caseload() RETURNS trigger LANGUAGE plpgsql AS $$
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
CREATE TRIGGER caseload_of_new AFTER INSERT ON outreach_lead REFERENCING NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION outreach_keep_caseload();
CREATE TRIGGER caseload_of_changed AFTER UPDATE ON outreach_lead REFERENCING NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION outreach_keep_caseload();
"""


class Migration(migrations.Migration):
    dependencies = [("outreach", "0003_caseload")]
    operations = [migrations.RunSQL(SQL, migrations.RunSQL.noop)]
