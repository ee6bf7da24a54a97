"""Browser tests stay together; everything else is spread as before."""

from tests.browser.one_worker import is_one_of_ours


def test_all_that_opens_a_browser_stays_together() -> None:
    assert is_one_of_ours("tests/browser/test_access.py::test_a_page_is_clean[queue]")
    assert is_one_of_ours("tests/browser/test_queue.py::test_work_is_taken[mouse]")


def test_what_needs_no_browser_goes_anywhere() -> None:
    assert not is_one_of_ours("tests/browser/test_chromium.py::test_root_installs")
    assert not is_one_of_ours("tests/journeys/test_first_offer.py::test_browser")
    assert not is_one_of_ours("services/portal/tests/api/test_pages.py::test_a_page")
