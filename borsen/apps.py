from django.apps import AppConfig


class BorsenConfig(AppConfig):
    name = "borsen"
    verbose_name = "Børsen"
