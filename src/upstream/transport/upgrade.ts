/** An attempt whose answer may be another protocol on the connection; any other answer is one like all. */
import type { Duplex } from "node:stream";
import type { Dispatcher } from "undici";
import type { AnswerHeaders } from "../../core/operation.ts";
import { KeptStream } from "../cache/kept-stream.ts";
import type { Upgrade, UpstreamAnswer, UpstreamCall } from "../send.ts";
import { failure } from "./failures.ts";
import { StreamAttempt } from "./stream.ts";

const NOTHING = new KeptStream(Buffer.alloc(0));

export class UpgradeAttempt extends StreamAttempt {
  readonly #upgrade: Upgrade;

  constructor(
    call: UpstreamCall,
    upgrade: Upgrade,
    resolve: (answer: UpstreamAnswer) => void,
    reject: (error: unknown) => void,
  ) {
    super(call, resolve, reject);
    this.#upgrade = upgrade;
  }

  onRequestUpgrade(
    _controller: Dispatcher.DispatchController,
    status: number,
    headers: AnswerHeaders,
    socket: Duplex,
  ): void {
    // Until somebody takes it over: without a listener an error would end the process.
    socket.on("error", () => socket.destroy());
    const fault = this.#upgrade.fault(headers);
    if (fault === undefined && !this.over) this.seat?.answered(status);
    if (!this.finish()) {
      socket.destroy();
      return;
    }
    if (fault === undefined) {
      this.resolve({ status, headers, body: NOTHING, socket });
      return;
    }
    socket.destroy();
    this.failed(failure(this.call, "service-contract", fault));
  }

  override onResponseStart(
    controller: Dispatcher.DispatchController,
    status: number,
    headers: AnswerHeaders,
  ): void {
    // RFC 9110 §15.2.2: without an Upgrade field it says nothing, and undici waits for another answer.
    if (status === 101) {
      const detail = "the service changed the protocol without saying to which";
      this.fail(failure(this.call, "service-contract", detail));
      return;
    }
    super.onResponseStart(controller, status, headers);
  }
}
