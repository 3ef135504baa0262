"""The auditor has no right on people and asks by the code on a paper: ids and codes of people, nothing else."""

from django.db import migrations

SQL = """
CREATE FUNCTION people_codes_for_auditors(ids bigint[], codes uuid[]) RETURNS TABLE (person_id bigint, person_code uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT p.id, p.code FROM people_person p WHERE p.id = ANY (ids) OR p.code = ANY (codes);
$$;
REVOKE ALL ON FUNCTION people_codes_for_auditors(bigint[], uuid[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION people_codes_for_auditors(bigint[], uuid[]) TO yiyang_audit;
"""


class Migration(migrations.Migration):
    dependencies = [("people", "0005_second_index")]
    operations = [migrations.RunSQL(SQL, migrations.RunSQL.noop)]
