/** What the sockets of this machine hold, of the system's own memory: beyond a mark it makes all of them wait. */
import { readFileSync } from "node:fs";

const PAGE = 4_096;

/** Megabytes held, and the mark (`tcp_mem` of Linux); undefined where the system does not tell. */
export function socketMemory(): { readonly held: number; readonly mark: number } | undefined {
  try {
    const pages = /^TCP:.* mem (\d+)/m.exec(readFileSync("/proc/net/sockstat", "latin1"))?.[1];
    const mark = readFileSync("/proc/sys/net/ipv4/tcp_mem", "latin1").split(/\s+/)[1];
    const inMegabytes = (count: string | undefined): number => (Number(count) * PAGE) / 1_048_576;
    return { held: inMegabytes(pages), mark: inMegabytes(mark) };
  } catch {
    return undefined;
  }
}
