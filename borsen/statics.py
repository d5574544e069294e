"""Static files with the content's hash in the name, also inside JavaScript's imports."""

from django.contrib.staticfiles.apps import StaticFilesConfig
from servestatic.storage import CompressedManifestStaticFilesStorage


class HashedStaticFiles(CompressedManifestStaticFilesStorage):
    """A new version of the software gives new names, so a browser can keep every file for ever."""

    support_js_module_import_aggregation = True
    # Vendored files name source maps that are not shipped.
    manifest_strict = True


class StaticFiles(StaticFilesConfig):
    """Django's app, without htmx's extensions: they are not used, and one names a module that isn't there."""

    ignore_patterns = [*StaticFilesConfig.ignore_patterns, "django_htmx/ext/*"]
