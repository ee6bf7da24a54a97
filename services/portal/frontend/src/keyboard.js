// Single-key shortcuts. Any element with data-shortcut="k" is pressed by k; the first one counts that is found in the
// selection's bar, the open drawer, the row that has the focus, the page. They can be switched off (WCAG 2.1.4).
import { isOpen } from "./drawer.js";
import { open } from "./overlays.js";
import { currentRow, openRow, step } from "./rows.js";
import { toggle } from "./selection.js";

const SWITCH = "shortcuts";
const PATIENCE = 1_200;
const PLACES = { w: "/work", b: "/board", a: "/assignments", c: "/clinicians", f: "/facilities", u: "/funnel", p: "/parked" };

let goes = 0;

const KEYS = {
  j: () => step(1),
  k: () => step(-1),
  x: () => toggle(currentRow()),
  g: () => (goes = Date.now()),
  "?": () => openSheet(),
  "/": () => search(),
};

export function start() {
  document.addEventListener("keydown", onKey);
  const box = document.querySelector("[data-shortcuts-switch]");
  if (!box) return;
  box.checked = areOn();
  box.addEventListener("change", () => localStorage.setItem(SWITCH, box.checked ? "on" : "off"));
}

function areOn() {
  return localStorage.getItem(SWITCH) !== "off";
}

function onKey(event) {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (document.querySelector("dialog[open]") || isTyping(event.target)) return;
  if (event.key === "Enter") {
    if (event.target.matches("[data-row]")) openRow(event.target);
    return;
  }
  if (areOn() && event.key.length === 1 && press(event.key)) event.preventDefault();
}

function press(key) {
  if (Date.now() - goes < PATIENCE) {
    goes = 0;
    return go(PLACES[key]);
  }
  const control = controlFor(key);
  if (control) {
    control.click();
    return true;
  }
  if (!KEYS[key]) return false;
  KEYS[key]();
  return true;
}

function controlFor(key) {
  const drawer = isOpen() ? document.getElementById("drawer") : null;
  const bar = document.querySelector("form[data-bulk]:not([hidden])");
  for (const place of [bar, drawer, currentRow(), document]) {
    const found = [...(place?.querySelectorAll(`[data-shortcut="${CSS.escape(key)}"]`) ?? [])].find(isPressable);
    if (found) return found;
  }
  return null;
}

function isPressable(control) {
  return !control.disabled && control.getClientRects().length > 0 && !control.closest("[inert]");
}

function go(address) {
  const link = address && document.querySelector(`.sidebar-nav a[href="${address}"]`);
  if (link) location.assign(link.href);
  return Boolean(link);
}

function search() {
  const box = [...document.querySelectorAll("[data-search]")].find(isPressable);
  if (box) box.focus();
  else if (document.getElementById("palette")) open(document.getElementById("palette"));
}

function openSheet() {
  const sheet = document.getElementById("shortcuts");
  if (sheet) open(sheet);
}

function isTyping(place) {
  return place.isContentEditable || place.matches?.("textarea, select, input:not([type=checkbox], [type=radio], [type=button])");
}
