from django.apps import AppConfig


class BorsenConfig(AppConfig):
    name = "borsen"
    verbose_name = "Børsen"

    def ready(self) -> None:
        from .moving_tables import name_tables

        name_tables()
