/** The child of `heddle dev` that type-checks a project once and tells its parent what it found. */
import { constants, setPriority } from "node:os";
import { checkTypes } from "../check/check-types.ts";

const [, , root = ""] = process.argv;

// Requests and the next reload go first.
try {
  setPriority(constants.priority.PRIORITY_BELOW_NORMAL);
} catch {
  // Where that is not allowed, it runs as everything else does.
}
process.send?.(await checkTypes(root), () => process.disconnect());
