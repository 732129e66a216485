/** Layer: holds a service's answers against its document: tells where they differ, and refuses those that do. */
import { UpstreamError } from "../../core/errors.ts";
import type { ValidationRule } from "../../core/policies.ts";
import type { Random } from "../chance.ts";
import type { UpstreamEvents } from "../events.ts";
import type { LoadSchemas } from "../plan.ts";
import type { Layer, Send, UpstreamAnswer, UpstreamCall } from "../send.ts";
import { type AnswerCheck, createAnswerCheck } from "../validate/answer-check.ts";
import { createDriftBook } from "../validate/drift-book.ts";
import type { Finding } from "../validate/findings.ts";

export interface ValidateOptions {
  readonly rule: ValidationRule;
  readonly load: LoadSchemas;
  readonly events: Pick<UpstreamEvents, "drift">;
  readonly random: Random;
}

/**
 * `warn` looks at a share of the answers and changes none. `enforce` looks at all, and a good answer (2xx) that differs
 * becomes `service-contract`; the status of any other says more than its body. Looked at is what a call has read: bodies
 * that are relayed or streamed are not.
 */
export function validate({ rule, load, events, random }: ValidateOptions): Layer {
  const { mode, sample } = rule;
  const isEnforced = mode === "enforce";
  const book = createDriftBook();
  let check: AnswerCheck | undefined;
  let fault: unknown;
  // At once: the first answer that is looked at need not wait for it.
  const loading = load()
    .then(({ schemas }) =>
      createAnswerCheck(schemas, { reading: isEnforced ? "lenient" : "strict" }),
    )
    .then((loaded) => {
      check = loaded;
    });
  // Who waits for it is told; where nobody does, the next call is.
  loading.catch((error: unknown) => {
    fault = error;
  });

  function look(call: UpstreamCall, answer: UpstreamAnswer): UpstreamAnswer {
    const findings = find(call, answer);
    if (findings.length === 0) return answer;
    for (const finding of findings) tell(call, answer, finding);
    const [first] = findings;
    if (isEnforced && first !== undefined && isGood(answer)) throw refusal(call, answer, first);
    return answer;
  }

  function find(call: UpstreamCall, answer: UpstreamAnswer): readonly Finding[] {
    try {
      return check?.find(call.operation, answer, isEnforced ? "first" : "all") ?? [];
    } catch (error) {
      complain(call, error);
      return [];
    }
  }

  /** Of the document: the service is not to blame, and its answer no worse than without this layer. */
  function complain({ service, operation, context }: UpstreamCall, error: unknown): void {
    if (!book.enter(operation.name, UNCHECKED).isNew) return;
    context.log.error(
      { service, operation: operation.name, err: error },
      "an answer cannot be held against the service's document",
    );
  }

  function tell(
    { service, operation: { name: operation }, context }: UpstreamCall,
    { status }: UpstreamAnswer,
    { keyword, expected, ...finding }: Finding,
  ): void {
    const { pointer, isNew } = book.enter(operation, finding.pointer);
    events.drift?.({ service, operation, pointer, keyword });
    if (!isNew) return;
    context.log.warn(
      { service, operation, status, pointer, keyword, expected },
      "an answer differs from the service's document",
    );
  }

  return function validateLayer(next: Send): Send {
    return function validated(call) {
      if (call.mode !== "collect" || call.read === undefined) return next(call);
      if (isEnforced) {
        return next(call).then((answer) =>
          check === undefined ? loading.then(() => look(call, answer)) : look(call, answer),
        );
      }
      if (fault !== undefined) complain(call, fault);
      if (check === undefined || random() >= sample) return next(call);
      return next(call).then((answer) => look(call, answer));
    };
  };
}

/** No JSON pointer. */
const UNCHECKED = "unchecked";

function isGood({ status }: UpstreamAnswer): boolean {
  return status >= 200 && status < 300;
}

function refusal(
  { service, operation }: UpstreamCall,
  { status }: UpstreamAnswer,
  { pointer, keyword, expected }: Finding,
): UpstreamError {
  const what =
    keyword === "status"
      ? ", which its document does not declare"
      : `, but ${pointer === "" ? "the body" : pointer} ${expected}`;
  return new UpstreamError("service-contract", {
    detail: `the service answered ${status}${what}`,
    service,
    operation: operation.name,
    serviceStatus: status,
  });
}
