"""What is made of the register's words: names that shout, and the sector of a unit."""

import pytest

from borsen.enums import Sector
from participants.register_case import name_in_case, place_in_case
from participants.register_sectors import suggested_sector
from participants.register_units import Unreadable, read_hits, read_unit

from .stub_register import CLUB, UNITS, unit


@pytest.mark.parametrize(
    ("shouted", "written"),
    [
        ("GRANFJORD IDRETTSLAG", "Granfjord idrettslag"),
        ("GRANFJORD KOMMUNE", "Granfjord kommune"),
        ("FORENINGEN FOR GRANFJORDS VEL", "Foreningen for Granfjords vel"),
        ("NORSKE KVINNERS SANITETSFORENING", "Norske Kvinners sanitetsforening"),
        ("GRANFJORD OG OMEGN PENSJONISTFORENING", "Granfjord og omegn pensjonistforening"),
        ("GRANFJORD SKI- OG FRIIDRETTSKLUBB", "Granfjord ski- og friidrettsklubb"),
        ("SØR-GRANFJORD VELFORENING", "Sør-Granfjord velforening"),
        ("GRANFJORD RØDE KORS", "Granfjord Røde Kors"),
        ("KARI NORDMANN", "Kari Nordmann"),
        # short forms
        ("GRANFJORD IL", "Granfjord IL"),
        ("IL GRANFJORD", "IL Granfjord"),
        ("KAFÉ KIWANO AS", "Kafé Kiwano AS"),
        ("GRANLI BYGG BA", "Granli Bygg BA"),
        ("GRANFJORD SAMVIRKE SA", "Granfjord Samvirke SA"),
        ("A/S NORSKE HJEM", "A/S Norske Hjem"),
        ("J. HANSEN & SØNN AS", "J. Hansen & Sønn AS"),
        ("NRK AS", "NRK AS"),
        ("LHL GRANFJORD", "LHL Granfjord"),
        ("GRANFJORD 4H", "Granfjord 4H"),
        ("KFUM-KFUK-SPEIDERNE GRANFJORD", "KFUM-KFUK-speiderne Granfjord"),
        ("IT-HJELPEN AS", "IT-hjelpen AS"),
        ("EIENDOM III AS", "Eiendom III AS"),
        # words between words, and letters
        ("BØ I VESTERÅLEN VEL", "Bø i Vesterålen vel"),
        ("I GODE HENDER AS", "I Gode Hender AS"),
        ("VI MENN I GRANFJORD", "Vi Menn i Granfjord"),
        ("GRANFJORD TURLAG I", "Granfjord turlag I"),
        ("OLAV V'S GATE 1 SAMEIE", "Olav V's Gate 1 Sameie"),
        ("ST. OLAV MENIGHET", "St. Olav menighet"),
        # marks
        ("«HÅP» I GRANFJORD", "«Håp» i Granfjord"),
        ("GRANFJORD (AVD. NORD) SA", "Granfjord (avd. Nord) SA"),
        ("BEN'S BAKERI", "Ben's Bakeri"),
        ("KÁRÁŠJOHKA GIELDA", "Kárášjohka Gielda"),
        # what somebody has written is left alone, but for the spaces
        ("Granfjord  HUS", "Granfjord HUS"),
        ("12345", "12345"),
        ("---", "---"),
        ("", ""),
    ],
)
def test_a_name_is_written_as_people_do(shouted, written):
    assert name_in_case(shouted) == written


@pytest.mark.parametrize(
    ("shouted", "written"),
    [
        ("GRANFJORD", "Granfjord"),
        ("MØRE OG ROMSDAL", "Møre og Romsdal"),
        ("NORD-AURDAL", "Nord-Aurdal"),
        ("KÁRÁŠJOHKA - KARASJOK", "Kárášjohka - Karasjok"),
        ("BØ I VESTERÅLEN", "Bø i Vesterålen"),
        ("STORGATA 4 B", "Storgata 4 B"),
        ("STORGATA 4B", "Storgata 4B"),
        ("H0207", "H0207"),
        ("Øvre Torg 3 inngang a", "Øvre Torg 3 inngang a"),
    ],
)
def test_a_place_is_written_as_on_a_map(shouted, written):
    assert place_in_case(shouted) == written


