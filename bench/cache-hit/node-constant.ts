/** The floor: `node:http` alone. */
import { createServer } from "node:http";
import { candidate } from "../requests/candidate.ts";
import { ANSWER } from "./body.ts";

const text = JSON.stringify(ANSWER);
const length = Buffer.byteLength(text);
await candidate(
  createServer((_request, response) => {
    response.writeHead(200, { "content-type": "application/json", "content-length": length });
    response.end(text);
  }),
);
