/** Answers what the documents say of operations and their fields, and keeps it, so that a document is read only for news. */
import type { OperationModel, ServiceModel } from "../../gen/model.ts";
import { type OperationFacts, operationFacts } from "../access/operation-facts.ts";
import { onlyList } from "../only-list.ts";
import { type FieldPlaces, type FieldQuery, locateField } from "./locate-field.ts";

export interface Locator {
  /** The name of what the path client calls: `GET /orders/{orderId}`. An operation that is not there keeps its path. */
  operationOf(service: string, target: string): Promise<string>;
  locate(service: string, operation: string, query: FieldQuery): Promise<FieldPlaces>;
  /** All that an operation takes: `path.orderId`, `body`. */
  inputsOf(service: string, operation: string): Promise<readonly string[]>;
  /** Where the list in its answer is: nowhere below the answer itself, or the only one that it has. */
  listOf(service: string, operation: string): Promise<readonly string[]>;
  /** What it asks of callers, and when it ends. */
  factsOf(service: string, operation: string): Promise<OperationFacts>;
}

/** What is known of services' documents: answers by question. */
export interface Known {
  get(service: string, question: string): unknown;
  set(service: string, question: string, answer: unknown): void;
}

/** @param modelOf reads the document of a service; asked once, and only where `known` has no answer */
export function createLocator(
  modelOf: (service: string) => Promise<ServiceModel | undefined>,
  known: Known,
): Locator {
  const models = new Map<string, Promise<ServiceModel | undefined>>();

  async function answer<Answer>(
    service: string,
    question: readonly unknown[],
    find: (model: ServiceModel | undefined) => Answer,
  ): Promise<Answer> {
    const key = JSON.stringify(question);
    const before = known.get(service, key);
    if (before !== undefined) return before as Answer;
    let model = models.get(service);
    if (model === undefined) {
      model = modelOf(service);
      models.set(service, model);
    }
    const found = find(await model);
    known.set(service, key, found);
    return found;
  }

  return {
    operationOf: (service, target) =>
      answer(service, ["operation", target], (model) => {
        const isIt = ({ method, path }: OperationModel): boolean => `${method} ${path}` === target;
        return model?.operations.find(isIt)?.name ?? target;
      }),
    locate: (service, operation, query) =>
      answer(
        service,
        ["field", operation, query.form, query.statuses ?? null, query.path],
        (model) => {
          const one = model?.operations.find(({ name }) => name === operation);
          return model === undefined || one === undefined
            ? { pointers: [] }
            : locateField(model, one, query);
        },
      ),
    inputsOf: (service, operation) =>
      answer(service, ["inputs", operation], (model) => {
        const one = model?.operations.find(({ name }) => name === operation);
        const names = one?.parameters.map((parameter) => `${parameter.in}.${parameter.name}`) ?? [];
        return one?.body === undefined ? names : [...names, "body"];
      }),
    listOf: (service, operation) =>
      answer(service, ["list", operation], (model) => {
        const list = model && onlyList(model, operation);
        return list === undefined ? [] : [list];
      }),
    factsOf: (service, operation) =>
      answer(service, ["ends and access", operation], (model) => {
        const one = model?.operations.find(({ name }) => name === operation);
        return one === undefined ? {} : operationFacts(one);
      }),
  };
}
