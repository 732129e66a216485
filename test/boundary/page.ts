/** The table as `docs/boundary.md` has it. */
import { answerFraming } from "./answers-framing.ts";
import { answerHeads } from "./answers-head.ts";
import { fields } from "./requests-fields.ts";
import { framing } from "./requests-framing.ts";
import { heads } from "./requests-head.ts";
import { targets } from "./requests-target.ts";
import type { AnswerCase, AnswerVerdict, RequestCase, Verdict } from "./table.ts";

export const REQUESTS: Readonly<Record<string, readonly RequestCase[]>> = {
  "Requests: where they end": framing,
  "Requests: lines, names, values": heads,
  "Requests: targets and hosts": targets,
  "Requests: fields": fields,
};

export const ANSWERS: Readonly<Record<string, readonly AnswerCase[]>> = {
  "Answers: where they end": answerFraming,
  "Answers: lines, names, values": answerHeads,
};

/** Headings and tables, in the order above. */
export function tablesOfBoundary(): string {
  const requests = Object.entries(REQUESTS).map(([heading, cases]) =>
    section(
      heading,
      "request",
      cases.map(({ name, clause, verdicts, old }) => [
        name,
        clause,
        tellAll(verdicts, tellVerdict) + tellOld(old),
      ]),
    ),
  );
  const answers = Object.entries(ANSWERS).map(([heading, cases]) =>
    section(
      heading,
      "answer",
      cases.map(({ name, clause, verdicts }) => [name, clause, tellAll(verdicts, tellAnswer)]),
    ),
  );
  return [...requests, ...answers].join("\n");
}

function section(heading: string, what: string, rows: readonly (readonly string[])[]): string {
  const lines = rows.map((cells) => `| ${cells.map(escapeCell).join(" | ")} |\n`);
  return `### ${heading}\n\n| ${what} | clause | what becomes of it |\n|---|---|---|\n${lines.join("")}`;
}

const escapeCell = (text: string): string => text.replace(/[|<]/g, "\\$&");

/** Where the parsers of Node.js differ, each outcome once. */
function tellAll<One>(verdicts: readonly One[], tell: (verdict: One) => string): string {
  return [...new Set(verdicts.map(tell))].join(", or ");
}

function tellOld(old: Verdict | undefined): string {
  return old === undefined ? "" : `; ${tellVerdict(old)} before Node.js 20.19.2`;
}

function tellVerdict(verdict: Verdict): string {
  switch (verdict.kind) {
    case "refused":
      return verdict.connection === "closes" ? `${verdict.status}, closed` : String(verdict.status);
    case "answered":
      return `answered here, ${verdict.status}`;
    case "cut":
      return `${verdict.status}, cut off on its way, closed`;
    case "forwarded": {
      const [first, ...more] = verdict.saw;
      const own =
        first?.fields.length === 0 ? "" : `, with ${first?.fields.map(tellField).join(", ")}`;
      const line = first?.line.replace(/ HTTP\/1\.1$/, "") ?? "";
      const rest = more.length === 0 ? "" : `, and ${more.length} more`;
      return `goes on: ${tellCode(line)}${own}${tellFraming(first?.framing)}${rest}`;
    }
  }
}

function tellFraming(framing: string | undefined): string {
  return framing === undefined || framing === "" ? "" : `, ${tellCode(framing)}`;
}

const tellField = (field: string): string => tellCode(field.replace(/[^\x20-\x7e]/g, "?"));
const tellCode = (text: string): string =>
  text.includes("`") ? `\`\` ${text} \`\`` : `\`${text}\``;

function tellAnswer(verdict: AnswerVerdict): string {
  switch (verdict.kind) {
    case "problem":
      return `${verdict.status} problem`;
    case "nothing":
      return "the connection breaks off";
    case "relayed": {
      const [line = "", ...own] = verdict.head;
      const status = line.split(" ")[1];
      const told = own.length === 0 ? "" : `, with ${own.map(tellField).join(", ")}`;
      const ends = {
        complete: "",
        aborted: ", and breaks off",
        closed: ", and the connection ends",
      };
      return `goes on: ${status}${told}${ends[verdict.end]}`;
    }
  }
}
