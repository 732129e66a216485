/** What to say when an address cannot be listened on. */

/** What Node.js says of it. */
interface ListenError extends NodeJS.ErrnoException {
  readonly address?: string;
  readonly port?: number;
}

/** Anything else is told as it is. */
const LISTEN_FAULTS: Readonly<Record<string, (host: string, port: number) => string>> = {
  EADDRINUSE: (host, port) =>
    `port ${port} of ${host} is taken: stop what listens there, or choose another, for example PORT=${port < 65_535 ? port + 1 : port - 1}`,
  EACCES: (_, port) =>
    `port ${port} needs privileges: choose one from 1024 on, for example PORT=8080`,
  EADDRNOTAVAIL: (host) =>
    `${host} is not an address of this machine: choose one of its own, or all of them with HOST=0.0.0.0`,
};

/** One line. */
export function describeListenError(error: unknown): string {
  const { code = "", message, ...where } = error as ListenError;
  const { address = "the host", port = 0 } = where;
  const told = Object.hasOwn(LISTEN_FAULTS, code) ? LISTEN_FAULTS[code] : undefined;
  return told?.(address, port) ?? `cannot listen: ${message}`;
}
