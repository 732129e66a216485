/** Mocks answer as their documents say: what a mock samples must hold against the schemas that are generated. */
import { describe, expect, it } from "vitest";
import { emitAnswerSchemas } from "../../../cli/gen/emit/answer-schemas.ts";
import { planOf } from "../../../cli/gen/emit/operations.ts";
import type { OperationModel, ServiceModel } from "../../../cli/gen/model.ts";
import { readService } from "../../../cli/gen/read-service.ts";
import { createMock } from "../../../cli/mock/create-mock.ts";
import { sampleInputWith } from "../../../cli/mock/sample/sample-input.ts";
import { Unsatisfiable } from "../../../cli/mock/sample/unsatisfiable.ts";
import { createSchemaView } from "../../../cli/mock/schema/schema-view.ts";
import { compileServiceRules } from "../../../src/config/service-rules.ts";
import type { RequestContext } from "../../../src/core/context.ts";
import { createDeadline } from "../../../src/core/deadline.ts";
import type { BoundOperation } from "../../../src/upstream/bound-client.ts";
import type { UpstreamAnswer } from "../../../src/upstream/send.ts";
import { createServices } from "../../../src/upstream/services.ts";
import {
  type AnswerCheck,
  createAnswerCheck,
} from "../../../src/upstream/validate/answer-check.ts";
import { packagedDocuments } from "../../cli/gen/emit/real-documents.ts";
import { flawOf } from "../../cli/mock/known-flaws.ts";
import { schemasIn } from "../../support/schemas-in.ts";

const quiet = (): void => undefined;

function newContext(): RequestContext {
  return {
    id: "sweep",
    deadline: createDeadline(30_000),
    headers: {},
    degradations: [],
    calls: new Map(),
    log: { debug: quiet, info: quiet, warn: quiet, error: quiet },
    part: "",
  };
}

interface Sweep {
  /** Answers with a body that was looked at. */
  readonly looked: number;
  /** Of these, those that are noticed when another type of value is in their place. */
  readonly noticed: number;
  readonly differences: readonly string[];
}

/** Calls every operation of a mock once and looks at what comes. */
async function sweep(source: string, model: ServiceModel): Promise<Sweep> {
  const schemas = schemasIn(emitAnswerSchemas(model));
  const checks = {
    strict: await createAnswerCheck(schemas, { reading: "strict" }),
    lenient: await createAnswerCheck(schemas, { reading: "lenient" }),
  };
  const mock = createMock(model, { stateful: false });
  const { url } = await mock.listen();
  const plans = Object.fromEntries(
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
  const services = createServices([{ name: model.name, operations: plans }], {
    [model.name]: settings,
  });
  const view = createSchemaView(model.schemas);
  let looked = 0;
  let noticed = 0;
  const differences: string[] = [];

  async function call(operation: OperationModel): Promise<void> {
    const { name } = operation;
    const plan = plans[name];
    if (plan === undefined) return;
    const context = newContext();
    try {
      const client = services.bind(context)[model.name] as Record<string, BoundOperation>;
      const result = await client[name]?.result(sampleInputWith(view, operation, 1));
      const { status, headers, body } = result as UpstreamAnswer & { body: unknown };
      if (isStream(body)) return void (await drain(body));
      const answer = { status, headers, body: Buffer.alloc(0), value: body };
      if (schemas.operations[name]?.[status] !== undefined && body !== undefined) {
        looked += 1;
        const other = { ...answer, value: Array.isArray(body) ? {} : [] };
        if (checks.lenient.find(plan, other, "first").length > 0) noticed += 1;
      }
      differences.push(...found(checks.strict, "all").map((text) => `${text} (strict)`));
      differences.push(...found(checks.lenient, "first"));

      function found(check: AnswerCheck, limit: "first" | "all"): string[] {
        if (plan === undefined) return [];
        return check
          .find(plan, answer, limit)
          .map(({ pointer, expected }) => `${source} ${name} ${status} ${pointer} ${expected}`);
      }
    } catch (error) {
      // A body that no value can be sampled for.
      if (!(error instanceof Unsatisfiable)) throw error;
    } finally {
      context.deadline.dispose();
    }
  }

  try {
    for (const operation of model.operations) {
      const part = `${operation.method} ${operation.path} 200`;
      if (flawOf(source, part) === undefined) await call(operation);
    }
  } finally {
    await services.close();
    await mock.close();
  }
  return { looked, noticed, differences };
}

function isStream(body: unknown): body is AsyncIterable<unknown> {
  return typeof body === "object" && body !== null && Symbol.asyncIterator in body;
}

async function drain(items: AsyncIterable<unknown>): Promise<void> {
  for await (const _item of items);
}

// The two forms of an example document are one and the same document.
const documents = packagedDocuments().filter(({ source }) => !source.includes("/yaml/"));

describe.each(documents)("answers of $source", ({ source, root }) => {
  it("hold against the schemas that are generated", { timeout: 240_000 }, async () => {
    const { model } = await readService({ name: "service", source, root });
    if (model === undefined) throw new Error(`${source} gives no model`);
    const { looked, noticed, differences } = await sweep(source, model);
    expect(differences).toEqual([]);
    if (!source.includes("api.github.com")) return;
    expect(looked).toBeGreaterThan(800);
    // All but those whose schema takes anything.
    expect(noticed / looked).toBeGreaterThan(0.98);
  });
});
