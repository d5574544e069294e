"""The page's own version."""

from display.software import software


def test_software_is_twelve_digits_and_stays_the_same():
    assert len(software()) == 12
    assert int(software(), 16) >= 0
    assert software() == software()
