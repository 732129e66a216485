/** The mocks beside `heddle dev`: one a service, changed in place where its document has changed. */
import { CommandError } from "../command-error.ts";
import type { ServiceModel } from "../gen/model.ts";
import type { Generated } from "../generate.ts";
import { suggestionOf } from "../print/suggest.ts";
import { createSwapServer, type Swappable, type SwapServer } from "./swap-server.ts";

/** Every service, some, or none. */
export type MockChoice = "all" | readonly string[];

export interface DevMocks {
  /** Service -> address. */
  readonly urls: Readonly<Record<string, string>>;
  /** The documents of the mocked services. */
  readonly models: readonly ServiceModel[];
  /** Reads the documents of these services again, starts mocks for services that are new, stops those that are gone. */
  refresh(generated: Generated, changed: readonly string[]): Promise<void>;
  close(): Promise<void>;
}

export interface DevMocksOptions {
  readonly root: string;
  readonly mock: MockChoice;
  readonly seed?: number | undefined;
}

/** @throws CommandError for a service that is not configured. */
export async function createDevMocks(
  first: Generated,
  options: DevMocksOptions,
): Promise<DevMocks> {
  const mocks = new Map<string, { readonly model: ServiceModel; readonly server: SwapServer }>();

  async function refresh(generated: Generated, changed: readonly string[]): Promise<void> {
    const names = chosenServices(generated, options.mock);
    for (const [name, { server }] of mocks) {
      if (names.includes(name)) continue;
      mocks.delete(name);
      await server.close();
    }
    for (const name of names) {
      const running = mocks.get(name)?.server;
      if (running !== undefined && !changed.includes(name)) continue;
      const { model, target } = await makeMock(generated, name, options);
      running?.swap(target);
      mocks.set(name, {
        model,
        server: running ?? (await createSwapServer(target, { host: "127.0.0.1", port: 0 })),
      });
    }
  }

  await refresh(first, []);
  return {
    get urls() {
      return Object.fromEntries([...mocks].map(([name, { server }]) => [name, server.url]));
    },
    get models() {
      return [...mocks.values()].map(({ model }) => model);
    },
    refresh,
    async close() {
      await Promise.all([...mocks.values()].map(({ server }) => server.close()));
    },
  };
}

async function makeMock(
  { configuration }: Generated,
  name: string,
  { root, seed }: DevMocksOptions,
): Promise<{ model: ServiceModel; target: Swappable }> {
  const { readService } = await import("../gen/read-service.ts");
  const { createMock } = await import("../mock/create-mock.ts");
  const source = configuration?.config.services[name]?.document ?? "";
  const { model } = await readService({ name, source, root });
  if (model === undefined) {
    throw new CommandError("document-invalid", `the document of ${name} cannot be mocked`, {
      cure: "heddle gen tells why",
    });
  }
  const mock = createMock(model, seed === undefined ? {} : { seed });
  return { model, target: { handler: mock.callback(), dispose: () => mock.close() } };
}

/** The services to mock, of those that are configured and in their order. */
function chosenServices({ report }: Generated, mock: MockChoice): readonly string[] {
  const configured = report.services.map(({ name }) => name);
  if (mock === "all") return configured;
  const unknown = mock.find((name) => !configured.includes(name));
  if (unknown === undefined) return configured.filter((name) => mock.includes(name));
  throw new CommandError("unknown-service", `there is no service "${unknown}" to mock`, {
    cure: suggestionOf(unknown, configured, `configured are ${configured.join(", ") || "none"}`),
  });
}
