import { describe, expect, it } from "vitest";
import { placeProblems } from "../../../cli/config/place-problems.ts";
import { makeFolder, writeFiles } from "../../support/project.ts";

/** Where a text puts the problem of a path. */
function placeOf(text: string, path: string): string | undefined {
  const root = makeFolder();
  writeFiles(root, { "heddle.config.ts": text });
  const [problem] = placeProblems([{ path, message: "", cure: "" }], root, "heddle.config.ts");
  return problem?.place;
}

const CONFIG = `import { defineGateway, env } from "heddle/config";

// 🧵 offsets are not bytes
const common = { timeout: "1s", headers: { "x-key": env("KEY") } } as const;

export default defineGateway({
  services: {
    orders: { document: "specs/orders.json", url: env("ORDERS_URL"), ...common },
    "reviews": { ...common, timeout: 5 },
  },
  frontends: {
    web: { cors: ["https://shop.example", "shop"] },
  },
});
`;

describe("a problem of the configuration", () => {
  it.each([
    ["services.orders.url", "8:46"],
    ["services.reviews", "9:5"],
    ["frontends.web.cors[1]", "12:43"],
    ["the configuration", "6:30"],
  ])("of %s is placed at its key", (path, place) => {
    expect(placeOf(CONFIG, path)).toBe(`heddle.config.ts:${place}`);
  });

  it("is found in constants that are spread, the last one wins", () => {
    expect(placeOf(CONFIG, 'services.orders.headers["x-key"]')).toBe("heddle.config.ts:4:44");
    expect(placeOf(CONFIG, "services.reviews.timeout")).toBe("heddle.config.ts:9:29");
    expect(placeOf(CONFIG, "services.orders.timeout")).toBe("heddle.config.ts:4:18");
  });

  it("of something that is missing is placed at what it is missing from", () => {
    expect(placeOf(CONFIG, "services.reviews.document")).toBe("heddle.config.ts:9:5");
    expect(placeOf(CONFIG, "server.port")).toBe("heddle.config.ts:6:30");
    expect(placeOf(CONFIG, "frontends.web.cors[7]")).toBe("heddle.config.ts:12:12");
  });

  it("of a value from elsewhere is placed as far as the file goes", () => {
    const text =
      'import { services } from "./services.ts";\nimport { rest } from "./rest.ts";\nexport default {\n  services,\n  frontends: { web: { cors: [...rest, "x"] } },\n};\n';
    expect(placeOf(text, "services.orders.timeout")).toBe("heddle.config.ts:4:3");
    expect(placeOf(text, "frontends.web.cors[1]")).toBe("heddle.config.ts:5:23");
  });

  it("is of the file alone where the shape of the file is its own", () => {
    expect(placeOf("export default await load();\n", "services")).toBe("heddle.config.ts");
    expect(placeOf("export default {", "services")).toBe("heddle.config.ts");
  });

  it.each(["environment PORT", "route GET /web (composers/web/x.ts)"])(
    "has no place in the file for %j",
    (path) => {
      expect(placeOf(CONFIG, path)).toBeUndefined();
    },
  );

  it("keeps the place that it has", () => {
    const problem = { path: "services", message: "", cure: "", place: "config/services.ts:1:2" };
    expect(placeProblems([problem], makeFolder(), "heddle.config.ts")).toEqual([problem]);
  });
});
