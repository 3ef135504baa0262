from django.apps import AppConfig


class OutreachConfig(AppConfig):
    name = "yiyang.outreach"
    label = "outreach"
    verbose_name = "政策找人"

    def ready(self) -> None:
        from yiyang.outreach import handlers  # noqa: F401  # registers what this room hears
