// Theme and density: a cookie each, so that the server draws the next page right from its first pixel.
const CHOICES = { theme: ["auto", "light", "dark"], density: ["comfortable", "compact"] };
const YEAR = 365 * 24 * 60 * 60;

export function start() {
  for (const name of Object.keys(CHOICES)) apply(name, kept(name));
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-look]");
    if (!button) return;
    keep(button.dataset.look, button.dataset.lookValue);
    apply(button.dataset.look, button.dataset.lookValue);
  });
}

function kept(name) {
  const found = document.cookie.split("; ").find((pair) => pair.startsWith(`${name}=`));
  const value = found?.slice(name.length + 1);
  return CHOICES[name].includes(value) ? value : CHOICES[name][0];
}

function keep(name, value) {
  const secure = location.protocol === "https:" ? "; secure" : "";
  document.cookie = `${name}=${value}; path=/; max-age=${YEAR}; samesite=lax${secure}`;
}

function apply(name, value) {
  document.documentElement.dataset[name] = value;
  for (const button of document.querySelectorAll(`[data-look="${name}"]`)) {
    button.setAttribute("aria-pressed", String(button.dataset.lookValue === value));
  }
}
