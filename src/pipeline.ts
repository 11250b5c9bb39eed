import { AnomalyCounter } from './base/anomaly.ts';
import type { Micros } from './base/time.ts';
import { newPacket } from './capture/new-packet.ts';
import type { PacketSource } from './capture/packet.ts';
import { Decoder } from './decode/decoder.ts';
import { newSegment } from './decode/new-segment.ts';
import { TCP } from './decode/segment.ts';
import { HttpDecoder } from './http/decoder.ts';
import type { Transaction } from './http/transaction.ts';
import { metadataBodyPolicy } from './metadata/body-policy.ts';
import { TcpReassembler } from './stream/tcp.ts';

/** Packet time between two ticks. */
const TICK_INTERVAL: Micros = 1e6;

/** Packets may come this much out of order; what is earlier still means that a clock was set back. */
const MAX_STEP_BACK: Micros = 10e6;

export interface PipelineOptions {
  readonly onTransaction: (transaction: Transaction) => void;
  /** Ports on which HTTP is expected; 80 and 443 where absent. */
  readonly ports?: readonly number[];
  /** Look for HTTP on every port. */
  readonly anyPort?: boolean;
}

/** What has passed through, for progress and summary. */
export interface Traffic {
  packets: number;
  /** Captured bytes of these packets. */
  bytes: number;
  tcpSegments: number;
  udpDatagrams: number;
  transactions: number;
  /** Earliest and latest packet time; null before the first packet. */
  firstTime: Micros | null;
  lastTime: Micros | null;
}

/** Joins the stages from packets to transactions. */
export class Pipeline {
  readonly anomalies: AnomalyCounter;
  readonly traffic: Traffic = {
    packets: 0,
    bytes: 0,
    tcpSegments: 0,
    udpDatagrams: 0,
    transactions: 0,
    firstTime: null,
    lastTime: null,
  };
  readonly decoder: Decoder;
  readonly #http: HttpDecoder;
  readonly #tcp: TcpReassembler;

  constructor(options: PipelineOptions, anomalies = new AnomalyCounter()) {
    this.anomalies = anomalies;
    this.decoder = new Decoder({ anomalies });
    this.#http = new HttpDecoder({
      anomalies,
      policy: metadataBodyPolicy,
      ...(options.ports && { ports: options.ports }),
      anyPort: options.anyPort ?? false,
      onTransaction: (transaction) => {
        this.traffic.transactions++;
        options.onTransaction(transaction);
      },
    });
    this.#tcp = new TcpReassembler({ anomalies, open: this.#http.open });
  }

  /**
   * Takes all packets of the source and closes it.
   * @param onProgress called each time that the source has handed out what it had in memory
   */
  async run(source: PacketSource, onProgress?: () => void): Promise<void> {
    try {
      do {
        this.#takePackets(source);
        onProgress?.();
      } while (await source.fill());
      this.decoder.end();
      this.#tcp.finish();
    } finally {
      await source.close();
    }
  }

  #takePackets(source: PacketSource): void {
    const packet = this.#packet;
    const segment = this.#segment;
    const traffic = this.traffic;
    while (source.next(packet)) {
      traffic.packets++;
      traffic.bytes += packet.length;
      if (packet.time >= this.#nextTick || packet.time < this.#nextTick - MAX_STEP_BACK || traffic.firstTime === null)
        this.#tick(packet.time);
      if (!this.decoder.decode(packet, segment)) continue;
      if (segment.protocol !== TCP) {
        traffic.udpDatagrams++;
        continue;
      }
      traffic.tcpSegments++;
      if (this.#http.wants(segment.sourcePort, segment.destinationPort)) this.#tcp.segment(segment);
    }
    if (traffic.firstTime !== null) this.#noteTime(packet.time);
  }

  #noteTime(time: Micros): void {
    this.traffic.firstTime = Math.min(this.traffic.firstTime ?? time, time);
    this.traffic.lastTime = Math.max(this.traffic.lastTime ?? time, time);
  }

  readonly #packet = newPacket();
  readonly #segment = newSegment();
  #nextTick: Micros = 0;

  #tick(time: Micros): void {
    this.#nextTick = time + TICK_INTERVAL;
    this.#noteTime(time);
    this.#tcp.tick(time);
    this.#http.tick(time);
  }
}
