import type { FieldType } from '../base/field.ts';

export interface FieldDefinition {
  readonly name: string;
  readonly type: FieldType;
  readonly array?: true;
  /** One sentence. */
  readonly description: string;
}

/** What ECS has no field for. */
const HOPLIMIT: readonly FieldDefinition[] = [
  {
    name: 'hoplimit.verdict',
    type: 'keyword',
    description:
      'What came back to a request for a credential: returned, likely, listing, denied, not_delivered, no_response or unknown.',
  },
  {
    name: 'hoplimit.session',
    type: 'keyword',
    description: 'How the metadata service was asked: v1 without a session token, v2 with one.',
  },
  { name: 'hoplimit.provider', type: 'keyword', description: 'The cloud whose metadata service was asked.' },
  { name: 'hoplimit.service', type: 'keyword', description: 'Which of the metadata services of that cloud was asked.' },
  {
    name: 'hoplimit.via',
    type: 'keyword',
    description: 'By what the request was known: the address of a metadata service, a host name, or a path.',
  },
  {
    name: 'hoplimit.class',
    type: 'keyword',
    description: 'What the request asks for: token, listing, credential, identity, recon or other.',
  },
  {
    name: 'hoplimit.anomalies',
    type: 'keyword',
    array: true,
    description: 'Codes of what was strange about the traffic of this event.',
  },
  {
    name: 'hoplimit.url.normalized',
    type: 'keyword',
    description: 'The path with its escapes decoded as often as there are any, and dot and empty segments resolved.',
  },
  {
    name: 'hoplimit.credential.id',
    type: 'keyword',
    description: 'The public identifier of the credential that was handed out, such as an AWS access key id.',
  },
  { name: 'hoplimit.credential.expires', type: 'date', description: 'When the credential ceases to be valid.' },
  {
    name: 'hoplimit.credential.sha256',
    type: 'keyword',
    description: 'The fingerprint of the bearer token that was handed out; the token itself is never kept.',
  },
  {
    name: 'hoplimit.credential.type',
    type: 'keyword',
    description: 'The kind of the credential, as the answer names it.',
  },
  { name: 'hoplimit.credential.role', type: 'keyword', description: 'The role that the credential stands for.' },
  { name: 'hoplimit.credential.account', type: 'keyword', description: 'The cloud account that the credential is of.' },
  {
    name: 'hoplimit.credential.claims',
    type: 'flattened',
    description: 'The claims of a token that identify it without being secret.',
  },
  {
    name: 'hoplimit.hop_limit',
    type: 'long',
    description: 'The hop limit of the answer that brought a session token, as it arrived here.',
  },
  {
    name: 'hoplimit.evidence',
    type: 'object',
    array: true,
    description: 'In an alert: the clauses of the rule that the event met, with the values that met them.',
  },
  { name: 'hoplimit.evidence.clause', type: 'keyword', description: 'The clause, as the rule writes it.' },
  { name: 'hoplimit.evidence.field', type: 'keyword', description: 'The field that the clause reads.' },
  { name: 'hoplimit.evidence.value', type: 'keyword', description: 'The value of that field.' },
  {
    name: 'hoplimit.evidence.matched',
    type: 'keyword',
    description: 'The pattern or the member of a list that was met.',
  },
  {
    name: 'hoplimit.evidence.negated',
    type: 'boolean',
    description: 'The clause stands under a not, and was met by failing.',
  },
];

/**
 * What the network_traffic integration and Packetbeat add to ECS (elastic/integrations,
 * packages/network_traffic/data_stream/{http,dns}/fields; the names without a prefix are Packetbeat's older ones).
 */
const NETWORK_TRAFFIC: readonly FieldDefinition[] = [
  {
    name: 'http.request.headers',
    type: 'flattened',
    description: 'Headers of the request, by lower-case name; repeated ones are joined with a comma.',
  },
  {
    name: 'http.response.headers',
    type: 'flattened',
    description: 'Headers of the response, by lower-case name; repeated ones are joined with a comma.',
  },
  {
    name: 'http.response.status_phrase',
    type: 'keyword',
    description: 'The phrase after the status code, in lower case.',
  },
  {
    name: 'network_traffic.status',
    type: 'keyword',
    description: 'OK, or Error for a status of 400 and above or a transaction that lacks one half.',
  },
  { name: 'network_traffic.http.query', type: 'keyword', description: 'Method and path of the request.' },
  { name: 'network_traffic.redis.query', type: 'keyword', description: 'A command sent to Redis.' },
  { name: 'network_traffic.mysql.query', type: 'keyword', description: 'A statement sent to MySQL.' },
  { name: 'network_traffic.pgsql.query', type: 'keyword', description: 'A statement sent to PostgreSQL.' },
  {
    name: 'network_traffic.cassandra.request.query',
    type: 'keyword',
    description: 'A statement sent to Cassandra.',
  },
  { name: 'status', type: 'keyword', description: 'Packetbeat without the integration: as network_traffic.status.' },
  { name: 'query', type: 'keyword', description: 'Packetbeat without the integration: as network_traffic.http.query.' },
  { name: 'method', type: 'keyword', description: 'Packetbeat without the integration: the method of the request.' },
  {
    name: 'type',
    type: 'keyword',
    description: 'Packetbeat without the integration: the protocol of the transaction.',
  },
  { name: 'request', type: 'text', description: 'The head of the request as sent, where sending it was asked for.' },
  { name: 'response', type: 'text', description: 'The head of the response as sent, where sending it was asked for.' },
  { name: 'process.ppid', type: 'long', description: 'Packetbeat without the integration: as process.parent.pid.' },
  { name: 'dns.answers_count', type: 'long', description: 'How many records the answer section holds.' },
  { name: 'dns.authorities_count', type: 'long', description: 'How many records the authority section holds.' },
  { name: 'dns.additionals_count', type: 'long', description: 'How many records the additional section holds.' },
  { name: 'dns.flags.authoritative', type: 'boolean', description: 'The server is an authority for the name (AA).' },
  { name: 'dns.flags.recursion_available', type: 'boolean', description: 'The server offers recursion (RA).' },
  { name: 'dns.flags.recursion_desired', type: 'boolean', description: 'The client asks for recursion (RD).' },
  { name: 'dns.flags.truncated_response', type: 'boolean', description: 'The answer was cut to fit (TC).' },
  { name: 'dns.flags.authentic_data', type: 'boolean', description: 'The server vouches for the answer (AD).' },
  { name: 'dns.flags.checking_disabled', type: 'boolean', description: 'The client wants no validation (CD).' },
  {
    name: 'dns.question.etld_plus_one',
    type: 'keyword',
    description: 'The public suffix of the name asked for, with one more label.',
  },
];

/** What the Elastic Agent adds to every event that it ships. */
const ELASTIC_AGENT: readonly FieldDefinition[] = [
  { name: 'elastic_agent.id', type: 'keyword', description: 'The id of the Elastic Agent that shipped the event.' },
  { name: 'elastic_agent.version', type: 'keyword', description: 'The version of that agent.' },
  { name: 'elastic_agent.snapshot', type: 'boolean', description: 'That agent is an unreleased build.' },
  { name: 'host.containerized', type: 'boolean', description: 'The host is a container.' },
  { name: 'host.os.build', type: 'keyword', description: 'The build of the operating system.' },
  { name: 'host.os.codename', type: 'keyword', description: 'The name of the release of the operating system.' },
];

/** All fields that are not of ECS, by group and in reading order. */
export const OWN_FIELDS: readonly FieldDefinition[] = [...HOPLIMIT, ...NETWORK_TRAFFIC, ...ELASTIC_AGENT];
