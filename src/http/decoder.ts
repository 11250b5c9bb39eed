import type { AnomalyCounter } from '../base/anomaly.ts';
import type { Micros } from '../base/time.ts';
import type { Flow, Side, StreamConsumer } from '../stream/flow.ts';
import { type ConnectionContext, HttpConnection } from './connection.ts';
import { type Exchange, WaitingList } from './exchange.ts';
import { HTTP_LIMITS, type HttpLimits } from './limits.ts';
import { MemoryBudget } from './memory-budget.ts';
import type { BodyPolicy, Transaction } from './transaction.ts';
import { UnconfirmedAnswers } from './unconfirmed-answers.ts';

/** Ports on which HTTP is expected: those that the public rule's set-up asks for. */
const DEFAULT_PORTS: readonly number[] = [80, 443];

export interface HttpDecoderOptions {
  readonly anomalies: AnomalyCounter;
  readonly onTransaction: (transaction: Transaction) => void;
  readonly policy: BodyPolicy;
  readonly ports?: readonly number[];
  /** Look for request lines on every other port as well. */
  readonly anyPort?: boolean;
  readonly limits?: Partial<HttpLimits>;
}

/** HTTP of all connections: from TCP streams to transactions. */
export class HttpDecoder {
  /** Indexed by port: 1 where HTTP is expected. */
  readonly #ports = new Uint8Array(65_536);
  readonly #anyPort: boolean;
  readonly #responseTimeout: Micros;
  readonly #waiting = new WaitingList();
  readonly #context: ConnectionContext;

  constructor(options: HttpDecoderOptions) {
    for (const port of options.ports ?? DEFAULT_PORTS) this.#ports[port] = 1;
    this.#anyPort = options.anyPort ?? false;
    const limits = { ...HTTP_LIMITS, ...options.limits };
    this.#responseTimeout = limits.responseTimeout;
    const { anomalies, onTransaction } = options;
    const emit = (exchange: Exchange) => {
      if (exchange.isEmitted) return;
      exchange.isEmitted = true;
      onTransaction(exchange);
    };
    this.#context = {
      limits,
      policy: options.policy,
      waiting: this.#waiting,
      memory: new MemoryBudget(limits.pendingBytes),
      answers: new UnconfirmedAnswers(emit),
      emit,
      count: (code) => anomalies.add(code),
    };
  }

  /** Whether a segment between these ports may be HTTP. */
  wants(sourcePort: number, destinationPort: number): boolean {
    return this.#anyPort || this.#ports[sourcePort] === 1 || this.#ports[destinationPort] === 1;
  }

  /** For a new TCP connection. */
  readonly open = (flow: Flow): StreamConsumer | null => {
    const isExpected0 = this.#ports[flow.port0] === 1;
    const isExpected1 = this.#ports[flow.port1] === 1;
    if (!this.#anyPort && !isExpected0 && !isExpected1) return null;
    return new HttpConnection(
      flow,
      clientOf(flow, isExpected0, isExpected1),
      isExpected0 || isExpected1,
      this.#context,
    );
  };

  /** Lets packet time pass: requests that have waited too long are handed on without a response. */
  tick(time: Micros): void {
    this.#context.answers.tick(time);
    let exchange = this.#waiting.first;
    while (exchange?.request && exchange.request.time + this.#responseTimeout <= time) {
      const following = exchange.next;
      if (!exchange.isRequestOpen && exchange.request.endTime + this.#responseTimeout <= time) {
        exchange.owner.giveUp(exchange, 'timeout');
      }
      exchange = following;
    }
  }
}

/** Who opened the connection asks; where that was not seen, who talks to the port on which HTTP is expected. */
function clientOf(flow: Flow, isExpected0: boolean, isExpected1: boolean): Side | null {
  if (flow.opener !== null) return flow.opener;
  if (isExpected0 === isExpected1) return null;
  return isExpected1 ? 0 : 1;
}
