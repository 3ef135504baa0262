"""An assessment is seen where it was done and wherever the person lives now."""

from django.db import migrations

LO = "(SELECT nullif(current_setting('app.lo', true), ''))"
HI = "(SELECT nullif(current_setting('app.hi', true), ''))"
IN_SCOPE = f"division >= {LO} AND division < {HI}"
OWN = "person_id = ANY ((SELECT string_to_array(nullif(current_setting('app.persons', true), ''), ','))::bigint[])"
SEEN = "EXISTS (SELECT FROM people_person seen WHERE seen.id = person_id)"

SQL = f"""
GRANT SELECT, INSERT, UPDATE ON assessments_assessment, assessments_itemscore TO yiyang_app, yiyang_job;
GRANT DELETE ON assessments_itemscore TO yiyang_app;
GRANT SELECT ON assessments_assessment, assessments_itemscore TO yiyang_person;
ALTER TABLE assessments_assessment ENABLE ROW LEVEL SECURITY;
ALTER TABLE assessments_assessment FORCE ROW LEVEL SECURITY;
CREATE POLICY scope ON assessments_assessment TO yiyang_app, yiyang_job
  USING (({IN_SCOPE}) OR {SEEN}) WITH CHECK ({IN_SCOPE});
CREATE POLICY own ON assessments_assessment FOR SELECT TO yiyang_person USING ({OWN});
ALTER TABLE assessments_itemscore ENABLE ROW LEVEL SECURITY;
ALTER TABLE assessments_itemscore FORCE ROW LEVEL SECURITY;
CREATE POLICY scope ON assessments_itemscore
  USING (EXISTS (SELECT FROM assessments_assessment a WHERE a.id = assessment_id))
  WITH CHECK (EXISTS (SELECT FROM assessments_assessment a WHERE a.id = assessment_id));

-- What was signed stays as it was signed.
CREATE FUNCTION assessments_settled() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.state <> 'OPEN' THEN
    RAISE EXCEPTION 'assessment % is settled: % refused', OLD.id, TG_OP USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER settled BEFORE UPDATE OR DELETE ON assessments_assessment
  FOR EACH ROW EXECUTE FUNCTION assessments_settled();
"""


class Migration(migrations.Migration):
    dependencies = [("assessments", "0001_first"), ("people", "0002_rights")]
    operations = [migrations.RunSQL(SQL, migrations.RunSQL.noop)]
