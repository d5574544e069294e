from django.apps import AppConfig


class AgreementsConfig(AppConfig):
    name = "agreements"
    verbose_name = "Avtaler"

    def ready(self) -> None:
        from participants.own_parts import add_part
        from participants.signals import category_merged

        from .moving_tables import name_tables
        from .own_part import own_agreements
        from .recategorising import follow_category

        category_merged.connect(follow_category, dispatch_uid="agreements.follow_category")
        add_part(own_agreements)
        name_tables()
