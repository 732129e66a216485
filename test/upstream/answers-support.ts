/** What the tests of answers share: a service that answers as told, and calls of it. */
import type { ServerResponse } from "node:http";
import type { Answer } from "../../src/core/operation.ts";
import type { AnswerPlan, OperationPlan } from "../../src/upstream/plan.ts";
import { connect, createContext, planOf, startRecorder } from "./support.ts";

export type Answers = OperationPlan["answers"];

/** What the service answers. */
export interface Given {
  readonly status?: number;
  readonly type?: string;
  /** A list is sent in as many packets. */
  readonly body?: string | Uint8Array | readonly (string | Uint8Array)[];
  readonly headers?: Record<string, string | string[]>;
  /** Of the operation. */
  readonly method?: string;
}

export const json: AnswerPlan = { "application/json": "json" };

/** Starts a service, and gives its address. */
export async function service({ status = 200, type, body, headers = {} }: Given): Promise<string> {
  const { url } = await startRecorder((_request, response) => {
    response.writeHead(status, {
      ...headers,
      ...(type === undefined ? {} : { "content-type": type }),
    });
    if (Array.isArray(body)) void writeSlowly(response, body);
    else response.end(body);
  });
  return url;
}

/** Every chunk in a packet of its own. */
async function writeSlowly(
  response: ServerResponse,
  chunks: readonly (string | Uint8Array)[],
): Promise<void> {
  for (const chunk of chunks) {
    await new Promise<void>((resolve) => response.write(chunk, () => setImmediate(resolve)));
  }
  response.end();
}

/** Calls an operation that declares these answers, and is given that one. */
export async function call(answers: Answers, given: Given): Promise<unknown> {
  const { operation } = connect(await service(given), planFor(answers, given));
  return operation(createContext())();
}

/** As {@link call}, but asks for the result. */
export async function result(answers: Answers, given: Given): Promise<Answer<number, unknown>> {
  const { operation } = connect(await service(given), planFor(answers, given));
  return operation(createContext()).result() as Promise<Answer<number, unknown>>;
}

function planFor(answers: Answers, { method = "GET" }: Given): OperationPlan {
  return planOf({ answers, method });
}

/** Everything that a stream gives. */
export async function itemsOf(stream: unknown): Promise<unknown[]> {
  const items: unknown[] = [];
  for await (const item of stream as AsyncIterable<unknown>) items.push(item);
  return items;
}
