/** The connections to one target, whatever is spoken on them. */
import type { Dispatcher } from "undici";

/** What a pool of undici's is, as far as it is used here. */
export interface Wire {
  /** Sends one request; the handler is told how it goes, and a failure too. */
  dispatch(options: Dispatcher.DispatchOptions, handler: Dispatcher.DispatchHandler): boolean;
  /** Takes no more requests, waits for those under way, and closes every connection. */
  close(): Promise<void>;
  /** Ends every request and connection, those that are being closed as well. */
  destroy(): unknown;
  readonly stats: { readonly running: number; readonly queued: number };
}
