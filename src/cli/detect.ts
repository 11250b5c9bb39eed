import type { Alert } from '../detect/alert.ts';
import { Detector } from '../detect/detector.ts';
import type { Event } from '../ecs/event.ts';
import { type HttpEvent, httpEventReader } from '../ecs/http-event.ts';
import { requiredFieldsOf } from '../eql/index.ts';
import type { DocumentEvent } from '../ingest/document-event.ts';
import { LineEvents } from '../ingest/line-events.ts';
import { checkedQuery } from '../rules/checked-query.ts';
import type { EqlRule } from '../rules/rule.ts';
import { AlertGroups } from './alert-groups.ts';
import { alertText } from './alert-text.ts';
import { anyEventReader } from './any-event.ts';
import type { TrafficOptions } from './captures.ts';
import { detectorOptions, reportLosses, reportSkipped } from './detector-options.ts';
import { readEventFiles } from './event-files.ts';
import { EXIT, type ExitStatus } from './exit.ts';
import { loadRules } from './load-rules.ts';
import { stderr, stdout } from './output.ts';
import { countText, plural } from './progress.ts';
import { RuleProfile } from './rule-profile.ts';
import { styleFor, widthOf } from './style.ts';
import { UnseenFields } from './unseen-fields.ts';

export interface DetectOptions extends TrafficOptions {
  readonly rules?: readonly string[];
  readonly json?: boolean;
  readonly failOnAlert?: boolean;
  readonly plan?: boolean;
  readonly profile?: boolean;
}

/** `hoplimit detect`: rules over events, wherever they come from. */
export async function detect(paths: readonly string[], options: DetectOptions): Promise<ExitStatus> {
  const rules = loadRules(options.rules);
  // Made when the first capture is met: with a thousand rules it takes a while.
  let onHttp: Detector<HttpEvent> | null = null;
  const lines = new LineEvents();
  const onDocuments = new Detector<DocumentEvent>(rules, {
    ...detectorOptions(lines),
    revisit: (event) => lines.revisit(event),
  });
  reportSkipped(onDocuments);
  const unseen = new UnseenFields(fieldsOfRules(onDocuments.rules), anyEventReader(lines), false);
  const profile = options.profile ? new RuleProfile() : null;
  const groups = new AlertGroups<Event>();
  let events = 0;
  let alerts = 0;
  const take = (found: readonly Alert[]) => {
    alerts += found.length;
    for (const alert of found) {
      if (options.json) stdout.line(JSON.stringify(alert));
      else groups.add(alert);
    }
  };
  const finish = <E extends Event>(detector: Detector<E> | null) => {
    if (detector === null) return;
    take(detector.end());
    reportLosses(detector);
  };
  await readEventFiles(paths, options, {
    lines,
    onHttpEvent: (event) => {
      events++;
      unseen.look(event);
      onHttp ??= new Detector<HttpEvent>(rules, detectorOptions(httpEventReader));
      profile?.look(onHttp, event);
      take(onHttp.detect(event));
    },
    onDocument: (event) => {
      events++;
      unseen.look(event);
      profile?.look(onDocuments, event);
      take(onDocuments.detect(event));
    },
  });
  finish(onHttp);
  finish(onDocuments);
  reportUnseen(onDocuments, unseen);
  if (options.plan) stderr.line(onDocuments.describePlan() ?? 'The rules are few: each is asked about each event.');
  for (const line of profile?.text() ?? []) stderr.line(line);
  stderr.flush();
  if (!options.json) {
    const style = styleFor(stdout);
    for (const group of groups.byTime())
      for (const line of alertText(group, style, widthOf(process.stdout))) stdout.line(line);
    if (groups.beyond > 0) stdout.line(`${plural(groups.beyond, 'more alert')} not shown; --json gives all`);
    const found = alerts === 0 ? 'No alert' : plural(alerts, 'alert');
    stdout.line(style('bold', `${found} from ${plural(events, 'event')}.`));
  }
  return alerts > 0 && options.failOnAlert ? EXIT.alerts : EXIT.done;
}

function fieldsOfRules(rules: readonly EqlRule[]): ReadonlySet<string> {
  return new Set(
    rules.flatMap((rule) => {
      const { query } = checkedQuery(rule);
      return query === null ? [] : requiredFieldsOf(query);
    }),
  );
}

/** Rules that are named because events lack fields of theirs, and fields of each. */
const MAX_NAMED = 3;

/** Says how many rules cannot match, since no event has a field that they need. */
function reportUnseen(detector: Detector<DocumentEvent>, { fields, looked }: UnseenFields): void {
  const lacking = detector.without(fields);
  if (lacking.length === 0) return;
  const named = lacking.slice(0, MAX_NAMED).map(({ rule, fields: missing }) => {
    const others = missing.length > MAX_NAMED ? ` and ${missing.length - MAX_NAMED} more` : '';
    return `"${rule.name}" (${missing.slice(0, MAX_NAMED).join(', ')}${others})`;
  });
  const more = lacking.length > MAX_NAMED ? `; and ${countText(lacking.length - MAX_NAMED)} more` : '';
  const count = `${countText(lacking.length)} of ${plural(detector.rules.length, 'rule')}`;
  stderr.line(
    `hoplimit: ${count} cannot match, for want of fields that none of ${plural(looked, 'event')} looked at has: ${named.join('; ')}${more}`,
  );
  stderr.flush();
}
