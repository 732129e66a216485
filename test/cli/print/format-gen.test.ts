import { describe, expect, it } from "vitest";
import type { Diagnostic } from "../../../cli/gen/diagnostics.ts";
import type { GenReport, OperationChanges } from "../../../cli/gen/run.ts";
import { changeLines, diagnosticLines, freshDiagnostics } from "../../../cli/print/format-gen.ts";
import type { Terminal } from "../../../cli/print/terminal.ts";

const terminal: Terminal = {
  paint: (_, text) => text,
  interactive: false,
  say: () => undefined,
  note: () => undefined,
  draw: () => undefined,
};

const warning = (line: number, service = "orders"): Diagnostic => ({
  code: "schema-invalid",
  severity: "warning",
  message: "it is odd",
  cure: "mend it",
  service,
  at: { file: "specs/orders.json", line, column: 1, pointer: "" },
});

describe("diagnostics", () => {
  it("are told one by one while they are few", () => {
    expect(diagnosticLines([warning(1), warning(2)], terminal)).toEqual([
      "specs/orders.json:1:1 warning schema-invalid: it is odd\n    mend it",
      "specs/orders.json:2:1 warning schema-invalid: it is odd\n    mend it",
    ]);
  });

  it("are told by the first ones where they are many, and where the others are found; errors come first", () => {
    const error: Diagnostic = { ...warning(99), severity: "error", code: "security-undefined" };
    const many = Array.from({ length: 12 }, (_, at) => warning(at + 1));
    const lines = diagnosticLines([...many, error], terminal);
    expect(lines).toHaveLength(11);
    expect(lines[0]).toMatch(/^specs\/orders\.json:99:1 error /);
    expect(lines.at(-1)).toBe("... and 3 more: heddle gen --json lists all of them");
  });

  it("are fresh where their document was read this time, and where there is none", () => {
    const services = (["unchanged", "generated"] as const).map((status) => {
      return { name: status, document: "", status, operations: 1, warnings: 1 };
    });
    const diagnostics = [warning(1, "unchanged"), warning(2, "generated"), warning(3, "")];
    const report = { services, diagnostics } as unknown as GenReport;
    expect(freshDiagnostics(report).map(({ at }) => at.line)).toEqual([2, 3]);
  });
});

describe("changes of operations", () => {
  const operation = "GET /a";
  const none: OperationChanges = { service: "orders", added: [], removed: [], renamed: [] };

  it("are a line each, what a composer names first", () => {
    const lines = changeLines(
      [
        {
          service: "orders",
          added: [{ name: "a", operation }],
          removed: [{ name: "b", operation, mentions: [] }],
          renamed: [{ from: "c", name: "d", operation, mentions: ["composers/web/x.ts:12"] }],
        },
      ],
      terminal.paint,
    );
    expect(lines).toEqual([
      "orders: renamed c to d (GET /a), mentioned in composers/web/x.ts:12",
      "orders: removed b (GET /a)",
      "orders: added a (GET /a)",
    ]);
  });

  it("are not all told where nobody names them, but all where somebody does", () => {
    const names = Array.from({ length: 30 }, (_, at) => ({ name: `o${at}`, operation }));
    const mentioned = names.map((one) => ({ ...one, mentions: ["composers/web/x.ts:1"] }));
    const added = changeLines([{ ...none, added: names }], terminal.paint);
    expect(added).toHaveLength(11);
    expect(added.at(-1)).toBe("orders: ... and 20 more, which no composer mentions");
    expect(changeLines([{ ...none, removed: mentioned }], terminal.paint)).toHaveLength(30);
  });

  it("name some of many places", () => {
    const mentions = Array.from({ length: 7 }, (_, at) => `composers/web/x.ts:${at}`);
    const lines = changeLines(
      [{ ...none, removed: [{ name: "a", operation, mentions }] }],
      terminal.paint,
    );
    expect(lines[0]).toMatch(/mentioned in composers\/web\/x\.ts:0, .*:4 and 2 other places$/);
  });
});
