"""Cases about a person's own data are seen by whoever sees the person, and by herself."""

from django.db import migrations

OWN = "person_id = ANY ((SELECT string_to_array(nullif(current_setting('app.persons', true), ''), ','))::bigint[])"
SEEN = "EXISTS (SELECT FROM people_person seen WHERE seen.id = person_id)"

SQL = f"""
GRANT SELECT, INSERT, UPDATE ON people_rightscase, people_consent TO yiyang_app, yiyang_job, yiyang_person;
GRANT SELECT ON people_impactnote TO yiyang_app, yiyang_job, yiyang_person;
GRANT INSERT ON people_impactnote TO yiyang_app, yiyang_job;
ALTER TABLE people_rightscase ENABLE ROW LEVEL SECURITY;
ALTER TABLE people_rightscase FORCE ROW LEVEL SECURITY;
CREATE POLICY scope ON people_rightscase TO yiyang_app, yiyang_job USING ({SEEN}) WITH CHECK ({SEEN});
CREATE POLICY own ON people_rightscase TO yiyang_person USING ({OWN}) WITH CHECK ({OWN});
ALTER TABLE people_consent ENABLE ROW LEVEL SECURITY;
ALTER TABLE people_consent FORCE ROW LEVEL SECURITY;
CREATE POLICY scope ON people_consent TO yiyang_app, yiyang_job USING ({SEEN}) WITH CHECK ({SEEN});
CREATE POLICY own ON people_consent TO yiyang_person USING ({OWN}) WITH CHECK ({OWN});

-- Samples for a demonstration, held against no real assessment: an installation adds its own.
INSERT INTO people_impactnote (purpose, noted_on, by, says, document, verified)
SELECT purpose, DATE '2026-01-01', '示例', says, '', false FROM (VALUES
  ('ENTITLEMENT', '用居住地、年龄、评估和困难情况核对补贴；不自动拒绝，每项都写理由，可请人复核'),
  ('HEALTH', '评估和健康情况只给走访和办补贴的人看；看一次记一次'),
  ('SHARING', '和别的部门对信息只用证件号和约定的几项；来文分两人核对，对不上的由人定'),
  ('CONTACT', '电话和住址只给认领的社区人员看，看一次记一次')) AS sample (purpose, says);
"""


class Migration(migrations.Migration):
    dependencies = [("people", "0010_rights_cases")]
    operations = [migrations.RunSQL(SQL, migrations.RunSQL.noop)]
