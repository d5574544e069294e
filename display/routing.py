"""Addresses of websockets; the last line answers every other one."""

from django.urls import path, re_path

from .consumers import NowhereConsumer, ScreenConsumer

websocket_urls = [
    path("ws/<slug:slug>/storskjerm/", ScreenConsumer.as_asgi()),
    re_path(r"", NowhereConsumer.as_asgi()),
]
