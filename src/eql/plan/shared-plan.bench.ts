/**
 * All of the public rules over events of all kinds (bench/ecs-events.ts): what it costs to find the filters that an event
 * meets, beside `JSON.parse` of the same events in the same run.
 */
import { EcsEvents } from '../../../bench/ecs-events.ts';
import { catalogue } from '../../ecs/catalogue.ts';
import { conditionOf } from '../compile.ts';
import { check, filterContext, filtersOf, jsonReader } from '../index.ts';
import { publicRules } from '../support.test.ts';
import { SharedPlan } from './shared-plan.ts';

const EVENTS = 40_000;
const ROUNDS = 7;
/** Events that are parsed and then matched, so that they are as near to the processor as they are at work. */
const BATCH = 50;

export function bench(): void {
  const rules = publicRules();
  if (rules.length === 0) {
    console.log('shared plan: skipped, the public rules are not here');
    return;
  }
  const context = filterContext({ reader: jsonReader(), catalogue });
  const filters = rules.flatMap(({ query: text }) => {
    const { query } = check(text, { catalogue });
    return query === null
      ? []
      : filtersOf(query).map((filter) => conditionOf(filter, 'event.category', context.fields));
  });
  const plan = new SharedPlan(filters, context);
  const events = new EcsEvents(1);
  const lines = Array.from({ length: EVENTS }, () => JSON.stringify(events.next()));
  const parsing: number[] = [];
  const matching: number[] = [];
  let matches = 0;
  for (let round = 0; round < ROUNDS; round++) {
    let parsingTime = 0;
    let matchingTime = 0;
    for (let first = 0; first < EVENTS; first += BATCH) {
      const start = performance.now();
      const documents = lines.slice(first, first + BATCH).map((line) => JSON.parse(line));
      const parsed = performance.now();
      for (const document of documents) plan.match(document, () => matches++);
      matchingTime += performance.now() - parsed;
      parsingTime += parsed - start;
    }
    parsing.push((parsingTime * 1000) / EVENTS);
    matching.push((matchingTime * 1000) / EVENTS);
  }
  const [parse, match] = [parsing, matching].map((list) => list.toSorted((a, b) => a - b)[Math.floor(ROUNDS / 2)]);
  console.log(`shared plan: ${rules.length} rules with ${filters.length} filters`);
  console.log(`JSON.parse   median ${parse.toFixed(2)} µs an event`);
  console.log(
    `match        median ${match.toFixed(2)} µs an event, ${(matches / EVENTS / ROUNDS).toFixed(2)} filters met`,
  );
  console.log(`match / JSON.parse: ${(match / parse).toFixed(2)} (at most 1): ${match <= parse ? 'met' : 'MISSED'}`);
}

if (import.meta.main) bench();
