// Rows of lists: a click beside their links opens them; j and k walk through them.
import { onContent } from "./swaps.js";

let here = null;

export function start() {
  document.addEventListener("click", (event) => {
    if (event.target.matches("[data-row] .cell-select")) {
      event.target.querySelector("[data-select]")?.click();
      return;
    }
    const row = event.target.closest("[data-row]");
    if (!row || event.target.closest("a, button, input, label, select, summary, details")) return;
    if (String(getSelection())) return;
    const address = row.dataset.href ?? row.querySelector("[data-open]")?.href;
    if (!address) return;
    if (event.ctrlKey || event.metaKey) window.open(address, "_blank", "noopener");
    else openRow(row);
  });
  document.addEventListener("focusin", (event) => mark(event.target.closest("[data-row]")));
  onContent(() => here && mark(here.isConnected ? here : document.getElementById(here.id)));
}

export function openRow(row) {
  const link = row.querySelector("[data-open]");
  if (link) link.click();
  else if (row.dataset.href) location.assign(row.dataset.href);
}

export function currentRow() {
  return here?.isConnected ? here : null;
}

export function step(by) {
  const all = [...document.querySelectorAll("#main [data-row]")].filter((row) => row.offsetParent !== null);
  if (!all.length) return;
  const at = all.indexOf(currentRow());
  const next = all[at < 0 ? (by > 0 ? 0 : all.length - 1) : Math.min(Math.max(at + by, 0), all.length - 1)];
  if (!next.hasAttribute("tabindex")) next.tabIndex = -1;
  next.focus({ preventScroll: true });
  next.scrollIntoView({ block: "nearest" });
}

function mark(row) {
  if (!row) return;
  for (const other of document.querySelectorAll("[data-row].is-here")) other.classList.remove("is-here");
  row.classList.add("is-here");
  here = row;
}
