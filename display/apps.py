from django.apps import AppConfig


class DisplayConfig(AppConfig):
    name = "display"
    verbose_name = "Storskjerm"

    def ready(self) -> None:
        from borsen.signals import feed_advanced

        from .hub import announce
        from .moving_tables import name_tables

        feed_advanced.connect(announce, dispatch_uid="display.announce")
        name_tables()
