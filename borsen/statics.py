"""Static files with the content's hash in the name, also inside JavaScript's imports."""

from servestatic.storage import CompressedManifestStaticFilesStorage


class HashedStaticFiles(CompressedManifestStaticFilesStorage):
    """A new version of the software gives new names, so a browser can keep every file for ever."""

    support_js_module_import_aggregation = True
    # Vendored files name source maps that are not shipped.
    manifest_strict = True
