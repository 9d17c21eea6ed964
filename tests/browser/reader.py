"""A reader of the pages: what one does with the chat, by roles, ids and data attributes, not by its words."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect

PAGES = ("/", "/plan", "/targets", "/bodies", "/about")


class Reader:
    """One open page."""

    def __init__(self, page: Page) -> None:
        self.page = page

    @property
    def box(self) -> Locator:
        """Where the question is typed."""
        return self.page.locator("#question textarea")

    @property
    def answers(self) -> Locator:
        """All answers, the oldest first."""
        return self.page.locator("#log article.answer")

    @property
    def questions(self) -> Locator:
        """All questions as the log shows them."""
        return self.page.locator("#log .question")

    def open(self, path: str = "/") -> None:
        """Go to a page; of the chat, wait for the examples, which come when it is ready to answer."""
        self.page.goto(path)
        if self.page.url.split("?")[0].endswith("/"):
            expect(self.page.locator("#greeting [data-ask]").first).to_be_visible()

    def ask(self, question: str) -> Locator:
        """Type a question, press Enter and return the whole answer."""
        before = self.answers.count()
        self.box.fill(question)
        self.box.press("Enter")
        return self.answered(before + 1)

    def answered(self, count: int) -> Locator:
        """Wait until there are so many answers and the last one is whole; return it."""
        expect(self.answers).to_have_count(count)
        expect(self.page.locator("#question .submit-button")).to_be_visible()
        return self.answers.last

    def wide(self) -> int:
        """Return by how many pixels the page is wider than its window."""
        return self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")


def seen(place: Locator) -> bool:
    """Tell whether the middle of an element lies in the window and nothing covers it."""
    return place.evaluate(
        """(one) => {
          const box = one.getClientRects()[0];
          if (!box) return false;
          const top = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
          return Boolean(top) && (one.contains(top) || top.contains(one));
        }"""
    )
