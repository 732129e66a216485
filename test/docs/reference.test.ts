/** Holds the tables of the documentation against the code that they describe. */
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { DIAGNOSTICS } from "../../cli/gen/diagnostics.ts";
import { CACHE_DEFAULTS, SERVER_DEFAULTS, SERVICE_DEFAULTS } from "../../src/config/compile.ts";
import { LIMIT_DEFAULTS } from "../../src/config/front.ts";
import { configJsonSchema } from "../../src/config/shape.ts";
import { PROBLEMS } from "../../src/core/errors.ts";
import { METRICS } from "../../src/observe/metric-names.ts";
import { plain, tableUnder } from "./markdown.ts";

describe("the tables of the documentation", () => {
  it("tell every problem with its status and title, by status", () => {
    const told = tableUnder("docs/operations.md", "Problems").map(([code, status, title]) => [
      plain(code),
      Number(status),
      title,
    ]);
    expect(told).toEqual(
      Object.entries(PROBLEMS)
        .map(([code, { status, title }]) => [code, status, title] as const)
        .sort(([, a], [, b]) => a - b),
    );
  });

  it("say of every problem when it comes", () => {
    const rows = tableUnder("docs/operations.md", "Problems");
    expect(rows.filter(([, , , when = ""]) => when === "")).toEqual([]);
  });

  it("tell every diagnostic with its severity and meaning", () => {
    const told = tableUnder("docs/documents.md", "Diagnostics").map(([code, severity, about]) => [
      plain(code),
      severity,
      about,
    ]);
    expect(told).toEqual(
      Object.entries(DIAGNOSTICS).map(([code, { severity, about }]) => [code, severity, about]),
    );
  });

  it("tell every metric with its labels and its help", () => {
    const told = tableUnder("docs/operations.md", "Metrics").map(
      ([name, type, labels = "", help]) => ({
        name: plain(name),
        type,
        help,
        labelNames: labels === "" ? [] : labels.split(", ").map(plain),
      }),
    );
    expect(told).toEqual(Object.values(METRICS));
  });

  it("tell every key of the configuration, and no other", () => {
    const told = {
      service: keysUnder("`services.<name>`"),
      frontend: keysUnder("`frontends.<name>`"),
      route: keysUnder("`routes`"),
      server: keysUnder("`server`"),
      limits: keysUnder("`server.limits`"),
      cache: keysUnder("`cache`"),
    };
    const { services, frontends, routes, server, cache } = shape.properties;
    expect(told).toEqual({
      service: Object.keys(services.additionalProperties.properties),
      frontend: Object.keys(frontends.additionalProperties.properties),
      route: Object.keys(routes.items.properties),
      server: Object.keys(server.properties),
      limits: Object.keys(z.object({ properties }).parse(server.properties.limits).properties),
      cache: Object.keys(cache.properties),
    });
  });

  it("tell the defaults that are used", () => {
    const told = new Map(
      ["`services.<name>`", "`server`", "`server.limits`", "`cache`"].flatMap((heading) =>
        tableUnder("docs/configuration.md", heading).map(
          ([key, , value]) => [plain(key), plain(value)] as const,
        ),
      ),
    );
    const used = Object.entries({
      ...SERVICE_DEFAULTS,
      ...SERVER_DEFAULTS,
      ...LIMIT_DEFAULTS,
      ...CACHE_DEFAULTS,
    });
    expect(used.map(([key]) => [key, told.get(key)])).toEqual(
      used.map(([key, value]) => [key, JSON.stringify(value)]),
    );
  });
});

const keysUnder = (heading: string): string[] =>
  tableUnder("docs/configuration.md", heading).map(([key]) => plain(key));

const properties = z.record(z.string(), z.unknown());
const shape = z
  .object({
    properties: z.object({
      services: z.object({ additionalProperties: z.object({ properties }) }),
      frontends: z.object({ additionalProperties: z.object({ properties }) }),
      routes: z.object({ items: z.object({ properties }) }),
      server: z.object({ properties }),
      cache: z.object({ properties }),
    }),
  })
  .parse(configJsonSchema());
