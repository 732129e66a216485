/** The members of `services`, of clients and of operations. */
import { type ClientAtom, setOf, type Value } from "./value.ts";

/** A service, or one of its operations. */
export function clientOf(service: string, operation?: string): Value {
  const key = `client:${service}.${operation ?? ""}`;
  if (operation === undefined) return setOf({ kind: "client", key, service });
  if (operation === "client") return setOf({ kind: "client", key, service, form: "path" });
  return setOf({ kind: "client", key, service, operation });
}

export function memberOfClient(client: ClientAtom, name: string): Value {
  const { service, operation, form } = client;
  if (service === undefined) return clientOf(name);
  if (form === "path") {
    const key = `${client.key}.${name}`;
    return setOf({ ...client, key, method: name });
  }
  if (operation === undefined) return clientOf(service, name);
  if (name === "result" || name === "stream")
    return setOf({ ...client, key: `${client.key}.${name}`, form: name });
  return setOf(client);
}
