/** The requests in flight of all planes: those of the one in force, and of those that end their last requests. */
import { createInFlight, type InFlight } from "../server/in-flight.ts";

/** All of them together. */
export interface AllInFlight extends Pick<InFlight, "size" | "all" | "drain" | "drained"> {
  /** Those of one more plane, counted until {@link AllInFlight.forget}. */
  begin(): InFlight;
  forget(inFlight: InFlight): void;
}

export function createAllInFlight(): AllInFlight {
  const planes = new Set<InFlight>();
  const size = (): number => {
    let sum = 0;
    for (const plane of planes) sum += plane.size;
    return sum;
  };
  return {
    get size() {
      return size();
    },
    all: () => [...planes].flatMap((plane) => plane.all()),
    drain() {
      for (const plane of planes) plane.drain();
    },
    async drained() {
      while (size() > 0) await Promise.all([...planes].map((plane) => plane.drained()));
    },
    begin() {
      const plane = createInFlight();
      planes.add(plane);
      return plane;
    },
    forget: (plane) => void planes.delete(plane),
  };
}
