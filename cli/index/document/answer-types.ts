/** What a composer answers with, by status: its own return type, taken apart. */
import type ts from "typescript";
import type { ComposerDeclaration } from "../composers-in.ts";
import type { ProjectProgram } from "../program.ts";

export interface AnswerType {
  /** Absent: known only when it runs. */
  readonly status?: number;
  /** The types of what is written; empty: no body. */
  readonly bodies: readonly ts.Type[];
}

/** By status; one that is not known stands last. Empty: the compiler cannot tell what the composer answers. */
export function answerTypes(
  project: ProjectProgram,
  { call }: ComposerDeclaration,
): readonly AnswerType[] {
  const { checker, ts } = project;
  const composer = checker.getTypeAtLocation(call);
  if (composer.symbol?.name !== "Composer") return [];
  const [, output] = checker.getTypeArguments(composer as ts.TypeReference);
  const awaited = output && checker.getAwaitedType(output);
  if (awaited === undefined) return [];
  const byStatus = new Map<number | undefined, ts.Type[]>();
  const add = (status: number | undefined, body: ts.Type | undefined): void => {
    const bodies = byStatus.get(status) ?? [];
    byStatus.set(status, bodies);
    if (body !== undefined) bodies.push(body);
  };
  for (const result of membersOf(awaited)) {
    const reply = replyOf(project, result);
    for (const body of reply === undefined ? [result] : membersOf(reply.body)) {
      const isNothing = (body.flags & (ts.TypeFlags.Undefined | ts.TypeFlags.Void)) !== 0;
      const statuses = reply?.statuses ?? [];
      for (const status of statuses.length === 0 ? [isNothing ? 204 : 200] : statuses)
        add(status, isNothing ? undefined : body);
    }
  }
  return [...byStatus]
    .sort(([one = Infinity], [other = Infinity]) => one - other)
    .map(([status, bodies]) => ({ ...(status === undefined ? {} : { status }), bodies }));
}

interface ReplyType {
  readonly body: ts.Type;
  /** Empty: none was said. */
  readonly statuses: readonly (number | undefined)[];
}

function replyOf({ checker, ts }: ProjectProgram, type: ts.Type): ReplyType | undefined {
  if (!isOurs(type) || !isReference(ts, type)) return undefined;
  const [body, status] = checker.getTypeArguments(type);
  if (body === undefined) return undefined;
  const said = status === undefined ? [] : membersOf(status);
  const statuses = said
    .filter(({ flags }) => (flags & ts.TypeFlags.Never) === 0)
    .map((one) => (one.isNumberLiteral() ? one.value : undefined));
  return { body, statuses };
}

/** The class of this package, not what somebody else calls so. */
function isOurs({ symbol }: ts.Type): boolean {
  const [declaration] = symbol?.declarations ?? [];
  return (
    symbol?.name === "Reply" &&
    declaration !== undefined &&
    /\/compose\/reply\.(?:d\.)?ts$/.test(declaration.getSourceFile().fileName)
  );
}

function isReference(typescript: ProjectProgram["ts"], type: ts.Type): type is ts.TypeReference {
  const { Object: IsObject } = typescript.TypeFlags;
  const { objectFlags } = type as ts.ObjectType;
  return (type.flags & IsObject) !== 0 && (objectFlags & typescript.ObjectFlags.Reference) !== 0;
}

/** `void` is a type of its own, `boolean` is one here. */
function membersOf(type: ts.Type): readonly ts.Type[] {
  return type.isUnion() ? type.types : [type];
}
