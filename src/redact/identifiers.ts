/** What ECS gives an `id`: machines, programs and what they did. They may look drawn at random, and mostly are. */
const OWNERS = [
  'account',
  'agent',
  'ancestors',
  'boot',
  'cluster',
  'container',
  'device',
  'dns',
  'elastic_agent',
  'entity',
  'error',
  'event',
  'faas',
  'group',
  'host',
  'indicator',
  'instance',
  'organization',
  'project',
  'request',
  'resource',
  'response',
  'rule',
  'service',
  'span',
  'trace',
  'transaction',
  'user',
  'vulnerability',
];

/** Elastic Endpoint's `process.Ext.ancestry` is a list of `entity_id`. */
const IDENTIFIER = new RegExp(
  `(?:^|\\.)(?:_id|(?:${OWNERS.join('|')})\\.id|(?:event|user|related)\\.hash|hash\\.\\w+|process\\.Ext\\.ancestry)$`,
);

/** One word, of which equals signs are the end. */
const WORD = /^[^\s=?&;]+=*$/;

/**
 * Whether a value is an identifier by the ECS field that it stands in (`event.id`, `file.hash.sha256`, also below other
 * objects), or that of a document (`_id`).
 */
export function isIdentifier(path: string, value: string): boolean {
  return IDENTIFIER.test(path) && WORD.test(value);
}
