/** Logs an error that a client is told of, where it is the gateway's or a service's: a client's mistake is in the access log. */
import { type GatewayError, UpstreamError } from "../core/errors.ts";
import type { Inbound } from "./inbound.ts";

/** Says where the error came from, which the client is not told. */
export function reportProblem(inbound: Inbound, error: GatewayError): void {
  if (error.status < 500 && !(error instanceof UpstreamError)) return;
  const { service, operation } = error.details;
  const fields = { code: error.code, service, operation, err: error.cause ?? error };
  if (error.code === "internal") inbound.log.error(fields, "the gateway failed");
  else inbound.log.warn(fields, error.message);
}
