import type { Endpoints, Request, Response } from '../http/transaction.ts';
import { classify } from './classify.ts';

/** Bytes of an answer that are kept: the largest credential documents have below 8 KiB. */
const MAX_BODY = 64 * 1024;

/**
 * A `BodyPolicy`: how many bytes of a response's body to keep so that `assess` can read the answer. None where there is no
 * metadata service, and none of a session token, which is not looked at.
 */
export function metadataBodyPolicy(endpoints: Endpoints, request: Request | null, _response: Response): number {
  const asked = classify(endpoints, request);
  return asked === null || asked.class === 'token' ? 0 : MAX_BODY;
}
