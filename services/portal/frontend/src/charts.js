// Series over time: <div class="chart" data-series='{"label": "…", "days": [unix seconds], "lines": [{"name": "…", "tone": "good", "values": […]}]}'>.
// A table of the same figures stands beside it for whoever cannot see it.
import uPlot from "uplot";

const COLOURS = ["--accent-text", "--good", "--warn", "--bad"];
const HEIGHT = 220;

for (const place of document.querySelectorAll("[data-series]")) draw(place);

function draw(place) {
  const { days, lines } = JSON.parse(place.dataset.series);
  // A canvas knows no light-dark(): the browser says what a colour is here.
  const probe = place.appendChild(document.createElement("span"));
  const colour = (name) => {
    probe.style.color = `var(${name})`;
    return getComputedStyle(probe).color;
  };
  const axis = { stroke: colour("--muted"), grid: { stroke: colour("--line"), width: 1 }, ticks: { show: false } };
  const series = lines.map(({ name, tone }, index) => ({
    label: name,
    stroke: colour(tone ? `--${tone}` : COLOURS[index % COLOURS.length]),
    width: 2,
    dash: index ? [6, 4] : undefined, // told apart without colour, too
    points: { show: false },
  }));
  const legend = { live: false };
  const size = () => ({ width: place.clientWidth, height: HEIGHT });
  const chart = new uPlot({ ...size(), legend, series: [{}, ...series], axes: [axis, { ...axis, size: 44 }] }, [days, ...lines.map(({ values }) => values)], place);
  probe.remove();
  new ResizeObserver(() => chart.setSize(size())).observe(place);
}
