/** `heddle mock`: services that are not there, from their documents. */
import { type Duration, isDuration, parseDuration } from "../../src/core/duration.ts";
import { CommandError } from "../command-error.ts";
import type { ServiceModel } from "../gen/model.ts";
import { onInterrupt } from "../interrupt.ts";
import { FAULTS } from "../mock/prefer.ts";
import { type RunningMocks, type StartMocksOptions, startMocks } from "../mock/start-mocks.ts";
import { createProgress } from "../print/progress.ts";
import { suggestionOf } from "../print/suggest.ts";
import type { Terminal } from "../print/terminal.ts";

export interface MockCommandOptions {
  readonly root: string;
  readonly config?: string | undefined;
  /** Names of services; empty: all. */
  readonly services: readonly string[];
  /** Of the first service; the others follow. Default: any free ones. */
  readonly port?: number | undefined;
  readonly host?: string | undefined;
  readonly seed?: number | undefined;
  /** For example `200ms`. */
  readonly latency?: string | undefined;
  /** `RATE` or `RATE:KIND,KIND`. */
  readonly fault?: string | undefined;
}

export interface MockReport {
  /** Service -> address. */
  readonly mocks: Readonly<Record<string, string>>;
}

const KINDS = [...FAULTS, "error"] as const;

/** Starts the mocks; they go on until the process is told to stop. */
export async function runMocks(
  options: MockCommandOptions,
  terminal: Terminal,
): Promise<MockReport> {
  const settings = settingsOf(options);
  const models = await readModels(options, terminal);
  const ports = Object.fromEntries(
    models.map(({ name }, at) => [name, options.port ? options.port + at : 0]),
  );
  const running = await listen(models, {
    ...settings,
    ports,
    onRequest({ service, method, target, status, operation, errors = [] }) {
      const color = status >= 500 ? "red" : status >= 400 ? "yellow" : "green";
      const said =
        operation === undefined
          ? " (no such operation)"
          : errors.map(({ pointer, detail }) => ` (${pointer} ${detail})`).join("");
      terminal.say(
        `${service} ${method} ${target} ${terminal.paint(color, String(status))}${said}`,
      );
    },
  });
  onInterrupt(() => running.close());
  return { mocks: running.urls };
}

function settingsOf({ seed, latency, fault, host }: MockCommandOptions): StartMocksOptions {
  if (latency !== undefined && !isDuration(latency)) {
    throw new CommandError("invalid-argument", `"${latency}" is not a duration`, {
      cure: "write a number and a unit: --latency 200ms",
    });
  }
  return {
    ...(host === undefined ? {} : { host }),
    ...(seed === undefined ? {} : { seed }),
    ...(latency === undefined ? {} : { latencyMs: parseDuration(latency as Duration) }),
    ...(fault === undefined ? {} : { faults: parseFault(fault) }),
  };
}

/** `0.1` or `0.2:reset,slow`. */
function parseFault(text: string): NonNullable<StartMocksOptions["faults"]> {
  const [rateText = "", kindsText] = text.split(":");
  const rate = Number(rateText);
  if (rateText === "" || !(rate >= 0 && rate <= 1)) {
    throw new CommandError("invalid-argument", `"${text}" does not say how often`, {
      cure: "write a part of 1, and kinds behind a colon: --fault 0.1 or --fault 0.2:reset,slow",
    });
  }
  if (kindsText === undefined) return { rate };
  const kinds = kindsText.split(",").map((kind) => {
    const known = KINDS.find((name) => name === kind);
    if (known !== undefined) return known;
    throw new CommandError("invalid-argument", `there is no fault "${kind}"`, {
      cure: suggestionOf(kind, KINDS, `there are ${KINDS.join(", ")}`),
    });
  });
  return { rate, kinds };
}

async function readModels(
  { root, config: file, services }: MockCommandOptions,
  terminal: Terminal,
): Promise<ServiceModel[]> {
  const { loadConfig } = await import("../config/load-config.ts");
  const { readService } = await import("../gen/read-service.ts");
  const { config } = await loadConfig(root, file);
  const configured = Object.keys(config.services);
  const withDocument = configured.filter((name) => config.services[name]?.document !== undefined);
  const models: ServiceModel[] = [];
  const progress = createProgress(terminal);
  try {
    for (const name of services.length > 0 ? services : withDocument) {
      const service = config.services[name];
      if (service === undefined || !configured.includes(name)) {
        throw new CommandError("unknown-service", `there is no service "${name}"`, {
          cure: suggestionOf(name, configured, `configured are ${configured.join(", ") || "none"}`),
        });
      }
      const { document } = service;
      if (document === undefined) {
        throw new CommandError("invalid-argument", `${name} has no document to make a mock of`, {
          cure: `add \`document\` to services.${name}, or leave it out`,
        });
      }
      progress.step(`reading ${document}`);
      const { model } = await readService({ name, source: document, root });
      if (model !== undefined) models.push(model);
    }
  } finally {
    progress.done();
  }
  return models;
}

async function listen(
  models: readonly ServiceModel[],
  options: StartMocksOptions,
): Promise<RunningMocks> {
  try {
    return await startMocks(models, options);
  } catch (error) {
    const { code, port } = error as NodeJS.ErrnoException & { port?: number };
    if (code !== "EADDRINUSE") throw error;
    throw new CommandError("address-in-use", `port ${port} is taken`, {
      cure: "choose another first port with --port, or leave it out",
    });
  }
}
