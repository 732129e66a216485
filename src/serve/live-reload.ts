/** Reloads a gateway: on SIGHUP, and when its live file has changed. */
import type { GatewayConfig } from "../config/gateway-config.ts";
import { ConfigError } from "../config/problems.ts";
import type { Gateway } from "../gateway.ts";
import type { LiveFile } from "./live-file.ts";
import { watchPath } from "./watch-file.ts";

/** A file that cannot be read may be in the middle of being written: it is looked at once more after this. Milliseconds. */
const AGAIN_MS = 500;

export interface LiveReload {
  /** Reloads, whether anything has changed or not. */
  now(): void;
  close(): void;
}

export interface LiveReloadOptions {
  readonly gateway: Gateway;
  /** What was built in. */
  readonly built: GatewayConfig;
  readonly live: LiveFile | undefined;
  /** The text of the live file that is in force. */
  readonly text: string | undefined;
}

/** Begins to watch. */
export function createLiveReload({ gateway, built, live, text }: LiveReloadOptions): LiveReload {
  let known = text;
  let timer: NodeJS.Timeout | undefined;

  /** @param wanted a file that says the same is passed over. */
  function reload(wanted: "any" | "other"): void {
    clearTimeout(timer);
    try {
      const read = live?.read();
      if (wanted === "other" && read?.text === known) return;
      // Whether it is taken up or not: the same fault is told once.
      known = read?.text;
      gateway.reload(read?.config ?? built);
    } catch (error) {
      tell(error);
    }
  }

  function tell(error: unknown): void {
    const file = live === undefined ? {} : { file: live.path };
    if (error instanceof ConfigError) {
      const { problems } = error;
      gateway.log.error({ ...file, problems }, "not reloaded: the configuration is invalid");
    } else gateway.log.error({ ...file, err: error }, "not reloaded");
  }

  function look(): void {
    clearTimeout(timer);
    try {
      live?.read();
    } catch {
      timer = setTimeout(() => reload("other"), AGAIN_MS);
      return;
    }
    reload("other");
  }

  const watching = live && watchPath(live.path, look);
  return {
    now: () => reload("any"),
    close() {
      clearTimeout(timer);
      watching?.close();
    },
  };
}
