/** What the tests of requests on the wire share: one call sent, parameters, and bodies as bytes. */
import type {
  MediaPlan,
  OperationInput,
  OperationPlan,
  ParameterPlan,
  ParameterStyle,
} from "../../src/upstream/plan.ts";
import {
  connect,
  createContext,
  failureOf,
  planOf,
  type Recorded,
  startRecorder,
} from "./support.ts";

/** Sends one call and gives what arrived. */
export async function send(plan: Partial<OperationPlan>, input: OperationInput): Promise<Recorded> {
  const recorder = await startRecorder();
  await connect(recorder.url, planOf(plan)).operation(createContext())(input);
  return recorder.requests[0] as Recorded;
}

/** As {@link send}, of an operation that takes a body in these media types. */
export function sendBody(
  media: MediaPlan | readonly MediaPlan[],
  input: OperationInput,
): Promise<Recorded> {
  return send({ method: "POST", body: { media: [media].flat() } }, input);
}

/** The error of a body that cannot be sent. */
export async function refusedBody(media: MediaPlan, body: unknown): Promise<unknown> {
  const plan = planOf({ method: "POST", body: { media: [media] } });
  return failureOf(connect((await startRecorder()).url, plan).operation(createContext())({ body }));
}

/** The values of OpenAPI 3.1.1 §4.8.12.4. */
export const VALUES = {
  empty: "",
  string: "blue",
  array: ["blue", "black", "brown"],
  object: { R: 100, G: 200, B: 150 },
};
export type ValueName = keyof typeof VALUES;

/** A parameter called `color`. */
export function parameter(
  style: ParameterStyle,
  explode: boolean,
  more: Partial<ParameterPlan> = {},
): ParameterPlan {
  return { name: "color", style, explode, ...more };
}

/** A text as {@link Recorded} shows its UTF-8. */
export const latin1 = (text: string): string => Buffer.from(text).toString("latin1");

export const bytes: Uint8Array<ArrayBuffer> = new Uint8Array([0, 1, 254, 255]);
export const bytesAsLatin1: string = Buffer.from(bytes).toString("latin1");

/** Chunks that come one by one. */
export async function* stream(
  ...chunks: readonly (string | Uint8Array)[]
): AsyncGenerator<Uint8Array> {
  for (const chunk of chunks) yield typeof chunk === "string" ? Buffer.from(chunk) : chunk;
}
