/** When composers' answers are compressed: `server.compression`. */
import type { Coding } from "../http/content-coding.ts";
import { parseSize, type Size } from "./size.ts";

/** `true`: with the defaults; `false`: only where a composer says so. */
export type CompressionConfig =
  | boolean
  | {
      /** Shorter bodies are sent as they are. Default: `"1kb"`. */
      readonly min?: Size;
      /** In order of preference. Default: `["br", "gzip"]`. */
      readonly codings?: readonly Coding[];
    };

/** {@link CompressionConfig}, compiled. */
export interface CompressionSettings {
  /** For composers that do not say. */
  readonly isOn: boolean;
  readonly minBytes: number;
  readonly codings: readonly Coding[];
}

/** What holds where the configuration does not say. */
export const COMPRESSION_DEFAULTS: { min: Size; codings: readonly Coding[] } = {
  min: "1kb",
  codings: ["br", "gzip"],
};

export function compileCompression(config: CompressionConfig = false): CompressionSettings {
  const { min, codings } = {
    ...COMPRESSION_DEFAULTS,
    ...(typeof config === "boolean" ? {} : config),
  };
  return Object.freeze({ isOn: config !== false, minBytes: parseSize(min), codings });
}
