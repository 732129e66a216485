/** The child of `heddle start`: runs a built server and tells its parent when it listens. */
import { pathToFileURL } from "node:url";

const [, , file = ""] = process.argv;

// The parent is gone without having said goodbye: nobody is left to stop this process.
process.on("disconnect", () => process.kill(process.pid, "SIGTERM"));
// A built server waits until it listens (`await serve(...)`), and ends the process when it cannot.
await import(pathToFileURL(file).href);
process.send?.("listening");
process.channel?.unref();
