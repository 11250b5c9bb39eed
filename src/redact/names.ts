/**
 * What the name of a parameter, header, key, variable or flag says about its value: `secret`, whatever the value looks
 * like; `perhaps`, a secret where the value looks like one (`code`, `key`, `sid`); `public`, never one although it may
 * look drawn at random (hashes, ids); null where it says nothing.
 */
export type NameSays = 'secret' | 'perhaps' | 'public' | null;

/** Names are compared in lower case and without punctuation: `X-Api-Key` and `x_api_key` are one. */
const SECRET_ENDINGS = [
  'password',
  'passwd',
  'passphrase',
  'passcode',
  'pwd',
  'secret',
  'secrets',
  'secretstring',
  'secretvalue',
  'secretbinary',
  'secretkey',
  'token',
  'apikey',
  'accesskey',
  'privatekey',
  'accountkey',
  'sharedkey',
  'signingkey',
  'encryptionkey',
  'masterkey',
  'primarykey',
  'secondarykey',
  'authkey',
  'subscriptionkey',
  'functionskey',
  'storagekey',
  'authorization',
  'cookie',
  'cookie2',
  'assertion',
  'samlresponse',
  'samlart',
  'identityheader',
  'sessionid',
  'sessid',
  'sharedaccesssignature',
  'xamzsignature',
  'xgoogsignature',
  'connectionstring',
  'bearer',
];
const SECRET_NAMES = new Set(['pass', 'sig', 'jwt', 'otp', 'sas', 'dpop', 'passin', 'passout', 'requirepass']);

const PERHAPS_NAMES = new Set([
  'auth',
  'code',
  'credential',
  'credentials',
  'key',
  'session',
  'sid',
  'signature',
  'ticket',
  'xamzcredential',
  'xgoogcredential',
]);

const PUBLIC_NAMES = new Set([
  'cfray',
  'communityid',
  'contentmd5',
  'digest',
  'entityid',
  'ephemeralid',
  'etag',
  'ifmatch',
  'ifnonematch',
  'insertid',
  'ja3',
  'ja3s',
  'ja4',
  'requestid',
  'secwebsocketaccept',
  'secwebsocketkey',
  'signinactivityid',
  'traceid',
  'traceparent',
  'uniquetokenidentifier',
  'uti',
  'xamzcfid',
  'xamzid2',
  'xamzrequestid',
  'xgooghash',
  'xmsguestagentpublicx509cert',
]);

const SECRET_ENDING = new RegExp(`(?:${SECRET_ENDINGS.join('|')})$`);

/** Names longer than this say nothing. */
const MAX_NAME_LENGTH = 128;
/** Few names come again and again. */
const MAX_CACHED_NAMES = 4096;
const cache = new Map<string, NameSays>();

export function nameSays(name: string): NameSays {
  if (name.length > MAX_NAME_LENGTH) return null;
  let says = cache.get(name);
  if (says === undefined) {
    says = judgeName(name);
    if (cache.size >= MAX_CACHED_NAMES) cache.clear();
    cache.set(name, says);
  }
  return says;
}

function judgeName(name: string): NameSays {
  const plain = name.toLowerCase().replace(/[^a-z0-9]/g, '');
  if (SECRET_NAMES.has(plain) || SECRET_ENDING.test(plain)) return 'secret';
  if (PERHAPS_NAMES.has(plain)) return 'perhaps';
  return PUBLIC_NAMES.has(plain) ? 'public' : null;
}

/** Nothing, words for nothing, and what other programs put where a secret was. */
const NO_VALUE =
  /^(?:|-|null|none|nil|true|false|undefined|\*+|x{3,}|[<[(]?redacted[>\])]?|HIDDEN_DUE_TO_SECURITY_REASONS)$/i;
/** Names of variables of shells, and the start of a command whose output is the value. */
const VARIABLE =
  /^(?:\$\w?|\$[A-Z_][A-Z0-9_]{0,63}|\$[a-z_]{1,16}|\$\{[A-Za-z_][A-Za-z0-9_]{0,63}\}|%[A-Z_]{1,64}%|\$\(.*)$/s;

/** Whether a value under a name that says `secret` is none after all. */
export function isPlaceholder(value: string): boolean {
  return NO_VALUE.test(value) || VARIABLE.test(value);
}

/** Whether a value under a name that says `perhaps` is a secret: long, of letters and digits, and neither path nor GUID. */
export function looksLikeSecret(value: string): boolean {
  return (
    /^[\w+~=-]{16,}$/.test(value) &&
    /[A-Za-z]/.test(value) &&
    /[0-9]/.test(value) &&
    !/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i.test(value)
  );
}
