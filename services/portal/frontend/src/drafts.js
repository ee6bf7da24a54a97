// Typed text stays in this tab until its form was sent: a closed drawer or a reload loses nothing.
import { onContent } from "./swaps.js";

const PREFIX = "draft:";
const SENT = "sent:";
const KEPT = "textarea, input[type=text], input[type=search], input[type=tel], input[type=email]";

const restored = new WeakSet();

export function start() {
  document.addEventListener("input", (event) => keep(event.target.closest("form[data-draft]")));
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.matches("form[data-draft]")) sessionStorage.setItem(SENT + form.dataset.draft, "");
    if (form.getAttribute("action") === "/sign-out") sessionStorage.clear();
  });
  forgetSent();
  onContent(restore);
  document.addEventListener("htmx:after:swap", forgetSent);
}

function keep(form) {
  if (!form) return;
  const typed = fields(form).filter((field) => field.value !== field.defaultValue);
  const text = JSON.stringify(Object.fromEntries(typed.map((field) => [field.name, field.value])));
  sessionStorage.setItem(PREFIX + form.dataset.draft, text);
}

function restore(place) {
  for (const form of place.querySelectorAll("form[data-draft]")) {
    if (restored.has(form)) continue;
    restored.add(form);
    const typed = JSON.parse(sessionStorage.getItem(PREFIX + form.dataset.draft) ?? "{}");
    for (const field of fields(form)) {
      if (field.name in typed && field.value === field.defaultValue) field.value = typed[field.name];
    }
  }
}

function forgetSent() {
  const sent = Object.keys(sessionStorage).filter((key) => key.startsWith(SENT));
  for (const name of sent.map((key) => key.slice(SENT.length))) {
    sessionStorage.removeItem(SENT + name);
    const form = document.querySelector(`form[data-draft="${CSS.escape(name)}"]`);
    if (!form?.querySelector("[aria-invalid]")) sessionStorage.removeItem(PREFIX + name);
  }
}

function fields(form) {
  return [...form.querySelectorAll(KEPT)].filter((field) => field.name);
}
