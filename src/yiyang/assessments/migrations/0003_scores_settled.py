"""The scores of a signed assessment stay as they were signed, too."""

from django.db import migrations

SQL = """
CREATE FUNCTION assessments_score_settled() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  of bigint := CASE TG_OP WHEN 'INSERT' THEN NEW.assessment_id ELSE OLD.assessment_id END;
BEGIN
  IF EXISTS (SELECT FROM assessments_assessment a WHERE a.id = of AND a.state <> 'OPEN') THEN
    RAISE EXCEPTION 'assessment % is settled: % of a score refused', of, TG_OP
      USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER settled BEFORE INSERT OR UPDATE OR DELETE ON assessments_itemscore
  FOR EACH ROW EXECUTE FUNCTION assessments_score_settled();
"""


class Migration(migrations.Migration):
    dependencies = [("assessments", "0002_rights")]
    operations = [migrations.RunSQL(SQL, migrations.RunSQL.noop)]
