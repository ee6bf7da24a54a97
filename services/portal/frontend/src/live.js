// Keeps the page up to date while others work: what changed is asked for again and morphs in place; what is new waits
// behind a bar; nothing moves under a pointer or a focus.
import { ask, mark, morph, place, showLine, showNews, showPresence, showServices } from "./signs.js";
import { begin, stand } from "./stream.js";

const GATHER = 150;
const CALM = 5_000;
const MOST = 100;

const changed = { items: new Set(), assignments: new Set(), others: new Set() };
const news = new Set();
let isAll = false;
let lookedAt = 0;
let timer = 0;

export function start() {
  const { live, liveSince } = document.body.dataset;
  if (!live) return;
  begin(live, Number(liveSince) || Date.now(), hear);
  for (const name of ["htmx:after:swap", "visibilitychange"]) document.addEventListener(name, settle);
  document.addEventListener("focusout", () => setTimeout(leave));
  document.addEventListener("pointerout", (event) => event.target.closest("[data-live-rows]") && setTimeout(leave));
  addEventListener("offline", () => hear("line", { stands: false }));
  settle();
}

function hear(kind, data) {
  if (kind === "changed") for (const name in changed) data[name].forEach((id) => changed[name].add(id));
  else if (kind === "look") isAll = true;
  else if (kind === "present") return data.places.includes(place()?.dataset.livePlace) && showPresence();
  else if (kind === "services") return showServices(data.down);
  else if (kind === "line") return showLine(data);
  plan(GATHER);
}

function settle() {
  const isSeen = document.visibilityState === "visible";
  stand((isSeen && place()?.dataset.livePlace) || "");
  if (isSeen && (isAll || Object.values(changed).some((ids) => ids.size))) plan(0);
  mark();
}

function plan(wait) {
  if (document.visibilityState !== "visible") return;
  clearTimeout(timer);
  timer = setTimeout(look, Math.max(wait, isAll ? lookedAt + CALM - Date.now() : 0));
}

async function look() {
  const ids = Object.fromEntries(Object.entries(changed).map(([name, set]) => [name, [...set]]));
  const everything = isAll || Object.values(ids).some((some) => some.length > MOST);
  Object.values(changed).forEach((set) => set.clear());
  isAll = false;
  if (everything) lookedAt = Date.now();
  const all = new Set(Object.values(ids).flat());
  for (const list of document.querySelectorAll("[data-live-rows]")) {
    const shown = rowsOf(list).map((row) => row.dataset.liveId);
    const wanted = everything ? shown : ids[list.dataset.liveKind ?? "items"];
    if (wanted?.length) await refreshRows(list, wanted.slice(0, MOST));
  }
  for (const region of document.querySelectorAll("[data-live-region]")) {
    const isMeant = (region.dataset.liveIds ?? "").split(" ").some((id) => all.has(id));
    if (everything || isMeant) await refreshRegion(region);
  }
}

const rowsOf = (list) => [...list.querySelectorAll("[data-live-id]")];

async function refreshRows(list, ids) {
  const address = new URL(list.dataset.liveRows, location);
  address.searchParams.set("ids", ids.join(","));
  const found = await ask(address);
  if (!found) return;
  for (const id of ids) {
    const named = `[data-live-id="${CSS.escape(id)}"]`;
    const [old, fresh] = [list.querySelector(named), found.querySelector(named)];
    if (old && fresh) await replace(old, fresh);
    else if (old) depart(old);
    else if (fresh) news.add(id);
    if (!fresh || old) news.delete(id);
  }
  showNews(news.size, list.dataset.livePage);
  setTimeout(leave, CALM);
}

// What this tab alone knows of a row (where the focus is) survives.
function replace(old, fresh) {
  if (old.hasAttribute("tabindex")) fresh.setAttribute("tabindex", old.getAttribute("tabindex"));
  if (old.classList.contains("is-here")) fresh.classList.add("is-here");
  if (isSame(old, fresh)) return null;
  fresh.classList.add("is-fresh");
  return morph(old, fresh);
}

// htmx marks what it listens to, and a class that was taken away leaves an empty attribute: neither is news.
function isSame(old, fresh) {
  const copy = old.cloneNode(true);
  for (const one of copy.querySelectorAll("[data-htmx-powered]")) one.removeAttribute("data-htmx-powered");
  if (!copy.className) copy.removeAttribute("class");
  return copy.isEqualNode(fresh);
}

function depart(row) {
  if ("gone" in row.dataset) return;
  row.dataset.gone = "";
  row.classList.add("is-stale");
  const note = document.createElement("span");
  note.className = "badge tone-muted";
  note.textContent = "Moved away";
  (row.querySelector(".main") ?? row.firstElementChild ?? row).append(" ", note);
}

// Rows that moved away go when nobody is at their list; a region that changed under typing is asked for after it.
function leave() {
  for (const list of document.querySelectorAll("[data-live-rows]")) {
    if (list.matches(":hover") || list.contains(document.activeElement)) continue;
    list.querySelectorAll("[data-gone]").forEach((row) => row.remove());
  }
  document.querySelectorAll("[data-live-waits]").forEach((region) => isTypedIn(region) || refreshRegion(region));
}

function isTypedIn(region) {
  const field = region.contains(document.activeElement) && document.activeElement;
  return Boolean(field && field.matches("input:not([type=checkbox], [type=radio]), textarea, select"));
}

async function refreshRegion(region) {
  region.toggleAttribute("data-live-waits", isTypedIn(region));
  if ("liveWaits" in region.dataset) return;
  const fresh = (await ask(region.dataset.liveRegion))?.getElementById(region.id);
  if (!fresh || !region.isConnected || isTypedIn(region)) return;
  for (const kept of fresh.querySelectorAll("[data-live-keep]")) {
    kept.innerHTML = document.getElementById(kept.id)?.innerHTML ?? kept.innerHTML; // it was loaded by itself
  }
  await morph(region, fresh);
}
