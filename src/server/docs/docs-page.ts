/** The page that shows the gateway's own document. Made once, on the server: it has no script at all. */
import { type Content, type Html, html, prose } from "./html.ts";
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
<a class="skip" href="#operations">Skip to the operations</a>
<header><h1>${String(title)}</h1><p>${operations.length} operations · <a href="${links.document}">openapi.json</a></p></header>
<nav aria-label="Operations">${tags.map((tag) => navigation(tag, operations))}<h2><a href="#schemas">Schemas</a></h2></nav>
<main id="operations">
${tags.map((tag) => html`<section><h2>${tag}</h2>${operations.filter((one) => one.tag === tag).map((one) => operationHtml(one, components))}</section>`)}
${schemesHtml(Object.entries(dataOf(components.securitySchemes)))}
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
<h3><a href="#${anchor}"><span class="method ${method.toLowerCase()}">${method}</span> <code>${path}</code></a></h3>
${summary === undefined ? "" : html`<p class="summary">${prose(summary)}</p>`}
${deprecated === true ? html`<p class="warning">Deprecated${sunset === undefined ? "" : `, ends ${String(sunset)}`}${successor === undefined ? "" : `: use ${String(successor)}`}.</p>` : ""}
${description === undefined ? "" : html`<p>${prose(description)}</p>`}
${securityHtml(listOf(data.security))}
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
  const items = parameters.map(
    ({ name, in: place, required, schema, description, deprecated }) =>
      html`<li><code>${String(name)}</code><span class="limit">${String(place)}${required === true ? "" : ", optional"}${deprecated === true ? ", deprecated" : ""}</span> ${schemaHtml(schema)} <span class="about">${prose(description)}</span></li>`,
  );
  return html`<h4>Parameters</h4><div class="schema"><ul>${items}</ul></div>`;
}

/** Alternatives: one of them is enough, and all that it names has to be there. */
function securityHtml(alternatives: readonly Data[]): Content {
  if (alternatives.length === 0) return undefined;
  const texts = alternatives.map((requirement) => {
    const names = Object.entries(requirement).map(([name, scopes], at) => {
      const list = Array.isArray(scopes) && scopes.length > 0 ? ` (${scopes.join(", ")})` : "";
      return html`${at === 0 ? "" : " and "}<a href="#${schemeAnchor(name)}">${name}</a>${list}`;
    });
    return names.length === 0 ? "nothing" : names;
  });
  const joined = texts.map((text, at) => html`${at === 0 ? "" : ", or "}${text}`);
  return html`<p class="security">Needs ${joined}</p>`;
}

function schemeAnchor(name: string): string {
  return `scheme-${name}`;
}

function schemesHtml(schemes: readonly (readonly [string, unknown])[]): Content {
  if (schemes.length === 0) return undefined;
  const articles = schemes.map(([name, value]) => {
    const { type, scheme, in: place, name: field, description } = dataOf(value);
    const words = [type, scheme, place, field].filter((word) => typeof word === "string");
    return html`<article id="${schemeAnchor(name)}"><h3><code>${name}</code></h3><p>${words.join(" ")} <span class="about">${prose(description)}</span></p></article>`;
  });
  return html`<section id="security"><h2>Security</h2>${articles}</section>`;
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
      html`<p><code>${name}</code> <span class="about">${prose(dataOf(header).description)}</span></p>`,
  );
  const isGood = /^2/.test(status);
  return html`<details${isGood ? html` open` : ""}><summary><span class="status">${status}</span> ${prose(description)}</summary>${fields}${Object.entries(dataOf(content)).map(mediaHtml)}</details>`;
}

function degradableHtml(parts: readonly Data[]): Content {
  if (parts.length === 0) return undefined;
  const items = parts.map(
    ({ part, service, operation, fallback }) =>
      html`<li><code>${part === "" ? "the whole answer" : String(part)}</code> when ${String(service)}.${String(operation)} fails (${wordsOf(fallback)})</li>`,
  );
  return html`<h4>Stand-ins</h4><ul>${items}</ul>`;
}

function wordsOf(fallback: unknown): string {
  const words = Array.isArray(fallback) ? fallback : [];
  return words.map((word) => STAND_INS.get(word) ?? String(word)).join(", or ");
}

const STAND_INS = new Map<unknown, string>([
  ["default", "a default"],
  ["stale", "an earlier answer"],
]);
