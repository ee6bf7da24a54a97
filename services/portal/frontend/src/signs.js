// What a page shows of its own line: who else is here, which services are away, whether the connection stands, what is
// new above a list.
import htmx from "htmx.org";
import { announce, icon } from "./swaps.js";

// A part of a page, asked for again by the page itself; null when it cannot be had. The header says that nobody did
// anything: a tab that is open keeps nobody signed in.
export async function ask(address) {
  try {
    const answer = await fetch(address, { headers: { "HX-Request": "true", "X-Portal-Live": "1" } });
    if (!answer.ok) return null;
    const made = document.createElement("template");
    made.innerHTML = await answer.text();
    return made.content;
  } catch {
    return null;
  }
}

export const morph = (old, fresh) => htmx.swap({ text: fresh.outerHTML, target: old, sourceElement: old, swap: "outerMorph" });

// "5 new": a link to the list as it is now.
export function showNews(number, address) {
  const bar = document.getElementById("new-rows");
  if (!bar) return;
  bar.replaceChildren();
  if (!number) return;
  const link = document.createElement("a");
  link.href = address ?? location.pathname + location.search;
  link.className = "button button-secondary button-small";
  const text = document.createElement("span");
  text.textContent = `${number} new`;
  link.append(icon("arrow-up"), text);
  bar.append(link);
}

// The drawer's place counts before the page's.
export const place = () => [...document.querySelectorAll("[data-live-place]")].at(-1);

export async function showPresence() {
  const slot = document.getElementById("presence");
  const found = await ask(`/live/presence?place=${encodeURIComponent(place().dataset.livePlace)}`);
  const fresh = found?.getElementById("presence");
  if (slot && fresh) await morph(slot, fresh);
}

export async function showServices(down) {
  const known = [...document.querySelectorAll("#services [data-down]")].map((one) => one.dataset.down);
  if (String(known) === String(down)) return;
  const fresh = (await ask("/live/services"))?.getElementById("services");
  const shown = document.getElementById("services");
  if (fresh && shown) await morph(shown, fresh);
}

// Regions whose department does not answer say so and look it.
export function mark() {
  const down = new Map([...document.querySelectorAll("#services [data-down]")].map((one) => [one.dataset.down, one]));
  for (const time of document.querySelectorAll("#services time")) time.textContent = clock(new Date(time.dateTime));
  for (const region of document.querySelectorAll("[data-department]")) {
    const since = down.get(region.dataset.department)?.querySelector("time")?.textContent;
    region.classList.toggle("is-stale", Boolean(since));
    if (since) region.dataset.stale = `As of ${since}`;
    else delete region.dataset.stale;
  }
}

const clock = (instant) => instant.toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });

export function showLine({ stands, isOver }) {
  const banner = document.getElementById("offline");
  if (!banner || (banner.hidden === stands && !isOver)) return;
  banner.hidden = stands;
  if (stands) return announce("The connection is back");
  const text = isOver ? "You are signed out. " : `No connection since ${clock(new Date())}: what you see is as of then. Trying again …`;
  banner.querySelector("[data-offline-text]").textContent = text;
  if (isOver) {
    const link = document.createElement("a");
    link.href = `/sign-in?next=${encodeURIComponent(location.pathname + location.search)}`;
    link.textContent = "Sign in again";
    banner.querySelector("[data-offline-text]").append(link);
  }
}
