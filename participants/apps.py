from django.apps import AppConfig


class ParticipantsConfig(AppConfig):
    name = "participants"
    verbose_name = "Deltakere"

    def ready(self) -> None:
        from borsen.signals import event_created

        from .categories import add_first_categories
        from .moving_tables import name_tables

        event_created.connect(add_first_categories, dispatch_uid="participants.add_first_categories")
        name_tables()
