"""The house's own checks, so that plain `pytest` runs all of them."""

import ast
import os
import re
import subprocess
import sys
import tomllib
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.core.management import call_command

ROOT = Path(__file__).resolve().parents[1]
FLOORS = ["borsen", "participants", "agreements", "display"]
ENTRANCE = {"borsen/settings.py", "borsen/urls.py", "borsen/asgi.py"}
TEMPLATES = sorted(path for path in (ROOT / "templates").rglob("*.html"))
CODE = sorted(path for floor in FLOORS for path in (ROOT / floor).rglob("*.py"))
ENVIRONMENT = (
    "BORSEN_DATA", "BORSEN_DEMO_PASSWORD", "PUBLIC_URL", "HTTPS", "DATABASE_URL", "REDIS_URL", "SECRET_KEY",
    "ALLOWED_HOSTS", "CSRF_TRUSTED_ORIGINS", "EMAIL_URL", "EMAIL_FROM", "BRREG_URL", "ORGANISER_DOMAINS", "DEBUG",
)  # fmt: skip


def run(*command, **environment):
    done = subprocess.run(
        [sys.executable, *command],
        cwd=ROOT,
        env={**os.environ, "PYTHONUTF8": "1", **environment},
        capture_output=True,
        encoding="utf-8",
        timeout=170,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


def shown(path):
    return path.relative_to(ROOT).as_posix()


# --- tools


def test_ruff_finds_nothing():
    run("-m", "ruff", "check", ".")


def test_the_code_is_formatted():
    run("-m", "ruff", "format", "--check", ".")


def test_mypy_finds_nothing():
    run("-m", "mypy")


@pytest.mark.django_db
def test_every_change_of_a_model_has_its_migration():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_the_deploy_check_has_no_warning_with_https():
    key = "en-noekkel-som-bare-denne-testen-bruker-1234567890-abcdefghijklmnop"
    said = run("manage.py", "check", "--deploy", "--fail-level", "WARNING", HTTPS="1", DEBUG="0", SECRET_KEY=key)
    assert "no issues" in said


# --- what is installed, and what is said of it


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_requirements_are_pinned_with_hashes_and_name_no_host(name):
    text = (ROOT / name).read_text(encoding="utf-8")
    assert "://" not in text
    assert "--index-url" not in text
    pins = re.findall(r"^[^\s#].*?(?=^[^\s#]|\Z)", text, re.MULTILINE | re.DOTALL)
    assert len(pins) > 30
    assert [pin.splitlines()[0] for pin in pins if "==" not in pin or "--hash=sha256:" not in pin] == []


def test_requirements_hold_everything_that_the_project_names():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    for name, wanted in [
        ("requirements.txt", project["dependencies"]),
        ("requirements-dev.txt", project["dependencies"] + project["optional-dependencies"]["dev"]),
    ]:
        pinned = set(re.findall(r"^([a-z0-9-]+)==", (ROOT / name).read_text(encoding="utf-8"), re.MULTILINE))
        assert {re.split(r"[\[<>=]", one)[0] for one in wanted} <= pinned


def test_the_readme_names_every_setting_and_every_command():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    commands = {path.stem for path in (ROOT / "borsen/management/commands").glob("*.py")} - {"__init__"}
    assert {name for name in ENVIRONMENT if f"`{name}`" not in readme} == set()
    assert {name for name in commands if f"manage.py {name}" not in readme} == set()


def test_the_readmes_pictures_and_files_are_there():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    named = [name for name in re.findall(r"\]\(([^)#]+)\)", readme) if "://" not in name]
    assert len(named) >= 2
    assert [name for name in named if not (ROOT / name).exists()] == []


# --- layout


def test_the_settings_are_read_from_the_environment_that_the_readme_describes():
    text = (ROOT / "borsen/settings.py").read_text(encoding="utf-8")
    read = set(re.findall(r'(?:environ\.get|flag|address|words|read_address)\(\s*"([A-Z_]+)"', text))
    assert read | {"BORSEN_DEMO_PASSWORD"} == set(ENVIRONMENT)


def imported(path):
    """The apps that a file names in its imports, at the top or inside a function."""
    package = path.relative_to(ROOT).parts[:-1]
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (name.name.split(".")[0] for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else ()
            yield (*base, *(node.module or "").split("."))[0]


def test_a_floor_imports_only_from_the_floors_below_it():
    upward = []
    for path in CODE:
        if shown(path) in ENTRANCE or shown(path).startswith("borsen/management/"):
            continue
        own = FLOORS.index(shown(path).split("/")[0])
        upward += [f"{shown(path)} imports {name}" for name in imported(path) if name in FLOORS[own + 1 :]]
    assert upward == []


def test_nothing_imports_the_entrance():
    entrance = re.compile(r"^\s*(?:from|import) borsen\.(?:management|settings|asgi|urls)\b", re.MULTILINE)
    found = [shown(path) for path in CODE if entrance.search(path.read_text(encoding="utf-8"))]
    assert [name for name in found if not name.startswith("borsen/management/")] == []


def test_no_file_of_code_is_longer_than_a_room():
    lengths = {shown(path): len(path.read_text(encoding="utf-8").splitlines()) for path in CODE}
    assert {name: count for name, count in lengths.items() if count > 400} == {}


# --- templates


class Words(HTMLParser):
    """Collects the words that a page would show and that no translation has passed."""

    ATTRIBUTES = frozenset({"alt", "title", "aria-label", "aria-description", "placeholder", "label"})

    def __init__(self):
        super().__init__()
        self.found = []
        self.inside = []

    def handle_starttag(self, tag, attrs):
        self.inside.append(tag)
        self.found += [value for name, value in attrs if name in self.ATTRIBUTES and has_words(value or "")]

    def handle_endtag(self, tag):
        if tag in self.inside:
            while self.inside.pop() != tag:
                pass

    def handle_data(self, data):
        if not {"script", "style", "code"} & set(self.inside) and has_words(data):
            self.found.append(data.strip())


def has_words(text):
    return bool(re.search(r"[^\W\d_]{2,}", text))


def bare_words(source):
    source = re.sub(r"\{%\s*comment.*?endcomment\s*%\}|\{#.*?#\}", "", source, flags=re.DOTALL)
    source = re.sub(r"\{%\s*blocktrans(?:late)?\b.*?endblocktrans(?:late)?\s*%\}", "", source, flags=re.DOTALL)
    source = re.sub(r"\{% block page_class %\}.*?\{% endblock %\}", "", source)
    source = re.sub(r"\{%.*?%\}|\{\{.*?\}\}", "", source, flags=re.DOTALL)
    parser = Words()
    parser.feed(source)
    return parser.found


def test_every_text_of_a_template_goes_through_translation():
    found = {shown(path): bare_words(path.read_text(encoding="utf-8")) for path in TEMPLATES}
    assert {name: words for name, words in found.items() if words} == {}


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ('{% translate "Hei" %} <b>Hallo</b>', ["Hallo"]),
        ("{% blocktranslate %}Hei <b>alle</b>{% endblocktranslate %}", []),
        ('<img alt="Hatt"><p class="muted row">{{ name }} – 5 %</p>', ["Hatt"]),
        ("<script>let a = 1</script>{# Hei #}", []),
    ],
)
def test_the_search_for_bare_words_finds_them(source, words):
    assert bare_words(source) == words


def test_no_template_holds_a_style_or_script_of_its_own():
    inline = re.compile(r"<style\b|\sstyle=|<script(?![^>]*\bsrc=)|\son[a-z]+=|javascript:|hx-on")
    found = {shown(path): inline.findall(path.read_text(encoding="utf-8")) for path in TEMPLATES}
    assert {name: hits for name, hits in found.items() if hits} == {}


def test_no_template_or_style_fetches_from_another_host():
    own = [
        path for path in (ROOT / "static").rglob("*") if path.suffix in {".css", ".js"} and "vendor" not in path.parts
    ]
    fetching = re.compile(
        r"(?:src|href)=[\"'](?:https?:)?//|url\([\"']?(?:https?:)?//|@import [\"']http|from [\"']http"
    )
    found = [shown(path) for path in [*TEMPLATES, *own] if fetching.search(path.read_text(encoding="utf-8"))]
    assert found == []
