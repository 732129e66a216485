/** Collects what there is to say about a document; places are worked out only once, at the end. */
import { DIAGNOSTICS, type Diagnostic, type DiagnosticCode } from "../diagnostics.ts";
import type { SourcePosition } from "../model.ts";
import { escapeSegment } from "../read/pointer.ts";
import type { SourceFile } from "../read/source-file.ts";

/** A place in a file: by pointer or, where nobody has one at hand, by an object of the file and a key in it. */
export interface Place {
  readonly file: SourceFile;
  readonly pointer?: string;
  readonly node?: object;
  readonly key?: string | number;
}

export interface Remark {
  readonly code: DiagnosticCode;
  readonly place: Place;
  readonly message: string;
  readonly cure: string;
  /** `METHOD /path` */
  readonly operation?: string;
}

export interface Report {
  add(remark: Remark): void;
  /** Everything added, each thing once, in order. */
  diagnostics(): Diagnostic[];
}

/** Thrown inside an operation that cannot be generated: it is left out, and nothing else is. */
export class LeftOut extends Error {
  override readonly name = "LeftOut";
  readonly remark: Remark;

  constructor(remark: Remark) {
    super(remark.message);
    this.remark = remark;
  }
}

export function createReport(service: string): Report {
  const remarks: Remark[] = [];
  return {
    add: (remark) => remarks.push(remark),
    diagnostics() {
      const places = locateAll(remarks.map(({ place }) => place));
      const seen = new Set<string>();
      const diagnostics: Diagnostic[] = [];
      for (const [index, { code, message, cure, operation }] of remarks.entries()) {
        const at = places[index];
        if (at === undefined) continue;
        const identity = JSON.stringify([code, at.file, at.pointer, message, operation]);
        if (seen.has(identity)) continue;
        seen.add(identity);
        const { severity } = DIAGNOSTICS[code];
        const base = { code, severity, message, cure, service, at };
        diagnostics.push(operation === undefined ? base : { ...base, operation });
      }
      return diagnostics;
    },
  };
}

/** The positions of many places, with one pass over each file. */
export function locateAll(places: readonly Place[]): SourcePosition[] {
  const byFile = new Map<SourceFile, string[]>();
  const pointers = places.map(pointerOf);
  for (const [index, { file }] of places.entries()) {
    const list = byFile.get(file);
    if (list === undefined) byFile.set(file, [pointers[index] ?? ""]);
    else list.push(pointers[index] ?? "");
  }
  const found = new Map([...byFile].map(([file, list]) => [file, file.locate(list).values()]));
  return places.map(({ file }, index) => {
    const next = found.get(file)?.next();
    return next?.done === false
      ? next.value
      : { file: file.name, line: 1, column: 1, pointer: pointers[index] ?? "" };
  });
}

/** The pointer of a place, in its file. */
export function pointerOf({ file, pointer, node, key }: Place): string {
  const base = pointer ?? (node === undefined ? undefined : file.pointerOf(node)) ?? "";
  return key === undefined ? base : `${base}/${escapeSegment(String(key))}`;
}
