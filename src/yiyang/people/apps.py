from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "yiyang.people"
    label = "people"
    verbose_name = "人员"

    def ready(self) -> None:
        from yiyang.people import handlers  # noqa: F401  # registers what this room hears
