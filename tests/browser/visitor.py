"""Somebody at a link in a browser: what was asked of the network, what the page is made of, where the keyboard leads."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Page, Request

MOST_BYTES = 150_000
INNER_STOPS = 4  # year, month, day and calendar of a date field

# What every page keeps to, found in the page itself: each line is a fault.
FAULTS = """() => {
  const found = [], all = (what) => [...document.querySelectorAll(what)];
  const shown = (one) => one.getClientRects().length > 0;
  const say = (one) => (one.outerHTML || '').slice(0, 120);
  if (document.documentElement.lang !== 'zh-CN') found.push('language');
  if (document.title.trim().length < 3) found.push('title');
  if (all('h1').length !== 1) found.push('h1: ' + all('h1').length);
  if (all('main').length !== 1) found.push('main: ' + all('main').length);
  if (document.documentElement.scrollWidth > document.documentElement.clientWidth) found.push(
    'wider than the window: ' + all('body *').filter((one) => one.getBoundingClientRect().right > innerWidth + 1
      && !one.closest('.scroll')).map(say).slice(-1));
  const ids = all('[id]').map((one) => one.id);
  found.push(...ids.filter((id, at) => ids.indexOf(id) !== at).map((id) => 'twice: ' + id));
  const name = (one) => (one.getAttribute('aria-label') || one.textContent || '').trim();
  all('input:not([type=hidden]), select, textarea').forEach((one) => {
    if (![...one.labels].some((label) => label.textContent.trim()) && !one.getAttribute('aria-label'))
      found.push('no label: ' + say(one));
  });
  all('a[href], button, summary').forEach((one) => { if (!name(one)) found.push('no name: ' + say(one)); });
  all('img').forEach((one) => { if (!one.hasAttribute('alt')) found.push('no alt: ' + say(one)); });
  all('svg').forEach((one) => { if (!one.getAttribute('aria-label') && one.getAttribute('aria-hidden') !== 'true')
    found.push('a picture without words: ' + say(one)); });
  all('table').forEach((one) => {
    if (!one.caption || !one.caption.textContent.trim()) found.push('no caption: ' + say(one));
    one.querySelectorAll('th').forEach((head) => { if (!head.scope) found.push('no scope: ' + say(head)); });
  });
  const large = (one) => one.type === 'checkbox' || one.type === 'radio' ? one.labels[0] || one : one;
  all('button, select, input:not([type=hidden]), textarea, summary, .weui-btn, .doors a, .paging a, nav a').filter(shown)
    .forEach((one) => {
      const box = large(one).getBoundingClientRect();
      if (box.height < 43.5) found.push('small for a thumb (' + box.height + '): ' + say(one));
    });
  all('label[for]').forEach((one) => { if (!document.getElementById(one.htmlFor)) found.push('label of nothing: ' + say(one)); });
  all('[aria-describedby], [aria-labelledby]').forEach((one) => {
    for (const id of (one.getAttribute('aria-describedby') || one.getAttribute('aria-labelledby')).split(' '))
      if (!document.getElementById(id)) found.push('described by nothing: ' + say(one));
  });
  return found;
}"""
CONTRAST = """() => {
  const parts = (words) => (words.match(/[\\d.]+/g) || []).map(Number);
  const over = ([r, g, b, a = 1], below) => [r, g, b].map((one, at) => one * a + below[at] * (1 - a));
  const ground = (one) => {
    if (!one) return parts(getComputedStyle(document.body).backgroundColor).slice(0, 3);
    const own = parts(getComputedStyle(one).backgroundColor);
    return own.length === 3 ? own : own[3] ? over(own, ground(one.parentElement)) : ground(one.parentElement);
  };
  const light = (colour) => colour.map((one) => one / 255).map((one) => one <= .04045 ? one / 12.92
    : ((one + .055) / 1.055) ** 2.4).reduce((sum, one, at) => sum + one * [.2126, .7152, .0722][at], 0);
  const found = [];
  for (const one of document.querySelectorAll('body *')) {
    const words = [...one.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
    const look = getComputedStyle(one), size = parseFloat(look.fontSize);
    if (!words || !one.getClientRects().length || one.closest('.aside, .skip, svg, option')) continue;
    const below = ground(one), [a, b] = [light(over(parts(look.color), below)), light(below)];
    const ratio = (Math.max(a, b) + .05) / (Math.min(a, b) + .05);
    const large = size >= 24 || (size >= 18.6 && look.fontWeight >= 600);
    if (ratio < (large ? 3 : 4.5)) found.push('pale (' + ratio.toFixed(1) + '): ' + one.outerHTML.slice(0, 120));
  }
  return found;
}"""
REACHABLE = """() => [...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary')]
  .filter((one) => !one.disabled && one.getClientRects().length && !(one.closest('details:not([open])') && one.tagName !== 'SUMMARY'))
  .map((one, at) => { one.dataset.stop = at; return at; })"""
FOCUSED = """() => {
  const one = document.activeElement, look = getComputedStyle(one);
  const seen = look.outlineStyle !== 'none' && parseFloat(look.outlineWidth) > 0;
  return [one.dataset.stop === undefined ? null : Number(one.dataset.stop), seen];
}"""
LINKS = "() => [...document.querySelectorAll('a[href]')].map((one) => one.href)"


@dataclass
class Visitor:
    """One person's visit; `told` is what the chat answered."""

    page: Page
    told: str
    requests: list[Request] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)
    uncached: bool = False

    def __post_init__(self) -> None:
        self.page.on("request", lambda one: self.requests.append(one))  # it marks its handlers, and a method cannot be
        self.page.on("console", lambda said: self.complaints.append(said.text) if said.type == "error" else None)
        self.page.on("pageerror", lambda fault: self.complaints.append(str(fault)))

    @property
    def link(self) -> str:
        """The address that the chat gave."""
        found = re.search(r"https?://\S+", self.told)
        assert found, self.told
        return found[0]

    @property
    def code(self) -> str:
        """The code that the chat gave."""
        found = re.search(r"取件码(\d{6})", self.told)
        assert found, self.told
        return found[1]

    def give_code(self, code: str = "") -> None:
        """Open the link, type the code and press Enter."""
        self.page.goto(self.link)
        self.page.get_by_label("取件码").fill(code or self.code)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def open(self, path: str) -> None:
        """Open a page below the link, as if for the first time: nothing comes from the browser's own store."""
        if not self.uncached:
            self.uncached = True
            self.page.context.new_cdp_session(self.page).send("Network.setCacheDisabled", {"cacheDisabled": True})
        self.requests.clear()
        self.page.goto(self.link + path)

    def faults(self) -> list[str]:
        """What this page does not keep to."""
        found: list[str] = self.page.evaluate(FAULTS) + self.page.evaluate(CONTRAST)
        weight = self.weight()
        found += [f"weighs {weight} bytes"] if weight > MOST_BYTES else []
        return found + self.complaints + self.foreign()

    def foreign(self) -> list[str]:
        """What was asked of another host."""
        ours = urlsplit(self.link).netloc
        return [
            one.url for one in self.requests if urlsplit(one.url).netloc not in (ours, "") and one.url[:5] != "data:"
        ]

    def unreached(self) -> list[str]:
        """What the Tab key does not come to, or comes to without showing it."""
        stops: set[int] = set(self.page.evaluate(REACHABLE))
        hidden = set()
        for _ in range(INNER_STOPS * len(stops) + 2):
            self.page.keyboard.press("Tab")
            stop, seen = self.page.evaluate(FOCUSED)
            stops.discard(stop)
            hidden |= set() if seen or stop is None else {f"focus cannot be seen: {self._at(stop)}"}
            if not stops:
                break
        return [*hidden, *(f"not reached: {self._at(stop)}" for stop in stops)]

    def _at(self, stop: int) -> str:
        return str(
            self.page.evaluate(f"() => document.querySelector('[data-stop=\"{stop}\"]').outerHTML.slice(0, 120)")
        )

    def links(self) -> Sequence[str]:
        """Where this page leads below the link, as path and query."""
        found: list[str] = self.page.evaluate(LINKS)
        return [one.removeprefix(self.link).partition("#")[0] for one in found if one.startswith(self.link)]

    def weight(self) -> int:
        """How many bytes the page just opened has brought, with all that belongs to it."""
        sizes: list[Any] = [one.sizes() for one in self.requests if one.response()]
        return sum(size["responseBodySize"] + size["responseHeadersSize"] for size in sizes)
