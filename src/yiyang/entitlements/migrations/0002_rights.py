"""Decisions are append-only, and seen by the place responsible and by the place of residence."""

from django.db import migrations

LO = "(SELECT nullif(current_setting('app.lo', true), ''))"
HI = "(SELECT nullif(current_setting('app.hi', true), ''))"
IN_SCOPE = f"division >= {LO} AND division < {HI}"
LIVES_HERE = f"residence >= {LO} AND residence < {HI}"
OWN = "person_id = ANY ((SELECT string_to_array(nullif(current_setting('app.persons', true), ''), ','))::bigint[])"
SEEN = "EXISTS (SELECT FROM people_person seen WHERE seen.id = person_id)"

SQL = f"""
GRANT SELECT ON entitlements_sweep, entitlements_placetally, entitlements_refusedrow, entitlements_decision,
  entitlements_standing, entitlements_receipt, entitlements_explanation, entitlements_application,
  entitlements_appeal, entitlements_rehearsal TO yiyang_app, yiyang_job;
GRANT INSERT, UPDATE ON entitlements_sweep TO yiyang_job;
GRANT INSERT, UPDATE, DELETE ON entitlements_placetally, entitlements_refusedrow TO yiyang_job;
GRANT INSERT ON entitlements_decision, entitlements_explanation TO yiyang_app, yiyang_job;
GRANT INSERT, UPDATE, DELETE ON entitlements_standing TO yiyang_app, yiyang_job;
GRANT INSERT, UPDATE ON entitlements_receipt TO yiyang_app, yiyang_job;
GRANT INSERT, UPDATE ON entitlements_application, entitlements_appeal TO yiyang_app, yiyang_job, yiyang_person;
GRANT INSERT ON entitlements_rehearsal TO yiyang_app, yiyang_job;
GRANT SELECT ON entitlements_decision, entitlements_standing, entitlements_receipt, entitlements_explanation,
  entitlements_application, entitlements_appeal TO yiyang_person;
GRANT INSERT ON entitlements_explanation TO yiyang_person;

ALTER TABLE entitlements_placetally ENABLE ROW LEVEL SECURITY;
ALTER TABLE entitlements_placetally FORCE ROW LEVEL SECURITY;
CREATE POLICY scope ON entitlements_placetally TO yiyang_app, yiyang_job USING ({IN_SCOPE}) WITH CHECK ({IN_SCOPE});
ALTER TABLE entitlements_refusedrow ENABLE ROW LEVEL SECURITY;
ALTER TABLE entitlements_refusedrow FORCE ROW LEVEL SECURITY;
CREATE POLICY scope ON entitlements_refusedrow TO yiyang_app, yiyang_job USING ({IN_SCOPE}) WITH CHECK ({IN_SCOPE});

ALTER TABLE entitlements_decision ENABLE ROW LEVEL SECURITY;
ALTER TABLE entitlements_decision FORCE ROW LEVEL SECURITY;
CREATE POLICY scope ON entitlements_decision TO yiyang_app, yiyang_job
  USING (({IN_SCOPE}) OR {SEEN}) WITH CHECK (({IN_SCOPE}) OR {SEEN});
CREATE POLICY own ON entitlements_decision FOR SELECT TO yiyang_person USING ({OWN});
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON entitlements_decision
  FOR EACH ROW EXECUTE FUNCTION base_append_only();

ALTER TABLE entitlements_standing ENABLE ROW LEVEL SECURITY;
ALTER TABLE entitlements_standing FORCE ROW LEVEL SECURITY;
CREATE POLICY scope ON entitlements_standing TO yiyang_app, yiyang_job
  USING (({IN_SCOPE}) OR ({LIVES_HERE})) WITH CHECK (({IN_SCOPE}) OR ({LIVES_HERE}));
CREATE POLICY own ON entitlements_standing FOR SELECT TO yiyang_person USING ({OWN});

ALTER TABLE entitlements_receipt ENABLE ROW LEVEL SECURITY;
ALTER TABLE entitlements_receipt FORCE ROW LEVEL SECURITY;
CREATE POLICY scope ON entitlements_receipt TO yiyang_app, yiyang_job
  USING (({IN_SCOPE}) OR {SEEN}) WITH CHECK (({IN_SCOPE}) OR {SEEN});
CREATE POLICY own ON entitlements_receipt FOR SELECT TO yiyang_person USING ({OWN});

ALTER TABLE entitlements_explanation ENABLE ROW LEVEL SECURITY;
ALTER TABLE entitlements_explanation FORCE ROW LEVEL SECURITY;
CREATE POLICY scope ON entitlements_explanation TO yiyang_app, yiyang_job USING ({SEEN}) WITH CHECK ({SEEN});
CREATE POLICY own ON entitlements_explanation TO yiyang_person USING ({OWN}) WITH CHECK ({OWN});
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON entitlements_explanation
  FOR EACH ROW EXECUTE FUNCTION base_append_only();

ALTER TABLE entitlements_application ENABLE ROW LEVEL SECURITY;
ALTER TABLE entitlements_application FORCE ROW LEVEL SECURITY;
CREATE POLICY scope ON entitlements_application TO yiyang_app, yiyang_job USING ({IN_SCOPE}) WITH CHECK ({IN_SCOPE});
CREATE POLICY own ON entitlements_application TO yiyang_person USING ({OWN}) WITH CHECK ({OWN});

ALTER TABLE entitlements_appeal ENABLE ROW LEVEL SECURITY;
ALTER TABLE entitlements_appeal FORCE ROW LEVEL SECURITY;
CREATE POLICY scope ON entitlements_appeal TO yiyang_app, yiyang_job USING ({IN_SCOPE}) WITH CHECK ({IN_SCOPE});
CREATE POLICY own ON entitlements_appeal TO yiyang_person USING ({OWN}) WITH CHECK ({OWN});

ALTER TABLE entitlements_rehearsal ENABLE ROW LEVEL SECURITY;
ALTER TABLE entitlements_rehearsal FORCE ROW LEVEL SECURITY;
CREATE POLICY scope ON entitlements_rehearsal TO yiyang_app, yiyang_job USING ({IN_SCOPE}) WITH CHECK ({IN_SCOPE});
"""


class Migration(migrations.Migration):
    dependencies = [("entitlements", "0001_first"), ("people", "0002_rights")]
    operations = [migrations.RunSQL(SQL, migrations.RunSQL.noop)]
