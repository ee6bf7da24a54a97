// Toasts stay long enough to be read, longer with something to press, and for good when something failed.
import { icon } from "./swaps.js";

const SHORT = 6_000;
const LONG = 15_000;
const ICONS = { good: "circle-check", bad: "octagon-x", warn: "triangle-alert", info: "info" };

export function start() {
  const region = document.getElementById("toasts");
  if (!region) return;
  region.querySelectorAll("[data-toast]").forEach(watch);
  new MutationObserver((changes) => {
    for (const node of changes.flatMap((change) => [...change.addedNodes])) {
      if (node.matches?.("[data-toast]")) watch(node);
    }
  }).observe(region, { childList: true });
  document.addEventListener("click", (event) => {
    event.target.closest("[data-toast-close]")?.closest("[data-toast]").remove();
    const asked = event.target.closest("[data-toast-text]");
    if (asked) show("good", asked.dataset.toastText);
  });
}

export function show(tone, text) {
  const toast = document.createElement("div");
  toast.className = `toast tone-${tone}`;
  toast.dataset.toast = tone;
  const line = document.createElement("p");
  line.textContent = text;
  const close = document.createElement("button");
  close.type = "button";
  close.className = "button button-ghost button-small is-icon";
  close.dataset.toastClose = "";
  close.setAttribute("aria-label", "Dismiss");
  close.append(icon("x"));
  toast.append(icon(ICONS[tone] ?? "info"), line, close);
  document.getElementById("toasts")?.append(toast);
}

function watch(toast) {
  if (toast.dataset.toast === "bad") return;
  let timer = 0;
  const wait = () => (timer = setTimeout(() => toast.remove(), toast.querySelector("form") ? LONG : SHORT));
  const stay = () => clearTimeout(timer);
  for (const name of ["pointerenter", "focusin"]) toast.addEventListener(name, stay);
  for (const name of ["pointerleave", "focusout"]) toast.addEventListener(name, wait);
  wait();
}
