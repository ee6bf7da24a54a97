// The drawer: a page's details beside its list, with an address of its own. Where there is no room beside, it lies over
// the page, which then takes no focus.
const drawer = () => document.getElementById("drawer");
const hasRoom = matchMedia("(width >= 68rem)");

const met = new WeakSet();
let openedBy = null;

export function start() {
  if (!drawer()) return;
  // htmx restores only what it knows: without this, going back to the list would leave the drawer open.
  if (!history.state?.htmx) history.replaceState({ ...history.state, htmx: true }, "");
  document.addEventListener("htmx:before:request", (event) => {
    const link = event.target.closest?.("[data-drawer-link]");
    if (link && !drawer().contains(link)) openedBy = link.getAttribute("href");
  });
  document.addEventListener("htmx:after:swap", () => {
    const inside = drawer().querySelector("[data-drawer]");
    if (!inside || met.has(inside)) return;
    met.add(inside);
    show(true);
    inside.querySelector("h2")?.focus();
  });
  document.addEventListener("click", (event) => {
    const isBeside = !hasRoom.matches && isOpen() && event.target.matches(".shell, html, body");
    const closer = event.target.closest("[data-drawer-close]");
    if (closer && !drawer().contains(closer)) return; // as a page of its own: the link leads back
    if (!isBeside && !closer) return;
    event.preventDefault();
    close();
  });
  document.addEventListener("keydown", (event) => {
    const isTaken = event.defaultPrevented || document.querySelector("dialog[open]") || isTyping(event.target);
    if (event.key === "Escape" && isOpen() && !isTaken) close();
  });
  hasRoom.addEventListener("change", () => show(isOpen()));
  show(isOpen());
  const inside = drawer().querySelector("[data-drawer]");
  if (inside) met.add(inside);
}

export function isOpen() {
  return Boolean(drawer() && !drawer().hidden);
}

export function close() {
  const address = drawer().querySelector("[data-drawer]")?.dataset.closeHref;
  show(false);
  drawer().replaceChildren();
  if (address) history.pushState({ htmx: true }, "", address);
  const link = openedBy && document.querySelector(`[data-drawer-link][href="${CSS.escape(openedBy)}"]`);
  (link?.closest("[data-row][tabindex]") ?? link ?? document.getElementById("main"))?.focus();
}

function show(isShown) {
  drawer().hidden = !isShown;
  for (const behind of document.querySelectorAll(".sidebar, .page, .mobile-nav")) {
    behind.inert = isShown && !hasRoom.matches;
  }
}

function isTyping(place) {
  return place.matches?.("textarea, select, input:not([type=checkbox], [type=radio])");
}
