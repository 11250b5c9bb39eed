import type { AnomalyCode } from '../base/anomaly.ts';
import type { DocumentReader, FieldValue } from '../base/field.ts';
import { sha256Hex } from '../base/hash.ts';
import type { JsonBytes } from '../base/json-bytes.ts';
import { isoFromMicros, type Micros } from '../base/time.ts';
import { headAnomalies } from '../http/head-anomalies.ts';
import { namesOtherHost, normalizeTarget, type Target } from '../http/target.ts';
import type { Endpoints, Request, Response, Transaction } from '../http/transaction.ts';
import { type Assessment, assess } from '../metadata/assess.ts';
import { redactUrl } from '../redact/url.ts';
import type { Event } from './event.ts';
import { headerField, httpDocument } from './http-document.ts';
import { HTTP_FIELDS } from './http-fields.ts';
import { writeHttpDocument } from './http-json.ts';
import { type Authority, shownAuthority, shownHeader } from './shown-headers.ts';

const NO_ANOMALIES: readonly AnomalyCode[] = [];

/**
 * The event of an HTTP transaction: a view that works out each value when it is asked for, and remembers those that
 * cost something. Nothing that it gives holds a secret: the transaction's texts pass `redact/` on their way out.
 */
export class HttpEvent implements Event {
  readonly transaction: Transaction;
  readonly endpoints: Endpoints;
  #id: string | null = null;
  #timestamp: string | null = null;
  #target: Target | null | undefined;
  #redactedTarget: string | null = null;
  #userAgent: string | null | undefined;
  #hostPort: Authority | null = null;
  #assessment: Assessment | null | undefined;
  #anomalies: readonly AnomalyCode[] | null = null;

  constructor(transaction: Transaction) {
    this.transaction = transaction;
    this.endpoints = transaction.endpoints;
  }

  /** It holds all that it tells. */
  keep(): void {}

  get request(): Request | null {
    return this.transaction.request;
  }

  get response(): Response | null {
    return this.transaction.response;
  }

  /** Time of the request, or of the response where the request was not seen. */
  get time(): Micros {
    return this.request?.time ?? this.response?.time ?? 0;
  }

  /** `time` as text. */
  get timestamp(): string {
    this.#timestamp ??= isoFromMicros(this.time);
    return this.#timestamp;
  }

  get id(): string {
    this.#id ??= eventId(this.transaction, this.timestamp);
    return this.#id;
  }

  /** The request's target taken apart, without secrets; null without a request. */
  get target(): Target | null {
    if (this.#target === undefined) {
      this.#target = this.request ? normalizeTarget(this.redactedTarget) : null;
    }
    return this.#target;
  }

  /** The request's target as sent, without secrets. */
  get redactedTarget(): string {
    this.#redactedTarget ??= this.request ? redactUrl(this.request.target) : '';
    return this.#redactedTarget;
  }

  get userAgent(): string | null {
    if (this.#userAgent === undefined) this.#userAgent = this.requestHeader('user-agent') || null;
    return this.#userAgent;
  }

  /** Host of the Host header, or else of the target, without its port; null where neither names one. */
  get domain(): string | null {
    return this.#authority().host;
  }

  /** Port that goes with `domain`; null where none is named. */
  get domainPort(): number | null {
    return this.#authority().port;
  }

  /** Value of a header field without secrets; `name` in lower case. */
  requestHeader(name: string): string | null {
    return shownHeader(this.request?.head, name);
  }

  responseHeader(name: string): string | null {
    return shownHeader(this.response?.head, name);
  }

  /** What the transaction means to a metadata service; null where it has nothing to do with one. */
  get assessment(): Assessment | null {
    if (this.#assessment === undefined) this.#assessment = assess(this.transaction);
    return this.#assessment;
  }

  /** Those of the transport, of the message heads and of the target. */
  get anomalies(): readonly AnomalyCode[] {
    this.#anomalies ??= this.#collectAnomalies();
    return this.#anomalies;
  }

  get(field: string): FieldValue {
    const accessor = httpEventReader.field(field);
    return accessor === null ? null : accessor(this);
  }

  toJSON(): Record<string, unknown> {
    return httpDocument(this);
  }

  /** Writes what `toJSON` gives, in a fraction of the time that building and spelling it takes. */
  writeJson(to: JsonBytes): void {
    writeHttpDocument(to, this);
  }

  #authority(): Authority {
    if (this.#hostPort === null) {
      const { request, target } = this;
      const named = request ? shownAuthority(request.head) : null;
      this.#hostPort = named?.host ? named : { host: target?.host ?? null, port: target?.port ?? null };
    }
    return this.#hostPort;
  }

  #collectAnomalies(): readonly AnomalyCode[] {
    const { request, target } = this;
    const all = new Set(this.transaction.anomalies);
    if (request && target) {
      for (const code of headAnomalies(request.head)) all.add(code);
      for (const code of target.tricks) all.add(code);
      if (namesOtherHost(target, request.head.get('host'))) all.add('url_host_mismatch');
    }
    return all.size === 0 ? NO_ANOMALIES : [...all];
  }
}

/** Reads HTTP events for compiled queries. */
export const httpEventReader: DocumentReader<HttpEvent> = {
  field: (name) => HTTP_FIELDS.get(name) ?? headerField(name),
};

/**
 * 128 bits of SHA-256 over request time, addresses and ports, the TCP sequence number of the request's first byte and
 * the request line, in hexadecimal: the same however the traffic was read. A response without a request goes by its own
 * time and status.
 */
function eventId(transaction: Transaction, timestamp: string): string {
  const { endpoints, request, response } = transaction;
  const start = request
    ? `${request.sequence} ${request.method} ${request.target}`
    : `response ${response?.status ?? ''}`;
  const { clientAddress, clientPort, serverAddress, serverPort } = endpoints;
  const text = `${timestamp} ${clientAddress} ${clientPort} ${serverAddress} ${serverPort} ${start}`;
  return sha256Hex(text).slice(0, 32);
}
