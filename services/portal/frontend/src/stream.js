// One stream of events for all tabs of a browser, which has few connections for one host: the tab that holds the lock
// listens, and passes on what it hears. When it closes, another one takes over where it stopped.
const WAITS = [1_000, 2_000, 5_000, 10_000, 30_000];
const SETTLE = 400;
const NAMES = ["changed", "look", "present", "services", "beat"];

const me = `${Date.now()}-${Math.random()}`;
const tabs = new Map();
let channel = null;
let source = null;
let since = 0;
let failures = 0;
let timer = 0;
let isLeader = false;
let self = { address: "", place: "", on: null };

// address: of the stream; since: when this page was made; on(kind, data): hears events and, as "line", how it stands
export function begin(address, made, on) {
  since = made;
  self = { address, place: "", on };
  if (!navigator.locks || !globalThis.BroadcastChannel) {
    lead();
    return;
  }
  channel = new BroadcastChannel("live");
  channel.onmessage = (message) => receive(message.data);
  navigator.locks.request("live", () => new Promise(lead));
  addEventListener("pagehide", () => channel.postMessage({ gone: me }));
  announce();
}

// Where this tab is; empty while nobody looks at it.
export function stand(place) {
  if (place === self.place) return;
  self.place = place;
  announce();
}

function announce() {
  if (isLeader) join(me, self.place, since);
  else channel?.postMessage({ here: me, place: self.place, since });
}

function receive(message) {
  if (message.who) announce();
  else if (message.gone) tabs.delete(message.gone);
  else if (message.here) {
    if (isLeader) join(message.here, message.place, message.since);
  } else if (!isLeader) {
    since = Math.max(since, message.since);
    self.on(message.kind, message.data);
  }
}

function lead() {
  isLeader = true;
  addEventListener("online", () => reopen(0));
  tabs.set(me, self.place);
  channel?.postMessage({ who: me });
  reopen(0);
}

// A tab that came, or went elsewhere: the stream begins anew with its place, from when its page was made.
function join(tab, place, made) {
  tabs.set(tab, place);
  since = Math.min(since, made);
  reopen(SETTLE);
}

function pass(kind, data) {
  channel?.postMessage({ kind, data, since });
  self.on(kind, data);
}

function reopen(wait) {
  clearTimeout(timer);
  timer = setTimeout(open, wait);
}

function open() {
  source?.close();
  const places = [...new Set(tabs.values())].filter(Boolean).slice(0, 8);
  const asked = new URLSearchParams([["since", since], ...places.map((place) => ["place", place])]);
  source = new EventSource(`${self.address}?${asked}`);
  source.onopen = () => {
    failures = 0;
    pass("line", { stands: true });
  };
  source.onerror = fail;
  for (const name of NAMES) {
    source.addEventListener(name, (event) => {
      if (event.lastEventId) since = Number(event.lastEventId);
      if (name !== "beat") pass(name, JSON.parse(event.data));
    });
  }
}

// A stream ends every few minutes with its token: the first try again is no news.
async function fail() {
  source.close();
  failures += 1;
  if (failures > 1) pass("line", { stands: false, isOver: await isSignedOut() });
  const wait = WAITS[Math.min(failures, WAITS.length) - 1];
  reopen(wait + Math.random() * 500);
}

async function isSignedOut() {
  try {
    return (await fetch("/live/services", { headers: { "HX-Request": "true" } })).status === 401;
  } catch {
    return false;
  }
}
