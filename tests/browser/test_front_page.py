from .conftest import axe, sign_in


def test_the_signed_in_organiser_sees_the_front_page(page):
    sign_in(page, "arrangor")
    page.goto("/")
    assert page.locator("h1").count() == 1
    assert axe(page) == []
