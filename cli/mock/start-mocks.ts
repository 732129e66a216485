/** Mocks of several services, each with an address of its own. */
import type { ServiceModel } from "../gen/model.ts";
import { createMock, type Mock, type MockOptions } from "./create-mock.ts";

export interface StartMocksOptions extends MockOptions {
  /** Default 127.0.0.1. */
  readonly host?: string;
  /** By service name. Default: any free port. */
  readonly ports?: Readonly<Record<string, number>>;
}

export interface RunningMocks {
  /** By service name, without a slash at the end. */
  readonly urls: Readonly<Record<string, string>>;
  close(): Promise<void>;
}

/**
 * @throws the error of `listen` (`EADDRINUSE` and the like), when the mocks that were up are closed again.
 */
export async function startMocks(
  models: readonly ServiceModel[],
  options: StartMocksOptions = {},
): Promise<RunningMocks> {
  const { host, ports = {}, ...mockOptions } = options;
  const mocks: Mock[] = models.map((model) => createMock(model, mockOptions));
  const close = async (): Promise<void> => {
    await Promise.all(mocks.map((mock) => mock.close()));
  };
  try {
    const started = await Promise.all(
      mocks.map(async (mock): Promise<[string, string]> => {
        const port = Object.hasOwn(ports, mock.service) ? ports[mock.service] : undefined;
        const { url } = await mock.listen({
          ...(port === undefined ? {} : { port }),
          ...(host === undefined ? {} : { host }),
        });
        return [mock.service, url];
      }),
    );
    return { urls: Object.fromEntries(started), close };
  } catch (error) {
    await close();
    throw error;
  }
}
