"""The demo børs in invented Granfjord, made through the same verbs as a real one."""

from .building import DEMO_SLUG, Stage, build_demo
from .people import DEMO_USERS

__all__ = ["DEMO_SLUG", "DEMO_USERS", "Stage", "build_demo"]
