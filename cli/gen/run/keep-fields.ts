/** Keeps in `.heddle/` what was asked of documents for the index, so that a changed composer needs no document read. */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Known } from "../../index/pointers/create-locator.ts";
import type { ServiceRecord } from "../emit/manifest.ts";
import { hashOf } from "./hash.ts";

/** Relative to the project. */
const FOLDER = ".heddle/gen";

interface Kept {
  /** Of which documents, and who has read them. */
  readonly of: string;
  readonly answers: Record<string, unknown>;
}

export interface KeptFields extends Known {
  /** Writes down what is new. Where the project cannot be written, the next run reads the document again. */
  save(): void;
}

/** @param isBelieved whether what was kept before counts */
export function keptFields(
  root: string,
  generator: string,
  records: ReadonlyMap<string, ServiceRecord>,
  isBelieved: boolean,
): KeptFields {
  const kept = new Map<string, Kept>();
  const changed = new Set<string>();
  const pathOf = (service: string): string => join(root, FOLDER, `${service}.fields.json`);

  function open(service: string): Kept {
    let found = kept.get(service);
    if (found === undefined) {
      const of = hashOf(
        JSON.stringify([generator, Object.entries(records.get(service)?.sources ?? {}).sort()]),
      );
      const before = isBelieved ? read(pathOf(service)) : undefined;
      found = before?.of === of ? before : { of, answers: Object.create(null) };
      kept.set(service, found);
    }
    return found;
  }

  return {
    get(service, question) {
      const { answers } = open(service);
      return Object.hasOwn(answers, question) ? answers[question] : undefined;
    },
    set(service, question, answer) {
      open(service).answers[question] = answer;
      changed.add(service);
    },
    save() {
      try {
        if (changed.size > 0) mkdirSync(join(root, FOLDER), { recursive: true });
        for (const service of changed)
          writeFileSync(pathOf(service), `${JSON.stringify(kept.get(service))}\n`);
      } catch {
        // Read-only.
      }
    },
  };
}

function read(path: string): Kept | undefined {
  try {
    const value = JSON.parse(readFileSync(path, "utf8")) as Partial<Kept> | null;
    const { of, answers } = value ?? {};
    const isKept = typeof of === "string" && typeof answers === "object" && answers !== null;
    return isKept ? { of, answers } : undefined;
  } catch {
    return undefined;
  }
}
