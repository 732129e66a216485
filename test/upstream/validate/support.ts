/** A service that answers as told, its answers held against schemas. */
import { onTestFinished, vi } from "vitest";
import type { ValidationRule } from "../../../src/core/policies.ts";
import type { BoundOperation } from "../../../src/upstream/bound-client.ts";
import type { UpstreamEvents } from "../../../src/upstream/events.ts";
import type { AnswerSchemas, JsonSchema, OperationPlan } from "../../../src/upstream/plan.ts";
import {
  createServices,
  type Services,
  type ServicesOptions,
} from "../../../src/upstream/services.ts";
import type { ServiceSettings } from "../../../src/upstream/settings.ts";
import { createContext, jsonPlan, planOf, settingsOf, startRecorder } from "../support.ts";

export type Drift = Parameters<NonNullable<UpstreamEvents["drift"]>>[0];

export const WARN: ValidationRule = { mode: "warn", sample: 1 };
export const ENFORCE: ValidationRule = { mode: "enforce", sample: 1 };

export const ref = (key: string): JsonSchema => ({ $ref: `#/components/schemas/${key}` });

export interface Line {
  readonly level: string;
  readonly message: string;
  readonly [field: string]: unknown;
}

export interface Told {
  readonly status?: number;
  readonly body?: unknown;
  readonly text?: string;
  readonly type?: string;
}

export interface Checked {
  readonly services: Services;
  readonly drifts: Drift[];
  readonly lines: Line[];
  /** Requests that reached the service. */
  readonly requests: readonly unknown[];
  /** What the service answers from now on. */
  tell(told: Told): void;
  /** Calls an operation in a request of its own. */
  call(name?: string): Promise<unknown>;
  operation(name?: string): BoundOperation;
}

export interface CheckedOptions {
  readonly rule: ValidationRule;
  readonly schema?: JsonSchema;
  readonly components?: AnswerSchemas["components"];
  readonly plans?: readonly OperationPlan[];
  readonly operations?: AnswerSchemas["operations"];
  readonly settings?: Partial<ServiceSettings>;
  readonly options?: ServicesOptions;
  /** The schemas are there when this has resolved. */
  readonly load?: Promise<unknown>;
  /** Whether to wait until answers are looked at. Default: true. */
  readonly isWarm?: boolean;
}

const WARM_UP = planOf({ ...jsonPlan(), name: "warmUp", template: "/warm", path: ["/warm"] });

/** Connects a service `svc` with the operation `op`; resolves when its answers are looked at. */
export async function startChecked({
  rule,
  schema = true,
  components = {},
  plans = [jsonPlan()],
  operations = { op: { "200": { "application/json": schema } } },
  settings = {},
  options = {},
  load,
  isWarm = true,
}: CheckedOptions): Promise<Checked> {
  let told: Told = {};
  const { url, requests } = await startRecorder((request, response) => {
    const {
      status = 200,
      body,
      text,
      type = "application/json",
    } = request.target === "/warm" ? { body: "cold" } : told;
    response.writeHead(status, { "content-type": type });
    response.end(text ?? (body === undefined ? "" : JSON.stringify(body)));
  });
  const schemas: AnswerSchemas = {
    operations: { ...operations, warmUp: { "200": { "application/json": { const: "warm" } } } },
    components,
  };
  const loadSchemas = async () => {
    await load;
    return { schemas };
  };
  const drifts: Drift[] = [];
  const lines: Line[] = [];
  const all = Object.fromEntries([...plans, WARM_UP].map((plan) => [plan.name, plan]));
  const services = createServices(
    [{ name: "svc", operations: all, loadSchemas }],
    { svc: settingsOf(url, { ...settings, validate: rule }) },
    { drift: (drift) => void drifts.push(drift) },
    options,
  );
  onTestFinished(() => services.close());

  const write = (level: string) => (fields: object, message: string) =>
    void lines.push({ level, message, ...fields });
  const log = {
    debug: write("debug"),
    info: write("info"),
    warn: write("warn"),
    error: write("error"),
  };
  const operation = (name = plans[0]?.name ?? ""): BoundOperation =>
    services.bind(createContext({ log })).svc?.[name] as BoundOperation;

  // Loading takes a moment, and answers that come before it is done are not looked at.
  if (isWarm) {
    await vi.waitUntil(
      async () => {
        await operation("warmUp")().catch(() => undefined);
        return drifts.length > 0;
      },
      { timeout: 30_000, interval: 1 },
    );
    drifts.length = 0;
    lines.length = 0;
    requests.length = 0;
  }
  return {
    services,
    drifts,
    lines,
    requests,
    tell: (next) => {
      told = next;
    },
    call: (name) => operation(name)(),
    operation,
  };
}
