/** A route as a picture: the waterfalls one above the other, what could be better below. SVG with text as text. */
import type { ExplainReport } from "./explain-project.ts";
import { type Panel, panelsOf, type Row } from "./panels.ts";

const WIDTH = 960;
const MARGIN = 28;
const LABELS = 430;
const RIGHT = 84;
const ROW = 30;
const BAR = 18;
const PLOT = WIDTH - MARGIN - LABELS - RIGHT;
/** Of a font of 12 pixels, on the average. */
const TEXT = 6.6;

interface Palette {
  readonly paper: string;
  readonly ink: string;
  readonly soft: string;
  readonly line: string;
  readonly warn: string;
  /** One a service, in turn. */
  readonly services: readonly string[];
}

const LIGHT: Palette = {
  paper: "#ffffff",
  ink: "#1f2328",
  soft: "#636c76",
  line: "#d8dee4",
  warn: "#9a6700",
  services: ["#0969da", "#1a7f37", "#8250df", "#bc4c00", "#bf3989", "#1b7c83"],
};

const DARK: Palette = {
  paper: "#0d1117",
  ink: "#e6edf3",
  soft: "#9198a1",
  line: "#30363d",
  warn: "#d29922",
  services: ["#4493f8", "#3fb950", "#ab7df8", "#db6d28", "#db61a2", "#39c5cf"],
};

/** Without custom properties: programs that show pictures, and are no browsers, know none, and paint all of it black. */
const STYLE = `
  svg { color-scheme: light dark }
  text { font-family: ui-sans-serif, system-ui, "Segoe UI", Helvetica, Arial, sans-serif; font-size: 12px }
  .route { font-size: 18px; font-weight: 600 }
  .title, .warn { font-weight: 600 }
  .bar { fill-opacity: .28; stroke-opacity: .55 }
  .critical { fill-opacity: 1; stroke-opacity: 1 }
${colorsOf(LIGHT, "  ")}
  @media (prefers-color-scheme: dark) {
${colorsOf(DARK, "    ")}
  }`;

function colorsOf({ paper, ink, soft, line, warn, services }: Palette, indent: string): string {
  const bars = services.map((color, at) => `.c${at} { fill: ${color}; stroke: ${color} }`);
  return [
    `.paper { fill: ${paper} } text { fill: ${ink} } .soft { fill: ${soft} } .warn { fill: ${warn} } .grid { stroke: ${line} }`,
    bars.join(" "),
  ]
    .map((rules) => `${indent}${rules}`)
    .join("\n");
}

/** The whole picture. Same report, same bytes. */
export function drawExplanation(report: ExplainReport): string {
  const { route, composer = "relayed", findings } = report;
  const panels = panelsOf(report);
  const services = [...new Set(panels.flatMap(({ rows }) => rows.map(({ service }) => service)))];
  // One scale for all, so that they can be held against each other.
  const totalMs = Math.max(1, ...panels.map((panel) => panel.totalMs));
  const body: string[] = [];
  let y = MARGIN + 14;
  body.push(textAt(MARGIN, y, route, "route"));
  y += 20;
  body.push(textAt(MARGIN, y, composer, "soft"));
  y += 6;
  for (const panel of panels) {
    y += 34;
    body.push(...drawPanel(panel, { y, totalMs, services }));
    y += 34 + panel.rows.length * ROW;
    for (const line of panel.remarks.flatMap(broken)) {
      y += 16;
      body.push(textAt(MARGIN, y, line, "soft"));
    }
  }
  y += 22;
  body.push(
    rect(MARGIN, y, 22, 10, "bar critical c0"),
    textAt(MARGIN + 30, y + 10, "decides when the answer is there", "soft"),
  );
  body.push(
    rect(MARGIN + 250, y, 22, 10, "bar c0"),
    textAt(MARGIN + 280, y + 10, "has time to spare", "soft"),
  );
  y += 34;
  for (const { kind, at, message, cure, savesMs } of findings) {
    const head = `${kind}${savesMs > 0 ? `, saves ${savesMs} ms` : ""}`;
    body.push(textAt(MARGIN, y, head, "warn"), textAt(WIDTH - MARGIN, y, at, "soft", "end"));
    for (const [line, name] of [
      ...broken(message).map((text) => [text, ""] as const),
      ...broken(cure).map((text) => [text, "soft"] as const),
    ]) {
      y += 17;
      body.push(textAt(MARGIN, y, line, name));
    }
    y += 26;
  }
  const height = Math.round(y + MARGIN - 20);
  const summary = panels.map(({ title }) => title).join("; ");
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" role="img" aria-labelledby="title desc">`,
    `<title id="title">${escapeXml(route)}</title>`,
    `<desc id="desc">${escapeXml(summary)}</desc>`,
    `<style>${STYLE}\n</style>`,
    rect(0, 0, WIDTH, height, "paper", 0),
    ...body,
    "</svg>",
    "",
  ].join("\n");
}

