/** What `serve` uses of its process; handed in, so that tests need none of their own. */

export interface ServeProcess {
  on(event: "SIGTERM" | "SIGINT" | "SIGHUP", listener: () => void): unknown;
  on(event: "unhandledRejection", listener: (reason: unknown) => void): unknown;
  readonly stderr: { write(text: string): unknown };
  exit(code: number): void;
}

export const EXIT_FAILED = 1;
export const EXIT_INVALID = 4;
