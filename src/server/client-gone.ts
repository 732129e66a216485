/** Why a request ends when its client leaves: nobody's error, and nobody is left to be told. */

export class ClientGone extends Error {
  override readonly name = "ClientGone";

  constructor() {
    super("the client left before its answer was complete");
  }
}

/** What logs and metrics say of such a request (nginx's word for it; never sent). */
export const CLIENT_GONE_STATUS = 499;
