import type { Alert } from '../detect/alert.ts';
import { Detector } from '../detect/detector.ts';
import type { Event } from '../ecs/event.ts';
import { type HttpEvent, httpEventReader } from '../ecs/http-event.ts';
import type { DocumentEvent } from '../ingest/document-event.ts';
import { LineEvents } from '../ingest/line-events.ts';
import { AlertGroups } from './alert-groups.ts';
import { alertText } from './alert-text.ts';
import type { TrafficOptions } from './captures.ts';
import { detectorOptions, reportLosses, reportSkipped } from './detector-options.ts';
import { readEventFiles } from './event-files.ts';
import { EXIT, type ExitStatus } from './exit.ts';
import { loadRules } from './load-rules.ts';
import { stdout } from './output.ts';
import { countText, plural } from './progress.ts';
import { styleFor, widthOf } from './style.ts';

export interface DetectOptions extends TrafficOptions {
  readonly rules?: readonly string[];
  readonly json?: boolean;
  readonly failOnAlert?: boolean;
}

/** `hoplimit detect`: rules over events, wherever they come from. */
export async function detect(paths: readonly string[], options: DetectOptions): Promise<ExitStatus> {
  const rules = loadRules(options.rules);
  // Made when the first capture is met: with a thousand rules it takes a while.
  let onHttp: Detector<HttpEvent> | null = null;
  const lines = new LineEvents();
  const onDocuments = new Detector<DocumentEvent>(rules, detectorOptions(lines));
  reportSkipped(onDocuments);
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
      onHttp ??= new Detector<HttpEvent>(rules, detectorOptions(httpEventReader));
      take(onHttp.detect(event));
    },
    onDocument: (event) => {
      events++;
      take(onDocuments.detect(event));
    },
  });
  finish(onHttp);
  finish(onDocuments);
  if (!options.json) {
    const style = styleFor(stdout);
    for (const group of groups.byTime())
      for (const line of alertText(group, style, widthOf(process.stdout))) stdout.line(line);
    if (groups.beyond > 0) stdout.line(`${plural(groups.beyond, 'more alert')} not shown; --json gives all`);
    const found = alerts === 0 ? 'No alert' : plural(alerts, 'alert');
    stdout.line(style('bold', `${found} from ${countText(events)} events.`));
  }
  return alerts > 0 && options.failOnAlert ? EXIT.alerts : EXIT.done;
}
