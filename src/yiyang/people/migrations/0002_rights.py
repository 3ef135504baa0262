"""Who sees whom: a branch, or the named people, or nobody."""

from django.db import migrations

LO = "(SELECT nullif(current_setting('app.lo', true), ''))"
HI = "(SELECT nullif(current_setting('app.hi', true), ''))"
IN_SCOPE = f"division >= {LO} AND division < {HI}"
OWN = "person_id = ANY ((SELECT string_to_array(nullif(current_setting('app.persons', true), ''), ','))::bigint[])"
SEEN = "EXISTS (SELECT FROM people_person seen WHERE seen.id = person_id)"

SQL = f"""
GRANT SELECT, INSERT, UPDATE ON people_person TO yiyang_app, yiyang_job;
GRANT SELECT, INSERT, UPDATE, DELETE ON people_state TO yiyang_app, yiyang_job;
GRANT SELECT, INSERT ON people_fact TO yiyang_app, yiyang_job;
GRANT SELECT ON people_person, people_state, people_fact TO yiyang_person;

ALTER TABLE people_person ENABLE ROW LEVEL SECURITY;
ALTER TABLE people_person FORCE ROW LEVEL SECURITY;
CREATE POLICY scope ON people_person TO yiyang_app, yiyang_job USING ({IN_SCOPE}) WITH CHECK ({IN_SCOPE});
CREATE POLICY own ON people_person FOR SELECT TO yiyang_person USING ({OWN.replace("person_id", "id")});

ALTER TABLE people_state ENABLE ROW LEVEL SECURITY;
ALTER TABLE people_state FORCE ROW LEVEL SECURITY;
CREATE POLICY scope ON people_state TO yiyang_app, yiyang_job USING ({IN_SCOPE}) WITH CHECK ({IN_SCOPE});
CREATE POLICY own ON people_state FOR SELECT TO yiyang_person USING ({OWN});

-- A fact is seen by whoever sees the person: after a move the new place sees the whole history.
ALTER TABLE people_fact ENABLE ROW LEVEL SECURITY;
ALTER TABLE people_fact FORCE ROW LEVEL SECURITY;
CREATE POLICY scope ON people_fact FOR SELECT TO yiyang_app, yiyang_job, yiyang_person USING ({SEEN});
CREATE POLICY adding ON people_fact FOR INSERT TO yiyang_app WITH CHECK ({SEEN});
CREATE POLICY loading ON people_fact FOR INSERT TO yiyang_job WITH CHECK (true);
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON people_fact FOR EACH ROW EXECUTE FUNCTION base_append_only();

-- Before anybody is known: a blind index goes in, account ids come out, nothing else. The one definer function.
CREATE FUNCTION people_accounts_of_phone(wanted bytea) RETURNS TABLE (account_id bigint)
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  INSERT INTO accounts_user (login, kind, name, password, is_active, person_id)
    SELECT 'person:' || p.id, 'PERSON', '', '!', true, p.id
      FROM people_person p WHERE p.phone_bidx = wanted AND p.died_on IS NULL
    ON CONFLICT (person_id) DO NOTHING;
  SELECT u.id FROM accounts_user u JOIN people_person p ON p.id = u.person_id
   WHERE p.phone_bidx = wanted AND p.died_on IS NULL AND u.is_active ORDER BY p.id;
$$;
REVOKE ALL ON FUNCTION people_accounts_of_phone(bytea) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION people_accounts_of_phone(bytea) TO yiyang_web, yiyang_work;
"""


class Migration(migrations.Migration):
    dependencies = [("people", "0001_first"), ("base", "0002_rights"), ("accounts", "0002_rights")]
    operations = [migrations.RunSQL(SQL, migrations.RunSQL.noop)]
