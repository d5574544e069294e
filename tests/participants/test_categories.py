"""The organiser's list of categories, which may be changed also when it is in use."""

import pytest
from django.urls import reverse
from django.utils import timezone

from borsen.enums import Role
from participants.categories import MOST_CATEGORIES, add_category, merge_category, remove_category
from participants.enums import DEFAULT_CATEGORIES
from participants.importing.bringing_in import bring_in, try_out
from participants.importing.keeping import set_answers
from tests.agreements.posting import client_of
from tests.factories import (
    make_agreement,
    make_event,
    make_list_import,
    make_member,
    make_open_event,
    make_participant,
    make_resource,
)
from tests.participants.pages import tree_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def event():
    return make_open_event()


@pytest.fixture
def organiser(event):
    return client_of(make_member(event, Role.ORGANISER))


def address(event):
    return reverse("category.list", args=[event.slug])


def names(event):
    return list(event.categories.values_list("name", flat=True))


def send(client, event, **changed):
    data = {f"name-{row.pk}": row.name for row in event.categories.all()}
    return client.post(address(event), data | changed)


def test_a_category_is_renamed_and_two_can_trade_names(event, organiser):
    first, second, *_rest = event.categories.all()
    send(organiser, event, **{f"name-{first.pk}": second.name, f"name-{second.pk}": first.name})
    assert names(event)[:2] == [second.name, first.name]


@pytest.mark.parametrize(("wrong", "said"), [(" ", "Skriv et navn."), ("LOKALER", "som heter «LOKALER»")])
def test_a_name_that_is_empty_or_taken_is_told_at_its_row_and_nothing_typed_is_lost(event, organiser, wrong, said):
    _first, second, third, *_rest = event.categories.all()
    typed = {f"name-{second.pk}": wrong, f"name-{third.pk}": "Omdøpt", "new": "Også ny"}
    answer = send(organiser, event, **typed)
    page = answer.content.decode()
    found = [text in page for text in (said, f'id="wrong-{second.pk}"', 'value="Omdøpt"', 'value="Også ny"')]
    assert (answer.status_code, found) == (422, [True] * 4)
    assert names(event) == [str(name) for name in DEFAULT_CATEGORIES]


def test_a_button_of_a_row_also_saves_the_names_that_stand_there(event, organiser):
    first, second, *_rest = event.categories.all()
    send(organiser, event, **{f"name-{first.pk}": "Hender", "down": str(first.pk)})
    assert names(event)[:2] == [second.name, "Hender"]


def test_a_new_category_comes_last_and_a_taken_name_is_refused(event, organiser):
    send(organiser, event, new="  Varme   hjerter ", add="1")
    assert names(event)[-1] == "Varme hjerter"
    answer = send(organiser, event, new="varme hjerter", add="1")
    assert (answer.status_code, 'id="wrong-new"' in answer.content.decode()) == (422, True)
    assert len(names(event)) == len(DEFAULT_CATEGORIES) + 1


def test_a_full_list_takes_no_more(event, organiser):
    for number in range(MOST_CATEGORIES - len(DEFAULT_CATEGORIES)):
        add_category(event=event, name=f"Nr. {number}")
    assert send(organiser, event, new="En til", add="1").status_code == 422
    assert len(names(event)) == MOST_CATEGORIES


def test_merging_moves_resources_and_agreements_with_a_line_in_their_history(event, organiser):
    first, second, *_rest = event.categories.all()
    resource = make_resource(make_participant(event), "Sal", category=first)
    agreement = make_agreement(event, category=first)
    untouched = make_agreement(event, category=second)
    before = untouched.version
    send(organiser, event, merge=str(first.pk), **{f"into-{first.pk}": str(second.pk)})
    for row in (resource, agreement, untouched):
        row.refresh_from_db()
    assert (resource.category, agreement.category, untouched.version) == (second, second, before)
    line = agreement.changes.order_by("pk").last()
    assert line.why == f"Kategorien «{first.name}» er slått sammen med «{second.name}»."
    assert (line.version, event.categories.filter(pk=first.pk).exists()) == (agreement.version, False)
    shown = organiser.get(reverse("agreement.show", args=[event.slug, agreement.number]))
    assert line.why in shown.content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_merging_asks_the_same_whatever_the_number_of_agreements(event, count, django_assert_num_queries):
    first, second, *_rest = event.categories.all()
    for _ in range(count):
        make_agreement(event, category=first)
    with django_assert_num_queries(14):
        merge_category(event=event, pk=first.pk, into=second.pk, by=None, now=timezone.now())


def test_merging_with_nothing_itself_or_another_events_category_is_refused(event, organiser):
    first = event.categories.first()
    foreign = make_event().categories.first()
    for into in ("", str(first.pk), str(foreign.pk), "9" * 30):
        answer = send(organiser, event, merge=str(first.pk), **{f"into-{first.pk}": into})
        assert (answer.status_code, "Velg hvilken kategori" in answer.content.decode()) == (422, True)
    assert len(names(event)) == len(DEFAULT_CATEGORIES)


