// Selecting rows for a bulk action: one by one, a stretch with Shift, or all that are shown.
import { onContent } from "./swaps.js";

let last = null;

export function start() {
  document.addEventListener("click", onClick);
  document.addEventListener("change", (event) => {
    const all = event.target.closest("[data-select-all]");
    if (all) boxes(all.dataset.selectAll).forEach((box) => (box.checked = all.checked));
    if (all || event.target.matches("[data-select]")) show();
  });
  onContent(show);
}

export function toggle(row) {
  const box = row?.querySelector("[data-select]");
  if (!box) return;
  box.checked = !box.checked;
  last = box;
  show();
}

function onClick(event) {
  const clear = event.target.closest("[data-bulk-clear]");
  if (clear) {
    boxes(clear.form.id).forEach((box) => (box.checked = false));
    show();
  }
  const box = event.target.closest("[data-select]");
  if (!box) return;
  if (event.shiftKey && last?.isConnected) stretch(last, box);
  last = box;
}

function stretch(from, to) {
  const all = boxes(to.getAttribute("form"));
  const [first, final] = [all.indexOf(from), all.indexOf(to)].sort((one, other) => one - other);
  if (first >= 0) all.slice(first, final + 1).forEach((box) => (box.checked = to.checked));
}

function show() {
  for (const bar of document.querySelectorAll("form[data-bulk]")) {
    const all = boxes(bar.id);
    const chosen = all.filter((box) => box.checked).length;
    bar.hidden = chosen === 0;
    const noun = chosen === 1 ? bar.dataset.noun : `${bar.dataset.noun}s`;
    bar.querySelector("[data-bulk-count]").textContent = `${chosen} ${noun} selected`;
    for (const head of document.querySelectorAll(`[data-select-all="${CSS.escape(bar.id)}"]`)) {
      head.checked = chosen > 0 && chosen === all.length;
      head.indeterminate = chosen > 0 && chosen < all.length;
    }
  }
}

function boxes(form) {
  return [...document.querySelectorAll(`[data-select][form="${CSS.escape(form)}"]`)];
}
