/** The TypeScript files of a new project. */

export const configSource = `import { defineGateway, env } from "heddle/config";

export default defineGateway({
  services: {
    books: { document: "specs/books.yaml", url: env("BOOKS_URL"), timeout: "2s" },
  },
  frontends: { web: {} },
});
`;

export const bookPageSource = `import { compose } from "#gateway";

/** Everything that the book page shows, in one round trip. */
export const bookPage = compose.get("/web/books/{bookId}", { deadline: "2s" }, async ({ path, services }) => {
  const book = await services.books.getBook({ path: { bookId: path.bookId } });
  return {
    book,
    // A function is a part: both are called at once, and only when they are asked for (?fields=book,author.name).
    author: () => services.books.getAuthor({ path: { authorId: book.authorId } }),
    // A page without reviews is better than no page.
    reviews: () => services.books.listReviews({ path: { bookId: book.id } }, { fallback: [] }),
  };
});
`;

export const bookPageTestSource = `import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { createGateway } from "heddle";
import { afterAll, beforeAll, expect, it } from "vitest";
import { routes } from "../../generated/routes.ts";
import { services } from "../../generated/gateway.ts";
import config from "../../heddle.config.ts";

/** What the books service answers in this test. There are no reviews: that operation fails. */
const answers: Record<string, unknown> = {
  "/books/emma": { id: "emma", title: "Emma", authorId: "austen" },
  "/authors/austen": { id: "austen", name: "Jane Austen" },
};

let books: Server;
let gateway: ReturnType<typeof createGateway>;
let url: string;

beforeAll(async () => {
  books = createServer((request, response) => {
    const answer = answers[request.url ?? ""];
    response.writeHead(answer === undefined ? 500 : 200, { "content-type": "application/json" });
    response.end(JSON.stringify(answer ?? {}));
  });
  await new Promise<void>((resolve) => books.listen(0, "127.0.0.1", resolve));
  const { port } = books.address() as AddressInfo;
  // A service that is added later needs an address as well: nobody listens at this one.
  const nobody = Object.fromEntries(services.map(({ name }) => [name, "http://127.0.0.1:9"]));
  const urls = { ...nobody, books: \`http://127.0.0.1:\${port}\` };
  gateway = createGateway(config, { services, routes }, { urls });
  ({ url } = await gateway.listen({ port: 0, host: "127.0.0.1" }));
});

afterAll(async () => {
  await gateway.close();
  await new Promise((resolve) => books.close(resolve));
});

it("the book page joins book and author, and answers without reviews when they fail", async () => {
  const response = await fetch(\`\${url}/web/books/emma\`);
  expect(response.status).toBe(200);
  expect(response.headers.get("gateway-degraded")).toContain("/reviews");
  expect(await response.json()).toEqual({
    book: { id: "emma", title: "Emma", authorId: "austen" },
    author: { id: "austen", name: "Jane Austen" },
    reviews: [],
  });
});
`;
