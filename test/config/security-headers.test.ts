import { expect, it } from "vitest";
import { validateConfig } from "../../src/config/validate.ts";

it("security headers are told with place, value and cure where they cannot be sent", () => {
  const { problems } = validateConfig({
    services: {},
    server: {
      securityHeaders: {
        all: { "x y": "1", "X-A": "a\r\nb", "Content-Length": "1" },
        page: {},
        composed: { "X-B": true },
      },
    },
  });
  expect(problems.map(({ path, message, cure }) => [path, message, cure])).toEqual([
    [
      'server.securityHeaders.all["x y"]',
      "is not a header field name",
      "use letters, digits and hyphens",
    ],
    [
      'server.securityHeaders.all["X-A"]',
      "has characters that a header field cannot have",
      'write a text, or false: "DENY"',
    ],
    [
      'server.securityHeaders.all["Content-Length"]',
      "is not a header field name",
      "use letters, digits and hyphens",
    ],
    [
      'server.securityHeaders.composed["X-B"]',
      "is not the value of a header field, or false",
      'write a text, or false: "DENY"',
    ],
    ["server.securityHeaders.page", "is not a known key", 'did you mean "pages"?'],
  ]);
});
