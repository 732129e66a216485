/** Whether other threads of this process have something to do: what they pack or encrypt is on no list of Node's. */
import { readdirSync, readFileSync } from "node:fs";

const FOLDER = "/proc/self/task";

/** Known on Linux (proc(5)); elsewhere it is taken that they have not. A thread that waits for a processor is at work. */
export function areOthersAtWork(): boolean {
  try {
    return readdirSync(FOLDER).some((id) => Number(id) !== process.pid && isRunning(id));
  } catch {
    return false;
  }
}

/** The third field: behind the name, which may hold anything. */
function isRunning(id: string): boolean {
  try {
    const stat = readFileSync(`${FOLDER}/${id}/stat`, "latin1");
    // R: it runs, or would if it could; D: it waits for a disk.
    return /^[RD]/.test(stat.slice(stat.lastIndexOf(")") + 2));
  } catch {
    // It has ended.
    return false;
  }
}
