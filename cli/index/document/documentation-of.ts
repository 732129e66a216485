/** What a composer's sources say of it in words: its own comment, or that at the head of its file. */
import type ts from "typescript";
import type { ComposerDeclaration } from "../composers-in.ts";
import type { ProjectProgram } from "../program.ts";

export interface Documentation {
  readonly summary?: string;
  readonly description?: string;
}

/** The first sentence, without its full stop, and the whole where there is more. */
export function documentationOf(
  { ts }: ProjectProgram,
  { call }: ComposerDeclaration,
): Documentation {
  const source = call.getSourceFile();
  let statement: ts.Node = call;
  while (!ts.isSourceFile(statement.parent)) statement = statement.parent;
  const own = commentOf(ts, statement);
  const [first] = source.statements;
  const head = first === undefined || first === statement ? "" : commentOf(ts, first);
  const text = (own === "" ? head : own).trim();
  if (text === "") return {};
  const [sentence = text] = /^[^\n]*?[.!?](?=\s|$)/.exec(text.replaceAll("\n", " ")) ?? [];
  const summary = sentence.replace(/\.$/, "").trim();
  return { summary, ...(sentence.length === text.length ? {} : { description: text }) };
}

function commentOf(typescript: ProjectProgram["ts"], node: ts.Node): string {
  const [comment] = typescript.getJSDocCommentsAndTags(node).filter(typescript.isJSDoc);
  return typescript.getTextOfJSDocComment(comment?.comment) ?? "";
}
