// The name after an @ in a longer text: suggestions below it, taken with Enter, Tab or a click. What is typed counts; a
// suggestion only completes it.
import { announce } from "./swaps.js";

const WAIT = 120;
const MARKED = /(?<![\p{L}\p{N}])@([^@\n]{0,40})$/u;
const timers = new WeakMap();
const taken = new WeakMap();

export function start() {
  document.addEventListener("input", (event) => {
    const box = boxOf(event.target);
    if (!box) return;
    clearTimeout(timers.get(box));
    timers.set(box, setTimeout(() => suggest(box), WAIT));
  });
  document.addEventListener("keydown", (event) => {
    const box = boxOf(event.target);
    if (box && !list(box).hidden && !event.isComposing) onKey(event, box);
  });
  document.addEventListener("pointerdown", (event) => {
    const option = event.target.closest("[data-mentions] [role=option]");
    if (!option) return;
    event.preventDefault();
    take(option.closest("[data-mentions]"), option);
  });
  document.addEventListener("focusout", (event) => {
    const box = boxOf(event.target);
    if (box) hide(box);
  });
}

const boxOf = (place) => (place.matches?.("textarea") ? place.closest("[data-mentions]") : null);
const field = (box) => box.querySelector("textarea");
const list = (box) => box.querySelector("[role=listbox]");
const options = (box) => [...list(box).querySelectorAll("[role=option]")];

// What stands between an @ and the place where somebody writes; null where they write something else.
function marked(box) {
  const { value, selectionStart, selectionEnd } = field(box);
  if (selectionStart !== selectionEnd) return null;
  const before = value.slice(0, selectionStart);
  const found = before === taken.get(box) ? null : before.match(MARKED);
  return found && { typed: found[1], from: selectionStart - found[1].length, to: selectionStart };
}

async function suggest(box) {
  const asked = marked(box);
  if (!asked || asked.typed.startsWith(" ")) return hide(box);
  const answer = await fetch(`${box.dataset.source}?q=${encodeURIComponent(asked.typed)}`, {
    headers: { "HX-Request": "true" },
  }).catch(() => null);
  const now = marked(box);
  if (now?.typed !== asked.typed || now.from !== asked.from) return;
  if (!answer?.ok || document.activeElement !== field(box)) return hide(box);
  list(box).innerHTML = await answer.text();
  const found = options(box);
  found.forEach((option, index) => (option.id = `${list(box).id}-${index}`));
  if (!found.length) return hide(box);
  list(box).hidden = false;
  choose(box, asked.typed ? found[0] : null);
  announce(`${found.length} ${found.length === 1 ? "person" : "people"}: arrow keys choose, Enter completes`);
}

function onKey(event, box) {
  const all = options(box);
  const at = all.findIndex((option) => option.getAttribute("aria-selected") === "true");
  if (event.key === "ArrowDown") choose(box, all[(at + 1) % all.length]);
  else if (event.key === "ArrowUp") choose(box, all.at(at < 0 ? -1 : at - 1));
  else if ((event.key === "Enter" || event.key === "Tab") && at >= 0 && !event.shiftKey) take(box, all[at]);
  else if (event.key === "Escape") hide(box);
  else return;
  event.preventDefault();
}

function choose(box, option) {
  for (const other of options(box)) other.setAttribute("aria-selected", String(other === option));
  if (option) field(box).setAttribute("aria-activedescendant", option.id);
  else field(box).removeAttribute("aria-activedescendant");
  option?.scrollIntoView({ block: "nearest" });
}

function take(box, option) {
  const asked = marked(box);
  if (!asked) return hide(box);
  const text = field(box);
  text.setRangeText(`${option.dataset.value} `, asked.from, asked.to, "end");
  taken.set(box, text.value.slice(0, text.selectionStart));
  hide(box);
  text.dispatchEvent(new Event("input", { bubbles: true }));
}

function hide(box) {
  list(box).hidden = true;
  field(box).removeAttribute("aria-activedescendant");
}
