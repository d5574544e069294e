"""What a heading means: the everyday words that people write above their columns, and which row they stand in."""

import re
import unicodedata
from dataclasses import dataclass

from .sheet import Row

LOOKED_AT = 40
LONGEST_HEADING = 120

CONTACT_FIELDS = ("contact", "first_name", "last_name", "email", "phone")
SEVERAL = frozenset({"offers", "needs", "description"})  # more than one column may say it

# First hit wins. Each pattern is searched in the heading as `plain_words` writes it.
_RULES: tuple[tuple[str, str], ...] = (
    ("key", r"^id pa borsen"),  # our own export's
    # What must not be taken for something else. «Resultat av importen» is the column that our own report adds.
    (
        "",
        r"allergi|diett|matbehov|tilrettelegg|\btolk|servering|samtykke|resultat av importen|antall (ansatt|medlem)",
    ),
    ("", r"\bgodtar|personvern|hvordan (fikk|hort)|\bhorte (du|dere|de)\b"),
    ("", r"^(id|nr|#|lopenr|lopenummer|tidsmerke|tidspunkt|starttidspunkt|fullforingstidspunkt|dato|timestamp)$"),
    ("", r"\b(merknad|kommentar|notat|anmerkning|intern|faktura|pris|betalt|postnr|postnummer|adresse)"),
    ("org_number", r"\borg(anisasjons?)? ?(nr|nummer|no)\b|\borgnr|organisasjonsn(r|ummer)|foretaksn(r|ummer)"),
    ("org_number", r"^(org|bedriftsn(r|ummer)|enhetsnummer|organization number|brreg)$"),
    (
        "contact",
        r"^kontakt\w* (m|med|og|inkl)\b|^kontakt.*(post|mail).*(tlf|telefon|mobil)|^kontakt.*(tlf|telefon|mobil).*post",
    ),
    ("email", r"\be ?(post|mail)|\bepost|\bmail|@"),
    ("phone", r"telefon|\btlf|\btelf|\bmobil|\bmob\b|\bphone|\bmobnr"),
    ("website", r"nettside|hjemmeside|nettsted|nettadresse|\bweb|\burl\b|\bwww\b|\blenke|internett"),
    ("category", r"(kategori|type).*(tilbud|behov|ressurs)|(tilbud|behov|ressurs)s?.*(kategori|type)"),
    ("needs", r"[hk]va slag.*(treng|onsk|behov)"),
    ("offers", r"[hk]va slag.*(tilby|bidra|hjelpe|\bgi\b)"),
    ("sector", r"sektor|[hk]va slag|(deltaker|organisasjons?|virksomhets?|aktor)(type|form|kategori)"),
    ("sector", r"^(type|slag|kategori|gruppe|art|form)$|\btype (deltaker|organisasjon|virksomhet|aktor|medlem)"),
    ("sector", r"(kategori|gruppe) ?(deltaker|organisasjon|virksomhet)|^(frivil|bedrift|naring)\w* .*\boffent"),
    ("sector", r"^(frivil|offent)\w* .*\b(bedrift|naring)"),
    # «Er dere bedrift, frivillig eller offentlig?»: two of the three words, in whatever question.
    ("sector", r"\bfrivil.*\boffent|\boffent.*\bfrivil"),
    ("details", r"^(mer om det|mer om tilbudet|mer om behovet|detaljer)\b"),
    ("expected", r"^antall( (deltakere|personer|pameldte|stykk|stk|som kommer|fra dere|representanter|oppmotte))*$"),
    ("expected", r"hvor mange|antall (som|personer|deltakere|kommer)|^(personer|number|how many)$"),
    ("coming", r"^(kommer|kommer dere|deltar|deltar dere|moter|stiller|pameldt|svar|status|kan dere komme|ja nei)$"),
    ("place", r"plass i salen|^(plass|plassering|bord|bordnr|bordnummer|stand|standnr|standplass|standnummer)$"),
    (
        "description",
        r"beskriv|\bom (dere|oss|organisasjon|virksomhet|bedrift|lag|deltaker|forening)|presentasjon|^kort om",
    ),
    (
        "offers",
        r"tilby|tilbud|\bbidra|\bgi\b|\bgir\b|a by pa|\bkan hjelpe|kan dele|dere dele|dele med|\bstille med|\boffer",
    ),
    ("offers", r"\bhar vi|ressurser vi har|bytte bort"),
    ("needs", r"behov|\btreng|\bfar\b|vil ha\b|onsk|\bsavn|\bsok(er|es)\b|etterspor|\bmangler|\bneed|hjelp (til|med)"),
    ("municipality", r"^(kommune|kommunenavn|hjemkommune|hvilken kommune|sted|bosted|bykommune)\b"),
    ("first_name", r"\bfornavn|first name"),
    ("last_name", r"\betternavn|last name|slektsnavn"),
    (
        "contact",
        r"kontakt|\bcontact|\bansvarlig|\bleder|representant|hvem (kommer|moter)|pameldt av|utfylt av|\bnavn pa person",
    ),
    ("contact", r"^(person|personer|deltakers navn|ditt navn|fullt navn|reserve|vara|kontaktinfo|kontaktinformasjon)$"),
    ("name", r"organisasjon|bedrift|virksomhet|\blag|forening|firma|aktor|selskap|\betat|institusjon|klubb|foretak"),
    ("name", r"^(hva heter dere|hvem er dere|(hvem )?(vi )?representerer( dere| du)?|deltakerens navn)$"),
    ("name", r"^(hvem|kven|deltaker|deltakar|navn|namn|name|organization|company|deltakernavn|navnet|deltakere)$"),
    ("name", r"\bna[mv]n(et)? (pa|til)\b"),
)
_COMPILED = [(field, re.compile(pattern)) for field, pattern in _RULES]
_SECOND = re.compile(r"\b(2|to|andre|reserve|vara|varakontakt|ekstra|alternativ)\b")
_NUMBERED = re.compile(r"\b([1-9]|[1-3][0-9])$")
_ONE_COLUMN = re.compile(r"^(navn|namn|name|organisasjon(er)?|deltakere?|bedrift(er)?|virksomhet(er)?|forening(er)?)$")
_ONE_PER_LINE = re.compile(r"(en|ett) (per|pr|pa hver) linje")


