import type { Target } from '../http/target.ts';
import type { Response, Transaction } from '../http/transaction.ts';
import { redactText } from '../redact/text.ts';
import { type Answer, type CredentialFacts, readAnswer } from './answer.ts';
import { classify, type RequestClass, type Via } from './classify.ts';
import type { Provider, RequestKind, Service } from './service.ts';

/**
 * What came back to a request for a credential:
 * - `returned`: the credential's fields were seen;
 * - `likely`: 200 on a credential path, the body not seen but long enough;
 * - `listing`: names, no credential;
 * - `denied`: 4xx, 5xx, a redirect, an error or nothing at all in a 200;
 * - `not_delivered`: an answer was seen that could not reach the asker;
 * - `no_response`: none;
 * - `unknown`: what was captured does not tell (gap, cut packets, HEAD, an answer of no known shape).
 */
export type Verdict = 'returned' | 'likely' | 'listing' | 'denied' | 'not_delivered' | 'no_response' | 'unknown';

/** What a transaction with a metadata service was, and what came of it. Holds no secret. */
export interface Assessment {
  /** Null where several clouds share the address and nothing in the request tells which one answers. */
  readonly provider: Provider | null;
  readonly service: Service | null;
  readonly class: RequestKind;
  readonly via: Via;
  /**
   * Whether this very read carried a session token (v2) or not (v1). Null where it is no read of a known path of EC2 or
   * a service like it, and where the head was cut before a token was seen.
   */
  readonly session: 'v1' | 'v2' | null;
  /** Null where no credential was asked for, and none came. */
  readonly verdict: Verdict | null;
  /** What is known of the credential that came, or likely came; null where none did. */
  readonly credential: CredentialFacts | null;
  /**
   * The hop limit in force, read from the answer to EC2's token PUT: EC2 sends that one with an IP TTL of
   * HttpPutResponseHopLimit (1 to 64), and seen on the machine itself it has crossed no router yet. Seen behind a
   * bridge or in a container it is less by the hops between. Null for everything else.
   */
  readonly hopLimit: number | null;
}

/** Bytes from which the unseen body of a 200 is long enough to be a credential; real ones are above 700. */
const LIKELY_LENGTH = 300;
const MAX_ROLE_LENGTH = 256;

/**
 * What a transaction meant; null where it has nothing to do with a metadata service.
 * @param target of the request, where the caller has it already
 */
export function assess(transaction: Transaction, target?: Target): Assessment | null {
  const asked = classify(transaction.endpoints, transaction.request, target);
  if (asked === null) return null;
  const { response } = transaction;
  const answer = response?.body ? readAnswer(response.body, response.bodyWhole, response.time) : null;
  const kind = isChallenge(asked, response) ? 'token' : asked.class;
  const verdict = decideVerdict(transaction, asked, kind, answer);
  return {
    provider: asked.service?.provider ?? null,
    service: asked.service?.service ?? null,
    class: kind,
    via: asked.via,
    session: sessionOf(transaction, asked),
    verdict,
    credential: credentialOf(asked, verdict, answer),
    hopLimit: hopLimitOf(asked, response),
  };
}

/** Azure Arc answers 401 to the first of its two steps, and so names the file whose content the second must show. */
function isChallenge(asked: RequestClass, response: Response | null): boolean {
  return (
    asked.class === 'credential' &&
    asked.service?.provider === 'azure' &&
    response?.status === 401 &&
    /^basic\s+realm=/i.test(response.head.get('www-authenticate') ?? '')
  );
}

function decideVerdict(
  transaction: Transaction,
  asked: RequestClass,
  kind: RequestKind,
  answer: Answer | null,
): Verdict | null {
  if (kind === 'token') return null;
  // What the answer shows comes before what the path promises, the status says and the connection's end suggests: whoever
  // resets a connection after the last byte has the credential all the same.
  const { response, ending, request } = transaction;
  if (answer?.kind === 'credential') return ending === 'undelivered' ? 'not_delivered' : 'returned';
  if (kind === 'recon' || kind === 'other') return null;
  if (response === null) return withoutResponse(ending);
  if (response.status >= 300) return 'denied';
  if (response.status < 200) return 'unknown';
  if (ending === 'undelivered') return 'not_delivered';
  if (request?.method.toUpperCase() === 'HEAD') return 'unknown';
  return fromBody(kind, asked, response, answer);
}

function withoutResponse(ending: Transaction['ending']): Verdict {
  switch (ending) {
    case 'timeout':
    case 'reset':
    case 'closed':
      return 'no_response';
    case 'answered':
    case 'undelivered':
    case 'capture_end':
    case 'gap':
      return 'unknown';
  }
}

/** A 2xx whose body, as far as it was captured, shows no credential. */
function fromBody(kind: RequestKind, asked: RequestClass, response: Response, answer: Answer | null): Verdict {
  if (response.complete && response.bodyBytes === 0) return 'denied';
  switch (answer?.kind) {
    case 'empty':
    case 'error':
      return 'denied';
    case 'names':
      return 'listing';
    case 'document':
      return kind === 'listing' ? 'listing' : 'unknown';
    case 'unclear':
      if (kind !== 'listing' && response.bodyWhole) return 'unknown';
      break;
    case 'credential':
    case undefined:
      break;
  }
  if (kind === 'listing') return response.bodyBytes > 0 ? 'listing' : 'unknown';
  return asked.rule?.answer !== undefined && response.bodyBytes >= LIKELY_LENGTH ? 'likely' : 'unknown';
}

function credentialOf(asked: RequestClass, verdict: Verdict | null, answer: Answer | null): CredentialFacts | null {
  // A role is a name out of a request, where anything may stand.
  const role = asked.role === null ? {} : { role: redactText(asked.role.slice(0, MAX_ROLE_LENGTH)) };
  if (verdict === 'returned' && answer?.kind === 'credential') return { ...role, ...answer.facts };
  return verdict === 'likely' && asked.rule?.answer ? { type: asked.rule.answer, ...role } : null;
}

function sessionOf({ request }: Transaction, asked: RequestClass): 'v1' | 'v2' | null {
  const header = asked.service?.sessionHeader;
  if (request === null || header === undefined || asked.class === 'token' || asked.class === 'other') return null;
  if (request.head.get(header)) return 'v2';
  // Of a head that was cut the rest may hold the token.
  return request.complete || /\n\r?\n$/.test(request.head.text) ? 'v1' : null;
}

function hopLimitOf(asked: RequestClass, response: Response | null): number | null {
  if (asked.class !== 'token' || asked.service?.service !== 'ec2' || asked.via !== 'address') return null;
  return response && response.status === 200 && response.ttl >= 1 && response.ttl <= 64 ? response.ttl : null;
}