@pytest.mark.parametrize(
    ("form", "code", "voluntary", "business", "sector"),
    [
        # 1: the codes and forms of the public
        ("ORGL", "6100", False, False, Sector.PUBLIC),
        ("KOMM", "6500", False, False, Sector.PUBLIC),
        ("FYLK", "", False, False, Sector.PUBLIC),
        ("STAT", "", False, False, Sector.PUBLIC),
        ("ADOS", "", False, False, Sector.PUBLIC),
        ("KF", "1520", False, True, Sector.PUBLIC),
        ("FKF", "", False, False, Sector.PUBLIC),
        ("IKS", "1520", False, True, Sector.PUBLIC),
        ("SF", "1110", False, True, Sector.PUBLIC),
        ("HF", "6100", False, True, Sector.PUBLIC),
        ("AS", "6500", False, True, Sector.PUBLIC),
        ("ORGL", "7000", True, False, Sector.PUBLIC),
        ("KIRK", "6500", False, False, Sector.PUBLIC),
        # 2: the ideal ones, companies too
        ("FLI", "7000", True, False, Sector.VOLUNTARY),
        ("FLI", "", False, False, Sector.VOLUNTARY),
        ("FLI", "2300", False, False, Sector.VOLUNTARY),
        ("AS", "7000", False, True, Sector.VOLUNTARY),
        ("AS", "2100", True, True, Sector.VOLUNTARY),
        ("AS", "1520", True, True, Sector.VOLUNTARY),
        ("SA", "7000", False, False, Sector.VOLUNTARY),
        ("KIRK", "7000", False, False, Sector.VOLUNTARY),
        ("KIRK", "", False, False, Sector.VOLUNTARY),
        ("STI", "7000", False, True, Sector.VOLUNTARY),
        ("STI", "", False, False, Sector.VOLUNTARY),
        # unsure
        ("STI", "2100", False, False, None),
        ("STI", "", False, True, None),
        ("AS", "1110", False, True, None),
        ("AS", "1120", False, True, None),
        ("AS", "1510", False, True, None),
        ("AS", "1520", False, True, None),
        ("ESEK", "", False, False, None),
        ("BEDR", "", False, False, None),
        ("", "", False, False, None),
        # 3: business
        ("AS", "2100", False, True, Sector.BUSINESS),
        ("ASA", "", False, True, Sector.BUSINESS),
        ("ENK", "8200", False, False, Sector.BUSINESS),
        ("ANS", "2300", False, False, Sector.BUSINESS),
        ("DA", "", False, False, Sector.BUSINESS),
        ("SA", "2100", False, False, Sector.BUSINESS),
        ("NUF", "", False, False, Sector.BUSINESS),
        ("BA", "", False, False, Sector.BUSINESS),
        ("KS", "2500", False, False, Sector.BUSINESS),
    ],
)
def test_the_sector_of_a_unit(form, code, voluntary, business, sector):
    found = suggested_sector(form=form, code=code, is_in_voluntary_register=voluntary, does_business=business)
    assert found == sector


def test_an_address_is_one_line_without_whose_home_it_is():
    assert read_unit(UNITS[0]).address == "Fjordveien 12, 7999 Granfjord"


@pytest.mark.parametrize(
    ("fields", "line"),
    [
        ({"forretningsadresse": None}, ""),
        ({"forretningsadresse": {}, "postadresse": {"poststed": "OSLO", "postnummer": "0150"}}, "0150 Oslo"),
        ({"forretningsadresse": {"adresse": "Storgata 1", "poststed": 7}}, ""),
        ({"forretningsadresse": {"adresse": [None, 3, "STORGATA\x00\n1"]}}, "Storgata 1"),
        (
            {"forretningsadresse": {"adresse": ["Kungsgatan 1"], "landkode": "SE", "land": "SVERIGE"}},
            "Kungsgatan 1, Sverige",
        ),
        ({"forretningsadresse": ["Storgata 1"]}, ""),
    ],
)
def test_an_address_with_holes_is_what_there_is_of_it(fields, line):
    assert read_unit(unit(CLUB, "GRANFJORD IL", "FLI", **fields)).address == line


def test_fields_of_the_wrong_type_are_left_out():
    strange = {
        "organisasjonsform": "FLI",
        "institusjonellSektorkode": ["7000"],
        "registrertIFrivillighetsregisteret": "ja",
        "konkurs": "N",
        "overordnetEnhet": 974760673,
        "forretningsadresse": {"kommune": {"navn": "GRANFJORD"}},
    }
    found = read_unit(unit(CLUB, "GRANFJORD IL", "", **strange))
    assert (found.sector, found.bankrupt, found.parent, found.municipality) == (None, False, "", "")


def test_a_name_holds_no_characters_that_turn_the_text_round_and_is_not_endless():
    assert read_unit(unit(CLUB, "GRAN\u202eFJORD\x07 IL", "FLI")).name == "Gran Fjord IL"
    assert len(read_unit(unit(CLUB, "A" * 5000, "FLI")).name) == 200


@pytest.mark.parametrize(
    "found",
    [
        None,
        [],
        "GRANFJORD",
        {},
        {"organisasjonsnummer": CLUB},
        {"organisasjonsnummer": int(CLUB), "navn": "GRANFJORD IL"},
        {"organisasjonsnummer": "80000001", "navn": "GRANFJORD IL"},
        {"organisasjonsnummer": "８0000001７", "navn": "GRANFJORD IL"},
        {"organisasjonsnummer": CLUB, "navn": ["GRANFJORD IL"]},
        {"organisasjonsnummer": CLUB, "navn": " \x00 "},
    ],
)
def test_what_can_be_no_unit_is_refused(found):
    with pytest.raises(Unreadable):
        read_unit(found)


@pytest.mark.parametrize(
    "found",
    [
        None,
        [],
        {},
        {"enheter": []},
        {"_embedded": {"enheter": {}}},
        {"_embedded": {"enheter": "mange"}},
        {"_embedded": {"enheter": [{"navn": "UTEN NUMMER"}]}},
    ],
)
def test_what_can_be_no_list_of_hits_is_refused(found):
    with pytest.raises(Unreadable):
        read_hits(found, kind="enheter")


def test_a_hit_that_cannot_be_read_is_passed_over_and_a_search_without_hits_has_no_list():
    found = {"_embedded": {"enheter": [{"navn": "UTEN NUMMER"}, UNITS[0], 7]}, "page": {}}
    assert [each.name for each in read_hits(found, kind="enheter")] == ["Granfjord idrettslag"]
    assert read_hits({"page": {"totalElements": 0}}, kind="enheter") == []
