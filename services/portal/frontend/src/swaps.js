// What has to happen for a page also has to happen for what is swapped into it.
export function onContent(does) {
  does(document);
  document.addEventListener("htmx:after:swap", () => does(document));
}

export function icon(name) {
  const sprite = document.querySelector("use")?.getAttribute("href")?.split("#")[0] ?? "";
  const drawing = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  drawing.setAttribute("class", "icon");
  drawing.setAttribute("aria-hidden", "true");
  const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
  use.setAttribute("href", `${sprite}#${name}`);
  drawing.append(use);
  return drawing;
}

export function announce(text) {
  const place = document.getElementById("announcer");
  if (place) place.textContent = text;
}
