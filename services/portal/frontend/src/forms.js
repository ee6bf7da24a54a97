// Forms go out once, say that they are on their way, and lead to what was refused.
import { onContent } from "./swaps.js";

// What was met before keeps the focus where it is when it is swapped again. Marks would be morphed away.
const met = new WeakSet();

export function start() {
  document.addEventListener("submit", onSubmit, true);
  document.addEventListener("htmx:finally:request", (event) => settle(formOf(event)));
  addEventListener("pageshow", () => document.querySelectorAll("form[data-busy]").forEach(settle));
  document.addEventListener("click", onSummaryLink);
  onContent(() => {
    const summary = document.querySelector("[data-error-summary][role=alert]");
    if (!summary || met.has(summary)) return;
    met.add(summary);
    summary.focus();
  });
}

function onSubmit(event) {
  const form = event.target;
  if (!form.matches("[data-form], [data-bulk]")) return;
  if ("busy" in form.dataset) {
    event.preventDefault();
    event.stopImmediatePropagation();
    return;
  }
  form.dataset.busy = "";
  event.submitter?.setAttribute("aria-busy", "true");
}

function formOf(event) {
  return event.detail?.ctx?.sourceElement?.closest?.("form") ?? event.target.closest?.("form");
}

function settle(form) {
  if (!form) return;
  delete form.dataset.busy;
  const buttons = [...form.elements].filter((element) => element.hasAttribute("aria-busy"));
  for (const button of buttons) button.removeAttribute("aria-busy");
}

function onSummaryLink(event) {
  const link = event.target.closest("[data-error-summary] a[href^='#']");
  const place = link && document.getElementById(link.hash.slice(1));
  if (!place) return;
  event.preventDefault();
  const control = place.matches("fieldset") ? place.querySelector("input, select, textarea") : place;
  control?.focus();
  place.scrollIntoView({ block: "nearest" });
}
