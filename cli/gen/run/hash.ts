/** SHA-256 of texts and files. */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";

/** In hexadecimal. */
export function hashOf(content: string | Uint8Array): string {
  return createHash("sha256").update(content).digest("hex");
}

/** Nothing where there is no such file, or it cannot be read. */
export function hashOfFile(path: string): string | undefined {
  try {
    return hashOf(readFileSync(path));
  } catch {
    return undefined;
  }
}
