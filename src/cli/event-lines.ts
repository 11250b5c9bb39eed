import { JsonBytes } from '../base/json-bytes.ts';
import { HttpEvent } from '../ecs/http-event.ts';
import type { Transaction } from '../http/transaction.ts';

const LINE_FEED = 0x0a;

/** Events as lines of JSON. */
export class EventLines {
  readonly #json = new JsonBytes(1 << 17);

  /** The lines of the events of transactions; good until it is called again. */
  of(transactions: readonly Transaction[]): Uint8Array {
    this.#json.clear();
    for (const transaction of transactions) {
      new HttpEvent(transaction).writeJson(this.#json);
      this.#json.byte(LINE_FEED);
    }
    return this.#json.content;
  }
}
