/** The live file: a JSON Merge Patch over the configuration that was built in, read while the gateway runs. */
import { readFileSync } from "node:fs";
import type { GatewayConfig } from "../config/gateway-config.ts";
import { mergePatch } from "../config/merge-patch.ts";
import { ConfigError, type ConfigProblem } from "../config/problems.ts";
import { findJsonFault } from "../http/json-fault.ts";

export interface LiveFile {
  readonly path: string;
  /** What the file says now. @throws ConfigError when it cannot be read or is no object. */
  read(): LiveText;
}

export interface LiveText {
  readonly text: string;
  readonly config: GatewayConfig;
}

/** @param built the configuration that the file is put over. */
export function createLiveFile(path: string, built: GatewayConfig): LiveFile {
  return {
    path,
    read() {
      const text = textOf(path);
      return { text, config: mergePatch(built, parse(path, text)) as GatewayConfig };
    },
  };
}

/** RFC 8259 §8.1: a byte order mark may be passed over. */
function textOf(path: string): string {
  try {
    return readFileSync(path, "utf8").replace(/^\uFEFF/, "");
  } catch (error) {
    throw refusal({
      path,
      message: `cannot be read: ${(error as NodeJS.ErrnoException).code ?? String(error)}`,
      cure: "put the file there and let this user read it, or unset HEDDLE_CONFIG",
    });
  }
}

function parse(path: string, text: string): object {
  const cure = 'write a JSON object of what differs: { "server": { "logLevel": "debug" } }';
  if (text.trim() === "") throw refusal({ path, message: "is empty", cure: `${cure}, or {}` });
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    const { line, column } = findJsonFault(text);
    const message = "is not valid JSON from there on";
    throw refusal({ path: `${path}:${line}:${column}`, message, cure: "mend the file" });
  }
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value;
  throw refusal({ path, message: "is no object", cure });
}

function refusal(problem: ConfigProblem): ConfigError {
  return new ConfigError([problem]);
}
