/** A JSON Schema for people to read: types, limits and members, references as links. */
import { type Content, type Html, html, prose } from "./html.ts";

type Schema = Readonly<Record<string, unknown>>;

/** Keywords that are told with their value. */
const LIMITS = [
  ...["minLength", "maxLength", "pattern", "minimum", "maximum", "exclusiveMinimum"],
  ...["exclusiveMaximum", "multipleOf", "minItems", "maxItems", "uniqueItems", "default"],
  ...["minProperties", "maxProperties", "contentEncoding", "contentMediaType"],
];
const CHOICES = { anyOf: "any of", oneOf: "one of", allOf: "all of" } as const;
const REF = "#/components/schemas/";

/** The place of a component on the page. */
export function anchorOf(name: string): string {
  return `schema-${name}`;
}

/** One line that names the type, and what is inside of it. */
export function schemaHtml(schema: unknown): Html {
  if (!isSchema(schema))
    return html`<span class="type">${schema === false ? "nothing" : "anything"}</span>`;
  return html`<span class="type">${typeOf(schema)}</span>${limitsOf(schema)}${descriptionOf(schema)}${insideOf(schema)}`;
}

function isSchema(value: unknown): value is Schema {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function typeOf(schema: Schema): Content {
  const { $ref, type, enum: values, format, items } = schema;
  if (typeof $ref === "string") {
    const name = nameOf($ref);
    return html`<a href="#${anchorOf(name)}">${name}</a>`;
  }
  if ("const" in schema) return html`<code>${JSON.stringify(schema.const)}</code>`;
  if (Array.isArray(values)) {
    return values.map(
      (value, at) => html`${at === 0 ? "" : " | "}<code>${JSON.stringify(value)}</code>`,
    );
  }
  const name = Array.isArray(type) ? type.join(" | ") : type;
  if (name === "array" && isSchema(items)) return html`list of ${typeOf(items)}`;
  const choice = Object.entries(CHOICES).find(([keyword]) => keyword in schema);
  const text = typeof name === "string" ? name : (choice?.[1] ?? "anything");
  return typeof format === "string" ? `${text} (${format})` : text;
}

function nameOf(ref: string): string {
  return ref.replace(REF, "").replaceAll("~1", "/").replaceAll("~0", "~");
}

function limitsOf(schema: Schema): Content {
  return LIMITS.filter((keyword) => keyword in schema).map(
    (keyword) =>
      html` <span class="limit">${keyword} <code>${JSON.stringify(schema[keyword])}</code></span>`,
  );
}

function descriptionOf({ description }: Schema): Content {
  return typeof description === "string"
    ? html` <span class="about">${prose(description)}</span>`
    : undefined;
}

function insideOf(schema: Schema): Content {
  const { properties, required, additionalProperties, items, prefixItems } = schema;
  const wanted: readonly unknown[] = Array.isArray(required) ? required : [];
  const members = Object.entries(isSchema(properties) ? properties : {}).map(
    ([name, member]) =>
      html`<li><code>${name}</code>${wanted.includes(name) ? "" : html`<span class="limit">optional</span>`} ${schemaHtml(member)}</li>`,
  );
  if (isSchema(additionalProperties))
    members.push(html`<li><em>any other name</em> ${schemaHtml(additionalProperties)}</li>`);
  for (const [at, item] of (Array.isArray(prefixItems) ? prefixItems : []).entries())
    members.push(html`<li><code>${at}</code> ${schemaHtml(item)}</li>`);
  for (const keyword of Object.keys(CHOICES)) {
    const choices = schema[keyword];
    if (Array.isArray(choices))
      members.push(...choices.map((choice) => html`<li>${schemaHtml(choice)}</li>`));
  }
  if (members.length > 0) return html`<ul>${members}</ul>`;
  // What an item is made of; its type stands above.
  return isSchema(items) ? insideOf(items) : undefined;
}
