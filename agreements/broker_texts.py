"""Everything that the script of the broker's page says; it has no texts of its own."""

from django.utils.translation import gettext_lazy as _

# `{n}`, `{name}` and so on are put in by the script; where a number decides, `…_one` is for exactly one.
TEXTS = {
    # the bar
    "connected": _("Tilkoblet"),
    "offline": _("Ikke på nett. Avtalene lagres på nettbrettet."),
    "waiting_one": _("1 venter på nett og sendes av seg selv"),
    "waiting": _("{n} venter på nett og sendes av seg selv"),
    "sending": _("Sender …"),
    "login_none": _("Logg inn for å registrere avtaler"),
    "login_one": _("Logg inn for å sende 1 avtale"),
    "login": _("Logg inn for å sende {n} avtaler"),
    "others_one": _("1 avtale venter på at en annen megler logger inn"),
    "others": _("{n} avtaler venter på at en annen megler logger inn"),
    "refused_one": _("1 avtale ble ikke tatt imot"),
    "refused": _("{n} avtaler ble ikke tatt imot"),
    "not_kept": _("Nettleseren lagrer ikke. Ikke lukk siden før alt er sendt."),
    # the hour
    "before": _("Gongen er ikke slått ennå. Skriv gjerne avtalen; den står her når børstimen begynner."),
    "grace": _("Børstimen er slutt. Det som ble avtalt i tide, kan registreres i {time} til."),
    "over": _("Børstimen er slutt. Spør arrangøren om å åpne igjen."),
    "clock_before": _("Før gongen"),
    "clock_open": _("Igjen av børstimen"),
    "clock_late": _("Over tiden"),
    "clock_grace": _("Igjen til å registrere"),
    "clock_over": _("Slutt"),
    # the parties
    "party": _("Part {n}"),
    "gives": _("Part {n} gir"),
    "no_hits": _("Ingen deltaker passer til «{text}»."),
    "more_hits": _("Skriv mer for å finne flere ({n} til)."),
    "choose_party": _("Velg hvem part {n} er."),
    "choose_or_clear": _("Velg hvem part {n} er, eller fjern det som står her."),
    "unchosen": _("«{text}» er ikke valgt. Trykk på en deltaker i listen."),
    "same_twice": _("{name} står allerede i avtalen. Velg en annen deltaker."),
    "give_something": _("Skriv hva minst én av partene gir."),
    "choose_category": _("Velg en kategori."),
    "too_long": _("Teksten er {over} tegn for lang. Det er plass til {limit}."),
    "count": _("{n} av {limit} tegn"),
    "show_more": _("Vis {n} til"),
    "show_less": _("Vis færre"),
    "offers": _("Tilbyr"),
    "needs": _("Trenger"),
    "contact_first": _("{name} tar kontakt"),
    "no_resources": _("Ingen tilbud eller behov er skrevet."),
    # the receipt
    "kept_title": _("Lagret på nettbrettet"),
    "kept": _("Avtalen får nummer og sendes av seg selv når nettet er tilbake."),
    "gives_word": _("Gir"),
    "receives": _("Tar imot"),
    "review": _("Arrangøren ser på avtalen før den vises: {reason}"),
    "state_waiting": _("venter på nett"),
    "state_withdrawn": _("trukket"),
    "state_review": _("må ses på"),
    "state_refused": _("ikke tatt imot: {reason}"),
    "all_kept": _("Alt er lagret på nettbrettet. Du kan trygt fortsette."),
    "put_back": _("Legg tilbake i skjemaet"),
    "copy": _("Kopier teksten"),
    "copied": _("Kopiert"),
    "conflict": _("Denne avtalen er allerede registrert som nr. {n}, med annet innhold."),
    "double": _("Er dette den samme avtalen som nr. {n}?"),
    "double_no": _("Nei, registrer som en ny"),
    "double_yes": _("Ja, den er registrert"),
    "conflict_mine": _("Det du skrev"),
    "conflict_theirs": _("Det som står på nr. {n}"),
    "no_answer": _("Vi fikk ikke noe svar."),
    "intent": _("Intensjonsavtale"),
    "category": _("Kategori"),
    "summary": _("Kort om avtalen"),
}


def broker_texts() -> dict[str, str]:
    """The texts in the language of the request."""
    return {name: str(text) for name, text in TEXTS.items()}