def test_what_is_wrong_with_merging_is_said_at_its_choice_which_is_open(event, organiser):
    first, second, third, *_rest = event.categories.all()
    page = send(organiser, event, merge=str(first.pk), **{f"into-{second.pk}": str(third.pk)})
    tree = tree_of(page)
    wrong = [each.get("id") for each in tree.iter() if each.get("aria-invalid")]
    unfolded = [
        each for each in tree.iter("details") if "open" in each.attrib and "category__more" in each.get("class")
    ]
    assert (wrong, len(unfolded)) == ([f"into-{first.pk}"], 1)
    assert [each.get("id") for each in tree.iter() if "autofocus" in each.attrib] == wrong
    assert [each.get("value") for each in tree.iter("option") if "selected" in each.attrib] == [str(third.pk)]


def test_after_a_new_category_another_one_can_be_written_at_once(event, organiser):
    # By the button, and by Enter in the field.
    send(organiser, event, new="Varme hjerter", add="1")
    answer = send(organiser, event, new="Sang")
    tree = tree_of(organiser.get(answer["Location"]))
    assert [each.get("id") for each in tree.iter() if "autofocus" in each.attrib] == ["new"]


def test_only_a_category_that_nothing_uses_can_be_removed_and_never_the_last(event, organiser):
    first, *rest = event.categories.all()
    make_resource(make_participant(event), "Sal", category=first)
    assert send(organiser, event, remove=str(first.pk)).status_code == 422
    for row in rest:
        assert send(organiser, event, remove=str(row.pk)).status_code == 302
    first.resources.all().delete()
    answer = send(organiser, event, remove=str(first.pk))
    assert (answer.status_code, "minst én kategori" in answer.content.decode()) == (422, True)
    assert names(event) == [first.name]


def test_another_events_category_is_neither_renamed_moved_nor_removed(event, organiser):
    elsewhere = make_event()
    foreign = elsewhere.categories.first()
    send(organiser, event, **{f"name-{foreign.pk}": "Stjålet"})
    send(organiser, event, down=str(foreign.pk))
    send(organiser, event, remove=str(foreign.pk))
    assert names(elsewhere) == [str(name) for name in DEFAULT_CATEGORIES]


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_asks_the_same_however_much_the_categories_hold(event, organiser, count, django_assert_num_queries):
    for _ in range(count):
        make_resource(make_participant(event), "Sal")
        make_agreement(event)
    with django_assert_num_queries(6):
        organiser.get(address(event))


def test_a_moved_category_says_its_place_and_its_button_keeps_the_focus(event, organiser):
    first, *_rest = event.categories.all()
    page = organiser.get(send(organiser, event, down=str(first.pk))["Location"]).content.decode()
    assert "Flyttet til plass 2." in page
    assert f'name="down" value="{first.pk}" autofocus' in page
    page = organiser.get(send(organiser, event, up=str(first.pk))["Location"]).content.decode()
    # It stands first, and can only go down again.
    assert f'name="down" value="{first.pk}" autofocus' in page
    assert page.count("autofocus") == 1
    assert organiser.get(f"{address(event)}?flyttet=up-x").content.decode().count("autofocus") == 0


def test_a_name_can_be_spelt_with_other_capitals_but_not_be_taken_by_them(event, organiser):
    first, second, *_rest = event.categories.all()
    send(organiser, event, **{f"name-{first.pk}": first.name.upper()})
    assert names(event)[0] == first.name.upper()
    assert send(organiser, event, **{f"name-{second.pk}": first.name}).status_code == 422
    assert names(event)[1] == second.name


def test_two_that_are_both_in_use_become_one_with_all_that_both_held(event, organiser):
    first, second, *_rest = event.categories.all()
    for category in (first, second):
        make_resource(make_participant(event), f"Sal {category}", category=category)
        make_agreement(event, category=category)
    send(organiser, event, merge=str(first.pk), **{f"into-{first.pk}": str(second.pk)})
    assert (second.resources.count(), second.agreements.count(), len(names(event))) == (
        2,
        2,
        len(DEFAULT_CATEGORIES) - 1,
    )


def test_a_list_that_remembers_a_category_which_is_gone_puts_its_rows_among_others(event):
    stored = make_list_import(event, "Navn;Type;Kategori for tilbud;Tilbyr\nVåren Vel;frivillig;Dans;Sang\n")
    chosen = event.categories.get(name__startswith="Underholdning")
    (asked,) = [question.key for question in try_out(stored).questions]
    set_answers(stored, {asked: str(chosen.pk)})
    remove_category(event=event, pk=chosen.pk)
    bring_in(stored=stored, digest=try_out(stored).digest, now=timezone.now())
    assert str(event.participants.get(name="Våren Vel").resources.get().category) == "Annet"
