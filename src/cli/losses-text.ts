import type { Losses, StreamCounts } from '../eql/index.ts';
import { plural } from './progress.ts';

/** What was left out of sequences and samples, and why; empty where nothing was. */
export function lossesText(counts: Losses & Partial<StreamCounts>): string {
  const { late = 0, hurried = 0, dropped, cut, forgotten, untried } = counts;
  const parts = [
    late > 0 ? `${plural(late, 'event')} came too late` : '',
    hurried > 0 ? `${plural(hurried, 'event')} did not wait for earlier ones, as there was no room` : '',
    dropped > 0 ? `${plural(dropped, 'unfinished sequence')} had no room` : '',
    cut > 0 ? `${plural(cut, 'event')} had more join keys than are looked at` : '',
    forgotten > 0 ? `${plural(forgotten, 'event')} that must be missing had no room, so that it may find too much` : '',
    untried > 0 ? `${plural(untried, 'join key')} had more events than could be tried` : '',
  ];
  return parts.filter((part) => part !== '').join('; ');
}
