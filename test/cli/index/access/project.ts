/** A project whose helper calls an operation that knows its callers, is deprecated and ends; and its service. */
import { startServer } from "../../../server/support.ts";
import { linkPackages, makeFolder, writeFiles } from "../../../support/project.ts";

export const DATES = {
  deprecated: "@1777593600",
  sunset: "Fri, 28 Aug 2099 00:00:00 GMT",
} as const;

const text = { type: "string" };
const id = { name: "id", in: "path", required: true, schema: text };
const answered = (schema: object) => ({
  200: { description: "ok", content: { "application/json": { schema } } },
});
const problem = {
  description: "not there",
  content: {
    "application/problem+json": { schema: { type: "object", properties: { detail: text } } },
  },
};
const book = { type: "object", required: ["id", "reader"], properties: { id: text, reader: text } };

export const DOCUMENT = {
  openapi: "3.1.0",
  info: { title: "Books", version: "1" },
  security: [{ person: ["books:read"] }],
  paths: {
    "/books": {
      get: {
        operationId: "listBooks",
        security: [{ staff: [] }],
        parameters: [{ name: "ids", in: "query", schema: { type: "array", items: text } }],
        responses: answered({ type: "array", items: book }),
      },
    },
    "/books/{id}": {
      get: {
        operationId: "getBook",
        deprecated: true,
        "x-ms-deprecation": { date: "2026-05-01", removalDate: "2099-09-01" },
        "x-sunset": "2099-08-28",
        parameters: [id],
        responses: answered(book),
      },
    },
    "/towns/{id}": {
      get: {
        operationId: "getTown",
        security: [],
        parameters: [id],
        responses: { ...answered(book), 404: problem },
      },
    },
  },
  components: {
    securitySchemes: {
      person: { type: "oauth2", flows: {} },
      staff: { type: "apiKey", in: "header", name: "x-staff" },
    },
  },
};

const HELPER = `import type { Services } from "#gateway";
export const bookOf = (services: Services, id: string) => services.books.getBook({ path: { id } });
`;

/** A composer that answers what the helper gives it. */
export function composerOf(
  path: string,
  options: string,
  body = "bookOf(services, path.id)",
): string {
  return `import { compose } from "#gateway";
import { bookOf } from "./_book-of.ts";
export const page = compose.get("/web/${path}/{id}", ${options}, ({ path, services }) => ${body});
`;
}

export function configOf(books = ""): string {
  return `import { defineGateway, env } from "heddle/config";
export default defineGateway({
  services: {
    books: {
      document: "specs/books.json",
      url: env("BOOKS_URL"),
      forward: ["authorization"],
      ${books}
    },
  },
  frontends: { web: {} },
});
`;
}

/** @param composers name of the file -> text */
export function makeProject(composers: Readonly<Record<string, string>>, books?: string): string {
  const cwd = makeFolder();
  linkPackages(cwd);
  const files = Object.entries(composers).map(([name, code]) => [`composers/web/${name}.ts`, code]);
  writeFiles(cwd, {
    "package.json": '{ "type": "module", "imports": { "#gateway": "./generated/gateway.ts" } }\n',
    "tsconfig.json": `{ "compilerOptions": { "target": "es2023", "module": "nodenext", "strict": true, "noEmit": true,
  "allowImportingTsExtensions": true, "erasableSyntaxOnly": true, "types": ["node"] } }\n`,
    "specs/books.json": JSON.stringify(DOCUMENT),
    "heddle.config.ts": configOf(books),
    "composers/web/_book-of.ts": HELPER,
    ...Object.fromEntries(files),
  });
  return cwd;
}

/** Answers every question with who has asked it, and what was asked for. */
export async function startBooks(): Promise<{ readonly url: string; readonly asked: string[] }> {
  const asked: string[] = [];
  const { url } = await startServer((req, res) => {
    const reader = String(req.headers.authorization ?? "nobody");
    asked.push(`${reader} ${req.url}`);
    res.setHeader("content-type", "application/json");
    res.setHeader("cache-control", "max-age=60");
    res.end(JSON.stringify({ id: req.url?.split("/").at(-1), reader }));
  });
  return { url, asked };
}
