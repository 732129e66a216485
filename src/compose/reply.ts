/** An answer with a status and header fields of its own. */

/** Made by {@link reply}. `Status` is `never` where none was said. */
export class Reply<Body, Status extends number = number> {
  readonly body: Body;
  readonly status: Status | undefined;
  readonly headers: Readonly<Record<string, string>>;

  constructor(body: Body, status: Status | undefined, headers: Readonly<Record<string, string>>) {
    this.body = body;
    this.status = status;
    this.headers = headers;
  }
}

export interface ReplyOptions<Status extends number = number> {
  /** 200 to 599; default: 200, or 204 when the body is `undefined`. */
  readonly status?: Status;
  /** Header fields of the answer, for example `{ location: "/web/orders/o1" }`. */
  readonly headers?: Readonly<Record<string, string>>;
}

/**
 * Sets the status and header fields of a composer's answer: `return reply(order, { status: 201 })`.
 * @throws RangeError when the status is not an integer from 200 to 599.
 */
export function reply<Body, const Status extends number = never>(
  body: Body,
  options: ReplyOptions<Status> = {},
): Reply<Body, Status> {
  const { status, headers = {} } = options;
  if (status !== undefined && !(Number.isInteger(status) && status >= 200 && status <= 599)) {
    throw new RangeError(
      `${status} is not a status that a composer can answer with: use 200 to 599`,
    );
  }
  return new Reply(body, status, headers);
}
