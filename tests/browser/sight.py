"""What a page looks like to somebody who zooms, tabs or taps: too wide, focus hidden, targets too small."""

from typing import Any

from playwright.async_api import Page

SMALLEST_TARGET_PX = 24
"""WCAG 2.2, 2.5.8: or that much room around a smaller one; text within a sentence is left out."""

_TOO_WIDE = """() => {
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= width) return [];
  const scrolls = element => {
    for (let parent = element.parentElement; parent; parent = parent.parentElement)
      if (['auto', 'scroll', 'hidden', 'clip'].includes(getComputedStyle(parent).overflowX)) return true;
    return false;
  };
  return [...document.body.querySelectorAll('*')]
    .filter(element => element.getBoundingClientRect().right > width + 1 && !scrolls(element))
    .slice(0, 5).map(element => element.outerHTML.slice(0, 160)).concat(
      `${document.documentElement.scrollWidth} px on a screen of ${width} px`);
}"""

_FOCUS = """() => {
  const element = document.activeElement;
  if (!element || element === document.body) return null;
  const box = element.getBoundingClientRect();
  const style = getComputedStyle(element);
  const spots = [[.5, .5], [.1, .2], [.9, .2], [.1, .8], [.9, .8]].map(([x, y]) =>
    document.elementFromPoint(box.left + box.width * x, box.top + box.height * y));
  const label = element.labels?.[0];
  const near = spot => spot && (element.contains(spot) || spot.contains(element) || label?.contains(spot));
  const ring = part => part && (parseFloat(getComputedStyle(part).outlineWidth) > 0
    && getComputedStyle(part).outlineStyle !== 'none' || getComputedStyle(part).boxShadow !== 'none');
  return {
    html: element.outerHTML.slice(0, 200),
    is_hidden: !spots.some(near),
    has_ring: ring(element) || ring(label) || ring(element.parentElement) || ring(element.nextElementSibling),
  };
}"""

_SMALL = """least => {
  const isInline = element => element.tagName === 'A' && getComputedStyle(element).display === 'inline';
  const shown = document.querySelector('dialog:modal') ?? document;
  const targets = [...shown.querySelectorAll('a[href],button,input,select,textarea,summary,[role=button]')]
    .filter(element => element.checkVisibility({visibilityProperty: true, opacityProperty: true})
      && element.type !== 'hidden' && !element.closest('[inert]') && !isInline(element));
  const boxes = targets.map(element => {
    const boxes = [element, ...(element.labels ?? [])].map(one => one.getBoundingClientRect());
    return boxes.reduce((big, box) => box.width * box.height > big.width * big.height ? box : big);
  });
  const middle = box => [box.left + box.width / 2, box.top + box.height / 2];
  const isCrowded = (box, place) => boxes.some((other, at) => {
    if (at === place || !other.width || targets[at].contains(targets[place])
        || targets[place].contains(targets[at])) return false;
    const [x, y] = middle(box);
    const right = Math.max(other.left - x, x - other.right, 0), down = Math.max(other.top - y, y - other.bottom, 0);
    return Math.hypot(right, down) < least / 2;
  });
  return targets.map((element, place) => [element, boxes[place], place])
    .filter(([, box]) => box.width > 1 && box.height > 1 && (box.width < least - .5 || box.height < least - .5))
    .filter(([, box, place]) => isCrowded(box, place))
    .map(([element, box]) => `${Math.round(box.width)}×${Math.round(box.height)} ${element.outerHTML.slice(0, 120)}`);
}"""


async def too_wide(page: Page) -> list[str]:
    """What makes the whole page scroll sideways; empty when nothing does. Regions of their own may scroll."""
    found: list[str] = await page.evaluate(_TOO_WIDE)
    return found


async def small_targets(page: Page) -> list[str]:
    """Targets under 24 px with another one closer than that."""
    found: list[str] = await page.evaluate(_SMALL, SMALLEST_TARGET_PX)
    return found


async def tab_through(page: Page, *, most: int) -> list[dict[str, Any]]:
    """Each stop of the Tab key until the page is left or comes round again: its markup, whether hidden, its ring."""
    stops: list[dict[str, Any]] = []
    for _ in range(most):
        await page.keyboard.press("Tab")
        stop = await page.evaluate(_FOCUS)
        if stop is None or (len(stops) > 1 and stop["html"] == stops[0]["html"]):
            break
        stops.append(stop)
    return stops
