from django.apps import AppConfig


class AgreementsConfig(AppConfig):
    name = "agreements"
    verbose_name = "Avtaler"

    def ready(self) -> None:
        from participants.signals import category_merged

        from .moving_tables import name_tables
        from .recategorising import follow_category

        category_merged.connect(follow_category, dispatch_uid="agreements.follow_category")
        name_tables()
