import type { Micros } from '../base/time.ts';
import type { Flow } from '../stream/flow.ts';
import type { Exchange } from './exchange.ts';
import { DELIVERY_PATIENCE, MAX_UNCONFIRMED_ANSWERS } from './limits.ts';

/**
 * Answers that are held until their receiver has acknowledged their first bytes, since it matters whether they arrived:
 * those whose body somebody wants. One that nobody acknowledges for too long was not delivered.
 */
export class UnconfirmedAnswers {
  readonly #emit: (exchange: Exchange) => void;
  /** Of each connection in the order of their sequence numbers; connections in the order in which they began to wait. */
  readonly #held = new Map<Flow, Exchange[]>();
  #size = 0;

  constructor(emit: (exchange: Exchange) => void) {
    this.#emit = emit;
  }

  get isEmpty(): boolean {
    return this.#held.size === 0;
  }

  /** Where too many wait, the oldest counts as delivered: that it was not has not been shown. */
  hold(flow: Flow, exchange: Exchange): void {
    if (this.#size === MAX_UNCONFIRMED_ANSWERS) this.#letGoOldest();
    this.#size++;
    const held = this.#held.get(flow);
    if (held) held.push(exchange);
    else this.#held.set(flow, [exchange]);
  }

  tick(time: Micros): void {
    for (const flow of this.#held.keys()) this.confirm(flow, time);
  }

  /** Hands on what has been acknowledged by now, or has not been for too long. */
  confirm(flow: Flow, time: Micros): void {
    const held = this.#held.get(flow);
    if (!held) return;
    // What acknowledges one acknowledges those before it: the first that must wait ends the search.
    while (held.length > 0 && this.#decide(flow, held[0], time)) {
      held.shift();
      this.#size--;
    }
    if (held.length === 0) this.#held.delete(flow);
  }

  /** The connection has ended. @param isKnown false where the acknowledgment may have come after the capture */
  end(flow: Flow, isKnown: boolean): void {
    this.confirm(flow, isKnown ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY);
    const held = this.#held.get(flow) ?? [];
    for (const exchange of held) this.#emit(exchange);
    this.#size -= held.length;
    this.#held.delete(flow);
  }

  #letGoOldest(): void {
    for (const [flow, held] of this.#held) {
      const oldest = held.shift();
      if (held.length === 0) this.#held.delete(flow);
      if (oldest === undefined) continue;
      this.#size--;
      this.#emit(oldest);
      return;
    }
  }

  #decide(flow: Flow, exchange: Exchange, time: Micros): boolean {
    const isDelivered = isAcknowledged(flow, exchange);
    if (!isDelivered && time - (exchange.response?.endTime ?? 0) <= DELIVERY_PATIENCE) return false;
    if (!isDelivered) exchange.ending = 'undelivered';
    this.#emit(exchange);
    return true;
  }
}

/** Whether the client has acknowledged bytes of the answer; true as well where its packets were never seen. */
export function isAcknowledged(flow: Flow, { answerSide, answerSequence }: Exchange): boolean {
  const half = answerSide === 0 ? flow.half0 : flow.half1;
  return half === null || !half.ackSeen || ((half.acknowledged - answerSequence) | 0) > 0;
}
