from django.apps import AppConfig


class AssessmentsConfig(AppConfig):
    name = "yiyang.assessments"
    label = "assessments"
    verbose_name = "评估"

    def ready(self) -> None:
        from yiyang.assessments import handlers  # noqa: F401  # registers what this room hears
