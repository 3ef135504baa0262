"""Places hold no personal data: everybody may read them, processes load them."""

from django.db import migrations

SQL = """
GRANT SELECT ON regions_region, regions_outline
  TO yiyang_app, yiyang_person, yiyang_provider, yiyang_job, yiyang_report, yiyang_web, yiyang_work;
GRANT INSERT, UPDATE, DELETE ON regions_region, regions_outline TO yiyang_job;
"""


class Migration(migrations.Migration):
    dependencies = [("regions", "0001_first")]
    operations = [migrations.RunSQL(SQL, migrations.RunSQL.noop)]
