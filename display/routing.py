"""Addresses of websockets; the last line answers every other one."""

from django.urls import path, re_path

from .consumers import NowhereConsumer, ScreenConsumer
from .echo import EchoConsumer

websocket_urls = [
    path("ws/<slug:slug>/storskjerm/", ScreenConsumer.as_asgi()),
    path("ws/<slug:slug>/nettest/", EchoConsumer.as_asgi()),
    re_path(r"", NowhereConsumer.as_asgi()),
]
