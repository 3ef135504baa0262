from django.apps import AppConfig


class OutreachConfig(AppConfig):
    name = "yiyang.outreach"
    label = "outreach"
    verbose_name = "政策找人"
