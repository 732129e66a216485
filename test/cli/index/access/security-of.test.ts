/** A route's access as OpenAPI's `security`: who meets one meets the other. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { securityOf } from "../../../../cli/index/access/security-of.ts";
import type { AccessRequirement, Requirement } from "../../../../src/core/access.ts";

const http = { type: "http", scheme: "bearer" };
const key = { type: "apiKey", in: "header", name: "x-key" };
const models = new Map([
  ["orders", { securitySchemes: { bearer: http, key } }],
  ["catalog", { securitySchemes: { bearer: http, key } }],
]);
const nameOf = (service: string, scheme: string): string => `${service}.${scheme}`;
const options = { models, nameOf };

const ask = (service: string, ...anyOf: Requirement[]): AccessRequirement => ({
  service,
  operations: ["x"],
  anyOf,
});

describe("the security of a route", () => {
  it("is one alternative with the scopes of all, where every operation leaves no choice", () => {
    const access = [
      ask("orders", { bearer: ["read"] }),
      ask("orders", { bearer: ["write"] }),
      ask("catalog", { key: [] }),
    ];
    expect(securityOf(access, options)).toEqual({
      security: [{ "catalog.key": [], "orders.bearer": ["read", "write"] }],
      schemes: { "catalog.key": key, "orders.bearer": http },
    });
  });

  it("leaves out what asks for more than another choice does", () => {
    const access = [
      ask("orders", { bearer: [] }, { key: [] }),
      ask("orders", { bearer: [] }, { key: [] }, { bearer: [], key: [] }),
    ];
    expect(securityOf(access, options).security).toEqual([
      { "orders.bearer": [] },
      { "orders.key": [] },
    ]);
  });

  it("says that credentials are taken where none are asked for", () => {
    const access = [ask("orders", {}, { bearer: [] })];
    expect(securityOf(access, options).security).toEqual([{ "orders.bearer": [] }, {}]);
    expect(securityOf([...access, ask("catalog", { key: [] })], options)).toEqual({
      security: [{ "catalog.key": [] }],
      schemes: { "catalog.key": key },
    });
  });

  it("takes names for names, whatever objects have by them", () => {
    const securitySchemes = Object.assign(Object.create(null), {
      constructor: http,
      toString: key,
    });
    const own = {
      models: new Map([["orders", { securitySchemes }]]),
      nameOf: (_: string, name: string) => name,
    };
    const access = [
      ask("orders", { constructor: ["read"] } as unknown as Requirement),
      ask("orders", { toString: [] } as unknown as Requirement),
    ];
    expect(securityOf(access, own)).toEqual({
      security: [{ constructor: ["read"], toString: [] }],
      schemes: { constructor: http, toString: key },
    });
  });

  it("takes no alternative for another by what every object has", () => {
    const securitySchemes = Object.assign(Object.create(null), { constructor: http, key });
    const own = {
      models: new Map([["orders", { securitySchemes }]]),
      nameOf: (_: string, name: string) => name,
    };
    const asked: Requirement[] = JSON.parse('[{"constructor":[]},{"key":[]}]');
    const either = ask("orders", ...asked);
    expect(securityOf([either], own).security).toEqual(asked);
  });

  it("leaves out what the gateway meets itself", () => {
    const access = [ask("orders", { bearer: [] }), ask("catalog", { key: [] })];
    const isAsked = (service: string, scheme: string, definition: unknown): boolean =>
      !(service === "catalog" && scheme === "key" && definition === key);
    expect(securityOf(access, { ...options, isAsked })).toEqual({
      security: [{ "orders.bearer": [] }],
      schemes: { "orders.bearer": http },
    });
    expect(securityOf(access, { ...options, isAsked: () => false })).toEqual({ schemes: {} });
  });

  it("is met by whoever meets every operation's, and by nobody else", () => {
    const scopes = fc.uniqueArray(fc.constantFrom<string>("a", "b"));
    const schemes = fc.constantFrom("bearer", "key");
    const requirement = fc.dictionary(schemes, scopes, { maxKeys: 2 });
    const services = fc.constantFrom("orders", "catalog");
    const requirements = fc
      .tuple(services, fc.array(requirement, { minLength: 1, maxLength: 3 }))
      .map(([service, anyOf]) => ask(service, ...anyOf));
    const caller = fc.dictionary(
      fc.tuple(services, schemes).map((pair) => pair.join(".")),
      scopes,
    );
    fc.assert(
      fc.property(fc.array(requirements, { maxLength: 4 }), caller, (access, has) => {
        const meets = (one: Requirement, name: (scheme: string) => string): boolean =>
          Object.entries(one).every(([scheme, asked]) => {
            return (
              asked.every((scope) => has[name(scheme)]?.includes(scope)) && name(scheme) in has
            );
          });
        const every = access.every(({ service, anyOf }) =>
          anyOf.some((one) => meets(one, (scheme) => nameOf(service, scheme))),
        );
        const { security = [{}] } = securityOf(access, options);
        expect(security.some((one) => meets(one, (scheme) => scheme))).toBe(every);
      }),
    );
  });
});
