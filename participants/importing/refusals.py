"""Why a file can't be read, in words, with what to do about it."""

from django.utils.translation import gettext as _

from .reading import LARGEST_FILE
from .sheet import MOST_COLUMNS, MOST_ROWS


def sentence(code: str) -> str:
    """What the organiser is told."""
    save_as = _("Åpne den i Excel, velg Lagre som, og velg «Excel-arbeidsbok (.xlsx)».")
    sentences = {
        "missing": _("Velg en fil først."),
        "empty": _("Filen er tom."),
        "too_large_file": _("Filen er større enn %d MB. Fjern bilder og ark som ikke hører til listen.")
        % (LARGEST_FILE // 1_000_000),
        "too_big": _("Filen er for stor når den pakkes ut. Kopier listen til en ny, tom arbeidsbok, og last opp den."),
        "too_many_rows": _("Listen har mer enn %d rader. Er det riktig fil? Del den i så fall i flere.") % MOST_ROWS,
        "far_away": _(
            "Noe står langt utenfor listen, til høyre for kolonne nummer %d eller langt nedenfor. "
            "Kopier bare selve listen til en ny arbeidsbok, og last opp den."
        )
        % MOST_COLUMNS,
        "password": _("Filen er låst med passord. Fjern passordet i Excel, lagre, og last opp igjen."),
        "xls": _("Dette er en eldre Excel-fil (.xls).") + " " + save_as,
        "xlsb": _("Dette er en binær Excel-fil (.xlsb).") + " " + save_as,
        "macros": _("Filen har makroer (.xlsm), og slike åpnes ikke her.") + " " + save_as,
        "ods": _("Dette er en fil fra LibreOffice (.ods). Velg Lagre som der, og velg .xlsx."),
        "pdf": _("Dette er en PDF. Last opp regnearket som den er laget av, eller en CSV-fil."),
        "picture": _("Dette er et bilde. Last opp et regneark (.xlsx) eller en CSV-fil."),
        "web_page": _("Dette er en nettside med navn som et regneark.") + " " + save_as,
        "hostile": _("Filen er bygd slik at den kan skade den som åpner den, og er ikke lest."),
        "damaged": _("Filen er skadet, eller er ikke et regneark. Åpne den i Excel, lagre den på nytt, og prøv igjen."),
    }
    other = _("Dette er ikke en liste som kan leses. Last opp et regneark (.xlsx) eller en CSV-fil.")
    return sentences.get(code, other)