interface Place {
  readonly y: number;
  readonly totalMs: number;
  readonly services: readonly string[];
}

function drawPanel({ title, rows }: Panel, { y, totalMs, services }: Place): string[] {
  const left = MARGIN + LABELS;
  const bottom = y + 28 + rows.length * ROW;
  const xOf = (ms: number): number => left + (ms / totalMs) * PLOT;
  const ticks = ticksOf(totalMs);
  return [
    textAt(MARGIN, y, title, "title"),
    ...ticks.flatMap((ms) => [
      `<line class="grid" x1="${round(xOf(ms))}" y1="${y + 24}" x2="${round(xOf(ms))}" y2="${bottom}"/>`,
      textAt(xOf(ms), y + 18, `${ms} ms`, "soft", "middle"),
    ]),
    ...rows.flatMap((row, index) =>
      drawRow(row, y + 32 + index * ROW, xOf, services.indexOf(row.service) % 6),
    ),
  ];
}

function drawRow(
  { label, note, startMs, endMs, isCritical }: Row,
  y: number,
  xOf: (ms: number) => number,
  color: number,
): string[] {
  const width = Math.max(3, xOf(endMs) - xOf(startMs));
  const room = Math.floor((LABELS - 24) / TEXT);
  const name = cut(label, room);
  const rest = room - name.length - 2;
  const middle = y + BAR / 2 + 4;
  return [
    textAt(MARGIN, middle, name),
    ...(note === "" || rest < 4
      ? []
      : [textAt(MARGIN + LABELS - 16, middle, cut(note, rest), "soft", "end")]),
    rect(xOf(startMs), y, width, BAR, `bar${isCritical ? " critical" : ""} c${color}`),
    textAt(xOf(endMs) + 6, middle, `${endMs - startMs} ms`, "soft"),
  ];
}

/** At most five steps of 1, 2 or 5 times a power of ten. */
function ticksOf(totalMs: number): number[] {
  const steps = [1, 2, 5].flatMap((one) => [0, 1, 2, 3, 4, 5].map((power) => one * 10 ** power));
  const step = steps.sort((one, other) => one - other).find((one) => totalMs / one <= 5) ?? totalMs;
  return Array.from({ length: Math.floor(totalMs / step) + 1 }, (_, index) => index * step);
}

function broken(text: string): string[] {
  const room = Math.floor((WIDTH - 2 * MARGIN) / TEXT);
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const last = lines.at(-1);
    if (last === undefined || last.length + 1 + word.length > room) lines.push(word);
    else lines[lines.length - 1] = `${last} ${word}`;
  }
  return lines;
}

function cut(text: string, room: number): string {
  return text.length > room ? `${text.slice(0, room - 1)}…` : text;
}

function textAt(x: number, y: number, text: string, name = "", anchor = "start"): string {
  const kind = name === "" ? "" : ` class="${name}"`;
  const side = anchor === "start" ? "" : ` text-anchor="${anchor}"`;
  return `<text${kind} x="${round(x)}" y="${round(y)}"${side}>${escapeXml(text)}</text>`;
}

function rect(x: number, y: number, width: number, height: number, name: string, radius = 3) {
  return `<rect class="${name}" x="${round(x)}" y="${round(y)}" width="${round(width)}" height="${height}" rx="${radius}"/>`;
}

function round(value: number): string {
  return String(Math.round(value * 10) / 10);
}

function escapeXml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
