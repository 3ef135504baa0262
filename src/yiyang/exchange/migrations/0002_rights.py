"""Files and their lines belong to the branch; where a column comes from is seen by whoever sees the person."""

from django.db import migrations

LO = "(SELECT nullif(current_setting('app.lo', true), ''))"
HI = "(SELECT nullif(current_setting('app.hi', true), ''))"
IN_SCOPE = f"division >= {LO} AND division < {HI}"
SEEN = "EXISTS (SELECT FROM people_person seen WHERE seen.id = person_id)"

SCOPED = "\n".join(
    f"""
ALTER TABLE exchange_{table} ENABLE ROW LEVEL SECURITY;
ALTER TABLE exchange_{table} FORCE ROW LEVEL SECURITY;
CREATE POLICY scope ON exchange_{table} TO yiyang_app, yiyang_job USING ({IN_SCOPE}) WITH CHECK ({IN_SCOPE});"""
    for table in ("feed", "batch", "piece", "row", "rejection", "ticket")
)

SQL = f"""
GRANT SELECT, INSERT, UPDATE ON exchange_feed, exchange_batch, exchange_ticket, exchange_origin
  TO yiyang_app, yiyang_job;
GRANT SELECT, INSERT ON exchange_piece, exchange_rejection TO yiyang_app;
GRANT SELECT, UPDATE ON exchange_row TO yiyang_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON exchange_piece, exchange_row, exchange_rejection TO yiyang_job;
-- What is sealed is bound to its row: ids are drawn before the rows are written.
GRANT USAGE ON SEQUENCE exchange_piece_id_seq, exchange_row_id_seq TO yiyang_app, yiyang_job;
GRANT USAGE ON SEQUENCE people_person_id_seq TO yiyang_app, yiyang_job;
{SCOPED}
ALTER TABLE exchange_origin ENABLE ROW LEVEL SECURITY;
ALTER TABLE exchange_origin FORCE ROW LEVEL SECURITY;
CREATE POLICY scope ON exchange_origin TO yiyang_app, yiyang_job USING ({SEEN}) WITH CHECK ({SEEN});
"""


class Migration(migrations.Migration):
    dependencies = [("exchange", "0001_first"), ("people", "0003_batches")]
    operations = [migrations.RunSQL(SQL, migrations.RunSQL.noop)]
