"""A seal carries the audit key: whoever owns only the database cannot make one."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("base", "0011_retention")]
    operations = [
        migrations.AddField(model_name="auditseal", name="mac", field=models.BinaryField(default=b"")),
        migrations.AddField(model_name="auditseal", name="mac_key", field=models.TextField(default="")),
    ]
