// What was chosen in the palette is offered again, for as long as this tab is open. Names stay in the tab's own memory,
// which signing out clears.
import { icon } from "./swaps.js";

const KEY = "recent";
const MOST = 5;

export function remember(option) {
  const text = option.dataset.remembers;
  if (!text) return;
  const others = kept().filter((one) => one.href !== option.dataset.href);
  sessionStorage.setItem(KEY, JSON.stringify([{ text, href: option.dataset.href }, ...others].slice(0, MOST)));
}

export function offer(list) {
  const wanted = kept().filter((one) => one.href !== location.pathname);
  if (!wanted.length) return;
  const group = document.createElement("div");
  group.setAttribute("role", "group");
  group.setAttribute("aria-label", "Recent");
  const head = document.createElement("p");
  head.setAttribute("aria-hidden", "true");
  head.textContent = "Recent";
  group.append(head, ...wanted.map(option));
  list.prepend(group);
}

function option({ text, href }) {
  const made = document.createElement("div");
  made.setAttribute("role", "option");
  made.setAttribute("aria-selected", "false");
  made.dataset.href = href;
  made.dataset.remembers = text;
  const words = document.createElement("span");
  words.textContent = text;
  made.append(icon("history"), words);
  return made;
}

function kept() {
  return JSON.parse(sessionStorage.getItem(KEY) ?? "[]");
}
