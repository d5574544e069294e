from .conftest import axe, sign_in_by_form


def test_the_signed_in_organiser_sees_the_front_page(page):
    sign_in_by_form(page, "arrangor")
    page.goto("/")
    assert page.locator("h1").count() == 1
    assert axe(page) == []
