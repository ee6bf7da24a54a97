// Ctrl K: people, assignments and what may be done here, found while typing. The list is a listbox; focus stays in the
// field and the chosen option is named by aria-activedescendant. Who types faster than the search answers and presses
// Enter gets the first of what was typed, not what the list showed before.
import { open } from "./overlays.js";
import { offer, remember } from "./recent.js";

const WAIT = 80;
let asked = 0;
let timer = 0;
let answered = null; // the text that the list is the answer to
let isHurried = false; // Enter was pressed before it was

const palette = () => document.getElementById("palette");
const field = () => palette().querySelector("input");
const list = () => palette().querySelector("[role=listbox]");
const options = () => [...list().querySelectorAll("[role=option]")];

export function start() {
  if (!palette()) return;
  document.addEventListener("keydown", (event) => {
    if (event.key.toLowerCase() !== "k" || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
    event.preventDefault();
    open(palette());
  });
  palette().addEventListener("opened", () => {
    field().value = "";
    field().focus();
    find();
  });
  palette().addEventListener("close", () => (isHurried = false));
  palette().addEventListener("input", () => {
    isHurried = false;
    clearTimeout(timer);
    timer = setTimeout(find, WAIT);
  });
  palette().addEventListener("keydown", onKey);
  palette().addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (option) act(option);
  });
}

async function find() {
  const number = ++asked;
  const typed = field().value.trim();
  const here = encodeURIComponent(location.pathname);
  const address = `${palette().dataset.palette}?q=${encodeURIComponent(typed)}&here=${here}`;
  try {
    const answer = await fetch(address, { headers: { "HX-Request": "true" } });
    const text = answer.ok ? await answer.text() : "";
    if (number !== asked) return;
    list().innerHTML = text;
    if (!typed) offer(list());
    answered = typed;
    say(answer.ok ? null : "Search does not answer.");
    if (isHurried && palette().open) take();
  } catch {
    if (number === asked) say("Search does not answer.");
  }
}

function say(problem) {
  const found = options();
  found.forEach((option, index) => (option.id ||= `palette-option-${index}`));
  choose(found[0]);
  const nothing = field().value ? "Nothing found" : "";
  palette().querySelector("[data-palette-status]").textContent =
    problem ?? (found.length ? `${found.length} found` : nothing);
}

function choose(option) {
  for (const other of options()) other.setAttribute("aria-selected", String(other === option));
  if (option) field().setAttribute("aria-activedescendant", option.id);
  else field().removeAttribute("aria-activedescendant");
  option?.scrollIntoView({ block: "nearest" });
}

function onKey(event) {
  const all = options();
  const at = all.findIndex((option) => option.getAttribute("aria-selected") === "true");
  const to = { ArrowDown: at + 1, ArrowUp: at - 1 + all.length, Home: 0, End: all.length - 1 }[event.key];
  if (to !== undefined && all.length && !(event.key === "Home" || event.key === "End") ) {
    event.preventDefault();
    choose(all[to % all.length]);
  } else if (event.key === "Enter" && event.target === field()) {
    event.preventDefault();
    if (answered === field().value.trim()) take();
    else isHurried = true;
  }
}

function take() {
  isHurried = false;
  const chosen = options().find((option) => option.getAttribute("aria-selected") === "true");
  if (chosen) act(chosen);
}

function act(option) {
  palette().close();
  remember(option);
  if (option.dataset.href) location.assign(option.dataset.href);
  else if (option.dataset.presses) document.querySelector(option.dataset.presses)?.click();
}
