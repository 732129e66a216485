import { describe, expect, it } from "vitest";
import { createRouter, type Finding } from "../../../../cli/mock/route/router.ts";
import { operation } from "../support.ts";

const router = createRouter(
  [
    "GET /",
    "GET /orders",
    "POST /orders",
    "GET /orders/{orderId}",
    "DELETE /orders/{orderId}",
    "GET /orders/latest",
    "GET /orders/{orderId}/lines/{line}",
    "GET /Calls/{Sid}.json",
    "GET /Calls/{Sid}",
    "POST /jobs/{id}:cancel",
    "GET /jobs/{id}",
    "GET /flights/{from}-{to}",
    "GET /files/{name}.{extension}",
    "GET /buckets?list-type=2",
    "GET /buckets",
    "GET /buckets?acl",
    "POST /rpc#Create",
    "POST /rpc#Delete",
    "QUERY /orders",
    "COPY /orders",
    "GET /caf%C3%A9/{x}",
    "GET /über/{x}",
    "HEAD /headed",
    "GET /headed",
  ].map((key) => operation(key)),
);

const find = (method: string, path: string, query = ""): string =>
  describeFinding(router.find(method, path, query));

function describeFinding(finding: Finding): string {
  if (finding.kind === "nothing") return "nothing";
  if (finding.kind === "method") return `allows ${finding.allowed.join(" ")}`;
  return finding.routes
    .map(
      ({ operation: { method, path }, path: values }) =>
        `${method} ${path} ${JSON.stringify(values)}`,
    )
    .join(" | ");
}

it.each([
  ["GET", "/", "", "GET / {}"],
  ["GET", "/orders", "", "GET /orders {}"],
  ["GET", "/orders/o-1", "", 'GET /orders/{orderId} {"orderId":"o-1"}'],
  ["GET", "/orders/latest", "", "GET /orders/latest {}"],
  ["DELETE", "/orders/latest", "", 'DELETE /orders/{orderId} {"orderId":"latest"}'],
  [
    "GET",
    "/orders/a%2Fb/lines/1",
    "",
    'GET /orders/{orderId}/lines/{line} {"orderId":"a%2Fb","line":"1"}',
  ],
  ["GET", "/Calls/CA1.json", "", 'GET /Calls/{Sid}.json {"Sid":"CA1"}'],
  ["GET", "/Calls/CA1", "", 'GET /Calls/{Sid} {"Sid":"CA1"}'],
  ["POST", "/jobs/7:cancel", "", 'POST /jobs/{id}:cancel {"id":"7"}'],
  ["POST", "/jobs/7%3acancel", "", 'POST /jobs/{id}:cancel {"id":"7"}'],
  ["GET", "/flights/HAM-OSL", "", 'GET /flights/{from}-{to} {"from":"HAM","to":"OSL"}'],
  ["GET", "/files/a.b.txt", "", 'GET /files/{name}.{extension} {"name":"a","extension":"b.txt"}'],
  ["GET", "/buckets", "", "GET /buckets {}"],
  ["GET", "/buckets", "x=1&list-type=2", "GET /buckets?list-type=2 {}"],
  ["GET", "/buckets", "list-type=1", "GET /buckets {}"],
  ["GET", "/buckets", "acl=", "GET /buckets?acl {}"],
  ["POST", "/rpc", "", "POST /rpc#Create {} | POST /rpc#Delete {}"],
  ["QUERY", "/orders", "", "QUERY /orders {}"],
  ["COPY", "/orders", "", "COPY /orders {}"],
  ["GET", "/café/1", "", 'GET /caf%C3%A9/{x} {"x":"1"}'],
  ["GET", "/%C3%BCber/1", "", 'GET /über/{x} {"x":"1"}'],
  ["HEAD", "/orders", "", "GET /orders {}"],
  ["HEAD", "/headed", "", "HEAD /headed {}"],
])("%s %s with the query %j is %4$s", (method, path, query, want) => {
  expect(find(method, path, query)).toBe(want);
});

describe("what is not there", () => {
  it.each([
    "/orders/",
    "/orders/o-1/",
    "/orders//lines/1",
    "/order",
    "/orders/o-1/lines",
    "/Calls/.json/x",
    "",
  ])("%s is nothing", (path) => {
    expect(find("GET", path === "" ? "/none" : path)).toBe("nothing");
  });

  it("a known path with another method says which methods it takes", () => {
    expect(find("PATCH", "/orders/latest")).toBe("allows DELETE GET HEAD");
    expect(find("GET", "/rpc")).toBe("allows POST");
  });
});
