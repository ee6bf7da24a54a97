// A text field with suggestions: those in the page, or those its data-source answers for what is typed. What is typed
// counts; a suggestion only completes it.
const WAIT = 120;
const timers = new WeakMap();

export function start() {
  document.addEventListener("input", (event) => {
    const box = boxOf(event.target);
    if (!box) return;
    clearTimeout(timers.get(box));
    timers.set(box, setTimeout(() => suggest(box), box.dataset.source ? WAIT : 0));
  });
  document.addEventListener("keydown", (event) => {
    const box = boxOf(event.target);
    if (box) onKey(event, box);
  });
  document.addEventListener("pointerdown", (event) => {
    const option = event.target.closest("[data-combobox] [role=option]");
    if (!option) return;
    event.preventDefault();
    take(option.closest("[data-combobox]"), option);
  });
  document.addEventListener("focusout", (event) => {
    const box = boxOf(event.target);
    if (box) show(box, false);
  });
}

function boxOf(place) {
  return place.matches?.("[role=combobox]") ? place.closest("[data-combobox]") : null;
}

const field = (box) => box.querySelector("[role=combobox]");
const list = (box) => box.querySelector("[role=listbox]");
const shown = (box) => [...list(box).querySelectorAll("[role=option]:not([hidden])")];

async function suggest(box) {
  const typed = field(box).value;
  if (box.dataset.source) {
    const answer = await fetch(`${box.dataset.source}?q=${encodeURIComponent(typed)}`, { headers: { "HX-Request": "true" } });
    if (field(box).value !== typed || !answer.ok) return;
    list(box).innerHTML = await answer.text();
  } else {
    for (const option of list(box).querySelectorAll("[role=option]")) {
      option.hidden = !option.textContent.toLowerCase().includes(typed.toLowerCase());
    }
  }
  shown(box).forEach((option, index) => (option.id ||= `${list(box).id}-${index}`));
  choose(box, null);
  show(box, shown(box).length > 0);
}

function onKey(event, box) {
  const isShown = !list(box).hidden;
  const all = shown(box);
  const at = all.findIndex((option) => option.getAttribute("aria-selected") === "true");
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    if (!isShown) suggest(box);
    else if (all.length) choose(box, all[(at + (event.key === "ArrowDown" ? 1 : all.length - (at < 0 ? 0 : 1))) % all.length]);
  } else if (event.key === "Enter" && isShown && at >= 0) {
    event.preventDefault();
    take(box, all[at]);
  } else if (event.key === "Escape" && isShown) {
    event.preventDefault();
    show(box, false);
  }
}

function choose(box, option) {
  for (const other of shown(box)) other.setAttribute("aria-selected", String(other === option));
  if (option) field(box).setAttribute("aria-activedescendant", option.id);
  else field(box).removeAttribute("aria-activedescendant");
  option?.scrollIntoView({ block: "nearest" });
}

function take(box, option) {
  field(box).value = option.dataset.value ?? option.textContent.trim();
  show(box, false);
  field(box).dispatchEvent(new Event("change", { bubbles: true }));
}

function show(box, isShown) {
  list(box).hidden = !isShown;
  field(box).setAttribute("aria-expanded", String(isShown));
  if (!isShown) field(box).removeAttribute("aria-activedescendant");
}
