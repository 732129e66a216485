/** The page that shows the gateway's own document. Made once, on the server: it has no script at all. */
import { type Content, type Html, html } from "./html.ts";
import { anchorOf, schemaHtml } from "./schema-html.ts";

type Data = Readonly<Record<string, unknown>>;

interface Operation {
  readonly method: string;
  readonly path: string;
  readonly data: Data;
  readonly anchor: string;
  readonly tag: string;
}

/** Where the page finds what it is made of, relative to itself. */
export interface DocsLinks {
  readonly document: string;
  readonly style: string;
}

/** The whole page, for a document as `heddle gen` writes it. */
export function docsPage(document: Data, links: DocsLinks): string {
  const { title } = dataOf(document.info);
  const components = dataOf(document.components);
  const operations = operationsOf(document);
  const tags = [...new Set(operations.map(({ tag }) => tag))];
  const schemas = Object.entries(dataOf(components.schemas));
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${String(title)}</title>
<link rel="stylesheet" href="${links.style}">
</head>
<body>
<header><h1>${String(title)}</h1><p>${operations.length} operations · <a href="${links.document}">openapi.json</a></p></header>
<nav aria-label="Operations">${tags.map((tag) => navigation(tag, operations))}<h2><a href="#schemas">Schemas</a></h2></nav>
<main>
${tags.map((tag) => html`<section><h2>${tag}</h2>${operations.filter((one) => one.tag === tag).map((one) => operationHtml(one, components))}</section>`)}
<section id="schemas"><h2>Schemas</h2>${schemas.map(
    ([name, schema]) =>
      html`<article id="${anchorOf(name)}"><h3><code>${name}</code></h3><div class="schema">${schemaHtml(schema)}</div></article>`,
  )}</section>
</main>
</body>
</html>
`;
  return page.text;
}

function dataOf(value: unknown): Data {
  return typeof value === "object" && value !== null ? (value as Data) : {};
}

function listOf(value: unknown): readonly Data[] {
  return Array.isArray(value) ? value.map(dataOf) : [];
}

/** Those of frontends first, by tag; then those of nobody in particular. */
function operationsOf(document: Data): readonly Operation[] {
  const found = Object.entries(dataOf(document.paths)).flatMap(([path, item]) =>
    Object.entries(dataOf(item)).map(([method, value]): Operation => {
      const data = dataOf(value);
      const [tag] = Array.isArray(data.tags) ? data.tags : [];
      const anchor = `operation-${String(data.operationId)}`;
      return { method: method.toUpperCase(), path, data, anchor, tag: tag ?? EVERYBODY };
    }),
  );
  const rank = ({ tag }: Operation): number => (tag === EVERYBODY ? 1 : 0);
  return found.sort(
    (one, other) =>
      rank(one) - rank(other) || (one.tag < other.tag ? -1 : one.tag > other.tag ? 1 : 0),
  );
}

const EVERYBODY = "all frontends";

function navigation(tag: string, operations: readonly Operation[]): Html {
  const links = operations
    .filter((one) => one.tag === tag)
    .map(
      ({ anchor, method, path, data }) =>
        html`<li><a href="#${anchor}"${data.deprecated === true ? html` class="deprecated"` : ""}><span class="method ${method.toLowerCase()}">${method}</span> ${path}</a></li>`,
    );
  return html`<h2>${tag}</h2><ul>${links}</ul>`;
}

function operationHtml({ method, path, data, anchor }: Operation, components: Data): Html {
  const { summary, description, deprecated } = data;
  const sunset = data["x-sunset"];
  const successor = data["x-successor"];
  return html`<article id="${anchor}">
<h3><span class="method ${method.toLowerCase()}">${method}</span> <code>${path}</code></h3>
${summary === undefined ? "" : html`<p class="summary">${String(summary)}</p>`}
${deprecated === true ? html`<p class="warning">Deprecated${sunset === undefined ? "" : `, ends ${String(sunset)}`}${successor === undefined ? "" : `: use ${String(successor)}`}.</p>` : ""}
${description === undefined ? "" : html`<p>${String(description)}</p>`}
${parametersHtml(listOf(data.parameters).map((one) => resolved(one, components.parameters)))}
${bodyHtml(dataOf(data.requestBody))}
<h4>Answers</h4>
${Object.entries(dataOf(data.responses)).map(([status, response]) => responseHtml(status, resolved(response, components.responses)))}
${degradableHtml(listOf(data["x-degradable"]))}
</article>
`;
}

/** Parameters and responses stand in the operation, or among the components. */
function resolved(value: unknown, components: unknown): Data {
  const { $ref } = dataOf(value);
  if (typeof $ref !== "string") return dataOf(value);
  return dataOf(dataOf(components)[$ref.split("/").at(-1) ?? ""]);
}

function parametersHtml(parameters: readonly Data[]): Content {
  if (parameters.length === 0) return undefined;
  const rows = parameters.map(
    ({ name, in: place, required, schema, description }) =>
      html`<tr><td><code>${String(name)}</code></td><td>${String(place)}</td><td>${required === true ? "required" : "optional"}</td><td>${schemaHtml(schema)} <span class="about">${typeof description === "string" ? description : ""}</span></td></tr>`,
  );
  return html`<h4>Parameters</h4><table><thead><tr><th>name</th><th>in</th><th></th><th>type</th></tr></thead><tbody>${rows}</tbody></table>`;
}

function bodyHtml({ content, required }: Data): Content {
  const media = Object.entries(dataOf(content));
  if (media.length === 0) return undefined;
  return html`<h4>Body${required === true ? "" : " (optional)"}</h4>${media.map(mediaHtml)}`;
}

function mediaHtml([type, media]: readonly [string, unknown]): Html {
  return html`<div class="schema"><span class="media">${type}</span> ${schemaHtml(dataOf(media).schema ?? true)}</div>`;
}

function responseHtml(status: string, { description, content, headers }: Data): Html {
  const fields = Object.entries(dataOf(headers)).map(
    ([name, header]) =>
      html`<p><code>${name}</code> <span class="about">${String(dataOf(header).description ?? "")}</span></p>`,
  );
  const isGood = /^2/.test(status);
  return html`<details${isGood ? html` open` : ""}><summary><span class="status">${status}</span> ${String(description ?? "")}</summary>${fields}${Object.entries(dataOf(content)).map(mediaHtml)}</details>`;
}

function degradableHtml(parts: readonly Data[]): Content {
  if (parts.length === 0) return undefined;
  const items = parts.map(
    ({ part, service, operation, fallback }) =>
      html`<li><code>${part === "" ? "the whole answer" : String(part)}</code> when ${String(service)}.${String(operation)} fails (${Array.isArray(fallback) ? fallback.join(", ") : ""})</li>`,
  );
  return html`<h4>Stand-ins</h4><ul>${items}</ul>`;
}
