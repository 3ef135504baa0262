from django.apps import AppConfig


class SharedConfig(AppConfig):
    name = "yiyang.faces.shared"
    label = "shared"

    def ready(self) -> None:
        from yiyang.faces.shared import checks  # noqa: F401  # it registers what it holds
