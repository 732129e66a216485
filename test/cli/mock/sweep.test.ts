/** Every operation of the real documents is called once against its mock, over the wire, by the client that is generated for it. */

import { describe, expect, it } from "vitest";
import { planOf } from "../../../cli/gen/emit/operations.ts";
import type { OperationModel, ServiceModel } from "../../../cli/gen/model.ts";
import { readService } from "../../../cli/gen/read-service.ts";
import { createMock, type MockRequest } from "../../../cli/mock/create-mock.ts";
import { type SampledInput, sampleInputWith } from "../../../cli/mock/sample/sample-input.ts";
import { Unsatisfiable } from "../../../cli/mock/sample/unsatisfiable.ts";
import { createSchemaView, type SchemaView } from "../../../cli/mock/schema/schema-view.ts";
import { compileServiceRules } from "../../../src/config/service-rules.ts";
import type { Log, RequestContext } from "../../../src/core/context.ts";
import { createDeadline } from "../../../src/core/deadline.ts";
import { createServices } from "../../../src/upstream/services.ts";
import { takesQuery } from "../../support/query-method.ts";
import { largeDocuments, packagedDocuments } from "../gen/emit/real-documents.ts";
import { flawOf } from "./known-flaws.ts";

const large = largeDocuments();
const quiet = (): void => {};
const log: Log = { debug: quiet, info: quiet, warn: quiet, error: quiet };

function newContext(): RequestContext {
  return {
    id: "sweep",
    deadline: createDeadline(30_000),
    headers: {},
    degradations: [],
    calls: new Map(),
    log,
    part: "",
  };
}

/** An input, unless the document is known to have none. */
function inputOf(
  view: SchemaView,
  source: string,
  operation: OperationModel,
): SampledInput | undefined {
  try {
    return sampleInputWith(view, operation, 1);
  } catch (error) {
    const known = flawOf(source, `${operation.method} ${operation.path} body`);
    if (!(error instanceof Unsatisfiable) || known === undefined) throw error;
    return undefined;
  }
}

interface Call {
  readonly operation: string;
  readonly outcome: string;
}

/** Reads an answer to its end, streams too. */
async function finish(answer: unknown): Promise<void> {
  const body = (answer as { body?: unknown } | undefined)?.body ?? answer;
  if (typeof body !== "object" || body === null || !(Symbol.asyncIterator in body)) return;
  for await (const _item of body as AsyncIterable<unknown>);
}

async function sweep(
  source: string,
  model: ServiceModel,
): Promise<{ calls: Call[]; requests: MockRequest[] }> {
  const requests: MockRequest[] = [];
  const mock = createMock(model, {
    stateful: false,
    onRequest: (request) => requests.push(request),
  });
  const { url } = await mock.listen();
  const view = createSchemaView(model.schemas);
  const operations = Object.fromEntries(
    model.operations.map((operation) => [operation.name, planOf(operation, model.schemas)]),
  );
  const settings = {
    url,
    timeoutMs: 30_000,
    concurrency: 4,
    maxAnswerBytes: 50_000_000,
    forward: [],
    headers: {},
    ...compileServiceRules({}),
  };
  const services = createServices([{ name: model.name, operations }], { [model.name]: settings });
  const calls: Call[] = [];
  try {
    for (const operation of model.operations) {
      const input = inputOf(view, source, operation);
      if (input === undefined) continue;
      const context = newContext();
      try {
        const client = services.bind(context)[model.name] as Record<
          string,
          { result(given: SampledInput): Promise<unknown> }
        >;
        const answer = await client[operation.name]?.result(input);
        await finish(answer);
        calls.push({ operation: operation.name, outcome: "answered" });
      } catch (error) {
        calls.push({ operation: operation.name, outcome: String(error) });
      } finally {
        context.deadline.dispose();
      }
    }
  } finally {
    await services.close();
    await mock.close();
  }
  return { calls, requests };
}

// The two forms of an example document are one and the same document.
const documents = [
  ...packagedDocuments().filter(({ source }) => !source.includes("/yaml/")),
  ...large,
];

describe.each(documents)("$source", ({ source, root }) => {
  it("every operation is called, nothing throws, every request validates", {
    timeout: 240_000,
  }, async () => {
    const { model } = await readService({ name: "service", source, root });
    if (model === undefined) throw new Error(`${source} gives no model`);
    // What this Node.js cannot receive is not called.
    const operations = model.operations.filter(({ method }) => takesQuery || method !== "QUERY");
    const { calls, requests } = await sweep(source, { ...model, operations });
    expect(calls.filter(({ outcome }) => outcome !== "answered")).toEqual([]);
    expect(requests.filter(({ status }) => status >= 400)).toEqual([]);
    // Operations that only a fragment tells apart are the same on the wire.
    const templates = new Map(
      model.operations.map(({ name, path }) => [name, path.replace(/#.*/, "")]),
    );
    const called = (operation: string | undefined): unknown => templates.get(operation ?? "");
    expect(requests.map(({ operation }) => called(operation))).toEqual(
      calls.map(({ operation }) => called(operation)),
    );
  });
});

it.skipIf(large.length > 0)(
  "the large documents are not here: set HEDDLE_SPECS to their folder",
  () => {
    expect(large).toEqual([]);
  },
);
