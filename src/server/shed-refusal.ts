/** The answer to a request that there is no room for: made once, but for the request's id. */
import type { ServerResponse } from "node:http";
import { problem } from "../core/errors.ts";
import { PROBLEM_TYPE, problemDocument } from "./problem-document.ts";

const OVERLOADED = problem("overloaded", { detail: "try again in a moment" });
const RETRY_AFTER_SECONDS = 1;
/** Stands for the id; no other part of the document has it. */
const ID = "\0";

/** @param closes the connection takes no more requests. */
export type Refusal = (res: ServerResponse, id: string, closes: boolean) => void;

/** Makes what writes them, in one go each. */
export function createRefusal(): Refusal {
  const [before = "", after = ""] = JSON.stringify(problemDocument(OVERLOADED, ID)).split(
    JSON.stringify(ID).slice(1, -1),
  );
  return function refuse(res, id, closes) {
    // An id is ASCII without anything that JSON escapes.
    const body = before + id + after;
    const fields: (string | number)[] = [
      "X-Request-Id",
      id,
      "Retry-After",
      RETRY_AFTER_SECONDS,
      "Content-Type",
      PROBLEM_TYPE,
      "Cache-Control",
      "no-store",
      "X-Content-Type-Options",
      "nosniff",
      "Content-Length",
      body.length,
    ];
    if (closes) fields.push("Connection", "close");
    res.writeHead(OVERLOADED.status, fields as string[]);
    if (res.req.method === "HEAD") res.end();
    else res.end(body, "latin1");
  };
}
