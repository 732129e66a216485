import { describe, expect, it } from "vitest";
import { addServiceEntry } from "../../../cli/add/edit-config.ts";

const entry = { name: "orders", document: "specs/orders.json", variable: "ORDERS_URL" };

describe("adding a service to the configuration", () => {
  it("adds a line after the last service, in the indentation of the others", () => {
    const given = `import { defineGateway, env } from "heddle/config";

// ünïcode 🧵 before the place of the edit
export default defineGateway({
  services: {
    books: { document: "specs/books.yaml", url: env("BOOKS_URL") }, // the first one
  },
  frontends: { web: {} },
});
`;
    expect(addServiceEntry(given, entry)).toBe(`import { defineGateway, env } from "heddle/config";

// ünïcode 🧵 before the place of the edit
export default defineGateway({
  services: {
    books: { document: "specs/books.yaml", url: env("BOOKS_URL") }, // the first one
    orders: { document: "specs/orders.json", url: env("ORDERS_URL") },
  },
  frontends: { web: {} },
});
`);
  });

  it("adds the missing comma and the missing import", () => {
    const given = `import { defineGateway } from "heddle/config";
export default defineGateway({
  services: {
    books: { document: "b.yaml", url: "http://b.example" }
  }
});
`;
    expect(addServiceEntry(given, entry)).toBe(`import { defineGateway, env } from "heddle/config";
export default defineGateway({
  services: {
    books: { document: "b.yaml", url: "http://b.example" },
    orders: { document: "specs/orders.json", url: env("ORDERS_URL") },
  }
});
`);
  });

  it("opens an empty object and keeps its comment", () => {
    const given = `import { defineGateway, env as fromEnv } from "heddle/config";
export default defineGateway({
  services: {
    // none yet
  },
});
`;
    expect(
      addServiceEntry(given, entry),
    ).toBe(`import { defineGateway, env as fromEnv } from "heddle/config";
export default defineGateway({
  services: {
    // none yet
    orders: { document: "specs/orders.json", url: fromEnv("ORDERS_URL") },
  },
});
`);
  });

  it("stays on the line of services that are written in one line", () => {
    const given = `import { defineGateway, env } from "heddle/config";
export default defineGateway({ services: { books: { document: "b.yaml", url: env("B") } } });
`;
    expect(addServiceEntry(given, entry)).toContain(
      `services: { books: { document: "b.yaml", url: env("B") }, orders: { document: "specs/orders.json", url: env("ORDERS_URL") } } });`,
    );
  });

  it("finds the services behind constants and satisfies", () => {
    const given = `import { defineGateway, env, type GatewayConfig } from "heddle/config";
const services = {
  books: { document: "b.yaml", url: env("B") },
};
const config = { services } satisfies GatewayConfig;
export default defineGateway(config);
`;
    expect(addServiceEntry(given, entry)).toContain(
      `  orders: { document: "specs/orders.json", url: env("ORDERS_URL") },\n};`,
    );
  });

  it.each([
    [
      "services made by a function",
      `import { env } from "heddle/config"; export default { services: all() };`,
    ],
    [
      "no default export",
      `import { env } from "heddle/config"; export const config = { services: {} };`,
    ],
    ["no import of heddle/config", "export default { services: {} };"],
    ["a file that does not parse", "export default {{"],
  ])("leaves alone: %s", (_what, given) => {
    expect(addServiceEntry(given, entry)).toBeUndefined();
  });
});
