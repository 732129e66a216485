import { describe, expect, it } from "vitest";
import { parseTemplate, templateNames } from "../../src/core/path-template.ts";

describe("a path template", () => {
  it.each([
    ["/", ["/"]],
    ["/web/orders/{orderId}", ["/web/orders/", { name: "orderId" }]],
    ["/{a}/{b_2}", ["/", { name: "a" }, "/", { name: "b_2" }]],
    ["/files/{name}.json", ["/files/", { name: "name" }, ".json"]],
    ["/from-{a}-to-{b}/", ["/from-", { name: "a" }, "-to-", { name: "b" }, "/"]],
  ])("%s is taken apart", (template, pieces) => {
    expect(parseTemplate(template)).toEqual(pieces);
  });

  it("knows its parameters in order", () => {
    expect(templateNames(parseTemplate("/{b}/{a}"))).toEqual(["b", "a"]);
  });

  it.each([
    ["orders", 'must begin with "/"'],
    ["", 'must begin with "/"'],
    ["/orders/:id", "write {id} instead of :id"],
    ["/orders/{id", "a brace without its partner"],
    ["/orders/id}", "a brace without its partner"],
    ["/orders/{{id}}", "a brace without its partner"],
    ["/orders/{}", "the parameter {}"],
    ["/orders/{order-id}", "the parameter {order-id}: a name is letters, digits and _"],
    ["/orders/{1st}", "does not begin with a digit"],
    ["/{id}/lines/{id}", "names the parameter {id} twice"],
    ["/{a}{b}", "nothing between {b} and the parameter before it"],
    ["/orders?limit=1", "must not contain a query or a fragment"],
    ["/orders#top", "must not contain a query or a fragment"],
    ["/orders//lines", 'must not contain "//"'],
    ["/orders/../lines", 'the segments "." or ".."'],
    ["/orders/*", "a character that a path literal cannot hold"],
    ["/orders/a b", "a character that a path literal cannot hold"],
    ["/orders/%2e", "a character that a path literal cannot hold"],
    ["/\u00e9t\u00e9", "a character that a path literal cannot hold"],
  ])("%s is refused, with the template and the reason", (template, reason) => {
    expect(() => parseTemplate(template)).toThrow(reason);
    expect(() => parseTemplate(template)).toThrow(JSON.stringify(template));
  });
});
