/** What gauges show of the services' addresses. */
import type { EndpointFigures } from "../upstream/balance/endpoint.ts";
import type { Services } from "../upstream/services.ts";

export interface AddressCounts {
  readonly service: string;
  /** On probation as well. */
  readonly up: number;
  readonly ejected: number;
  readonly unhealthy: number;
  readonly inFlight: number;
}

/** The addresses among the states of services. */
export function* addressesOf(states: ReturnType<Services["state"]>): Generator<AddressCounts> {
  for (const [service, { addresses: figures = [] }] of Object.entries(states)) {
    const addresses = figures as readonly EndpointFigures[];
    const count = (wanted: EndpointFigures["state"]): number =>
      addresses.filter((each) => each.state === wanted).length;
    yield {
      service,
      up: count("up") + count("probation"),
      ejected: count("ejected"),
      unhealthy: count("unhealthy"),
      inFlight: addresses.reduce((sum, each) => sum + each.inFlight, 0),
    };
  }
}
