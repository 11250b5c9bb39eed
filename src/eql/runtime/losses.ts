/** What a query that relates several events had no room for. Each is a reason why it may have missed something. */
export interface Losses {
  /** Sequences in the making that were dropped, and those that waited for a missing event. */
  dropped: number;
  /** Events with more join keys than are looked at; the first were. */
  cut: number;
  /** Times of missing events (`![ ]`) that were forgotten: sequences may have been found in spite of them. */
  forgotten: number;
  /** Join keys of samples whose events were not all looked at. */
  untried: number;
}

export function noLosses(): Losses {
  return { dropped: 0, cut: 0, forgotten: 0, untried: 0 };
}
