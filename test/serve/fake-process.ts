/** A process that only remembers. */
import { EventEmitter } from "node:events";
import { signal } from "../server/support.ts";

export class FakeProcess extends EventEmitter {
  told = "";
  readonly codes: number[] = [];
  readonly exited = signal();
  readonly stderr = {
    write: (text: string): void => {
      this.told += text;
    },
  };

  exit(code: number): void {
    this.codes.push(code);
    this.exited.happen();
  }
}