@dataclass(frozen=True)
class Heading:
    """A heading that was understood: the field, and which contact person it belongs to (1 is the first)."""

    field: str
    person: int = 1
    one_per_line: bool = False


def plain_words(text: str) -> str:
    """Lower case without accents and signs: «Org.nr.» is «org nr», «Påmeldt» is «pameldt»."""
    text = text.casefold().replace("ø", "o").replace("æ", "a").replace("đ", "d")
    text = "".join(each for each in unicodedata.normalize("NFKD", text) if not unicodedata.combining(each))
    return " ".join(re.sub(r"[^a-z0-9@#]+", " ", text).split())


def understood(text: str) -> Heading | None:
    """What a heading means; None when it says nothing that a list of participants needs."""
    if not text.strip() or len(text) > LONGEST_HEADING:
        return None
    words = plain_words(text).replace("deltag", "deltak")
    one_per_line = bool(_ONE_PER_LINE.search(words))
    number = _NUMBERED.search(words)
    words = _NUMBERED.sub("", words).strip()
    field = next((field for field, pattern in _COMPILED if pattern.search(words)), "")
    if not field:
        return None
    person = 1
    if field in CONTACT_FIELDS:
        person = int(number[1]) if number else 2 if _SECOND.search(words) else 1
    return Heading(field, person, one_per_line)


def heading_row(rows: list[Row]) -> int:
    """The number of the row that the headings stand in, the lower one of two; 0 when none of the first ones looks like
    it."""
    best, number = 1, 0
    for row in rows[:LOOKED_AT]:
        found = _headings_in(row)
        # A sentence above the list may name one of the words; headings are at least two.
        if len(found) > best:
            best, number = len(found), row.number
    if number == 0 and rows and _ONE_COLUMN.match(plain_words(" ".join(rows[0].cells))):
        return rows[0].number
    return _lower_half(rows, number)


def headings(rows: list[Row], number: int) -> Row:
    """The row of headings. Where two rows make them («Kontaktperson» above «Navn», «Tlf»), what the lower one leaves
    empty is filled from the one above it."""
    by_number = {row.number: row for row in rows}
    row = by_number.get(number, Row(number, []))
    above = by_number.get(number - 1)
    if above is None or len(_headings_in(above)) < 2:
        return row
    width = max(len(row.cells), len(above.cells))
    return Row(number, [row.text(column) or above.text(column) for column in range(width)], row.hidden)


def _headings_in(row: Row) -> set[Heading]:
    if any("@" in cell and "." in cell for cell in row.cells):
        return set()
    return {heading for heading in map(understood, row.cells) if heading}


def _lower_half(rows: list[Row], number: int) -> int:
    """The row below, when it is headings too and says what this one leaves open."""
    by_number = {row.number: row for row in rows}
    upper, lower = by_number.get(number), by_number.get(number + 1)
    if upper is None or lower is None or len(_headings_in(lower)) < 2:
        return number
    # A word that is one in every line, as a participant that is called «Koret», is no heading of its own.
    understood_ones = [column for column, cell in enumerate(lower.cells) if cell.strip() and understood(cell)]
    filled = [column for column, cell in enumerate(lower.cells) if cell.strip()]
    says_more = any(not upper.text(column).strip() for column in understood_ones)
    return number + 1 if says_more and len(understood_ones) == len(filled) else number
