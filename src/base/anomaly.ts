/**
 * Everything strange that traffic may be, by code. An anomaly is counted, and carried by the event that it touches;
 * it never stops the program. Codes are stable: rules and pages name them.
 */
export const ANOMALIES = {
  // capture
  capture_truncated: 'the capture file ends in the middle of a record',
  capture_damaged: 'a record of the capture file cannot be right; the rest of that file was not read',
  packet_cut: 'the packet was captured shorter than it was on the wire',
  // decode
  link_header_short: 'the packet ends within its link-layer header',
  ip_header_bad: 'an IP header is too short, or contradicts itself',
  ip_length_beyond_packet: 'the IP length exceeds the packet',
  ip_fragment_overlap: 'fragments of one IP datagram overlap; the first copy is kept',
  ip_fragment_limit: 'too many unfinished IP datagrams; the oldest was dropped',
  ip_fragment_timeout: 'an IP datagram was never completed',
  ip_fragment_bad: 'a fragment contradicts the others, or reaches past 65,535 bytes',
  transport_header_bad: 'a TCP or UDP header is too short, or contradicts itself',
  outgoing_duplicate: 'the second copy of a packet on a loopback interface; dropped',
  // stream
  tcp_gap: 'bytes of a TCP stream were not captured',
  tcp_overlap_conflict: 'a retransmission or an overlapping segment carries other bytes than the first copy',
  tcp_overlap_not_compared: 'a retransmission came after its bytes were let go, so it was not compared',
  tcp_midstream: 'the capture starts in the middle of a connection',
  tcp_buffer_limit: 'too many bytes out of order on one connection; a gap was declared',
  tcp_flow_limit: 'too many connections at once; the one idle longest was let go',
  tcp_port_reuse: 'a new connection took the ports of one that had not ended',
  // http
  http_head_limit: 'the head of a message exceeds the limit, or all unfinished heads together do',
  http_head_cut: 'the head of a message is incomplete (cut packet, gap, or the connection ended)',
  http_not_http: 'bytes on an HTTP port that are not HTTP',
  http_resynchronized: 'reading went on at a later message after bytes that could not be read',
  http_response_without_request: 'a response whose request was not seen',
  http_late_response: 'a response that came after the request had been given up',
  http_pipeline_limit: 'too many requests of one connection await their response',
  http_body_cut: 'a body is incomplete',
  http_bad_chunk: 'a chunk size that cannot be read',
  http_bad_content_length: 'a Content-Length that is no number, or several that differ',
  http_length_and_chunked: 'both Content-Length and Transfer-Encoding: chunked',
  http_chunked_not_last: 'a transfer coding after chunked, or chunked twice',
  http_bad_content_coding: 'a body that does not decode as its Content-Encoding says',
  http_bare_lf: 'lines that end in LF alone',
  http_bad_request_line: 'a request line that is not method, target and version with single spaces',
  http_obs_fold: 'a header continued on the next line (obs-fold)',
  http_bad_header: 'a header line without a colon, or with white space before it',
  http_host_repeated: 'more than one Host header',
  http_leading_empty_line: 'an empty line before the request line',
  // url
  url_bad_escape: 'a percent sign that is not followed by two hexadecimal digits',
  url_control_byte: 'a control byte in the request target',
  url_encoded_twice: 'the path is percent-encoded more than once',
  url_encoded_unreserved: 'the path percent-encodes characters that need no encoding',
  url_encoded_slash: 'the path percent-encodes a slash',
  url_dot_segments: 'the path has . or .. segments',
  url_double_slash: 'the path has empty segments',
  url_path_parameters: 'the path has ;parameters',
  url_absolute_form: 'the request target is a whole URL',
  url_host_mismatch: 'the host of the target differs from the Host header',
  url_fragment: 'the request target has a #fragment',
} as const satisfies Record<string, string>;

export type AnomalyCode = keyof typeof ANOMALIES;

/** Counts anomalies by code. */
export class AnomalyCounter {
  readonly #counts = new Map<AnomalyCode, number>();

  add(code: AnomalyCode, times = 1): void {
    this.#counts.set(code, (this.#counts.get(code) ?? 0) + times);
  }

  count(code: AnomalyCode): number {
    return this.#counts.get(code) ?? 0;
  }

  /** Most frequent first. */
  entries(): [AnomalyCode, number][] {
    return [...this.#counts].sort((a, b) => b[1] - a[1]);
  }
}
