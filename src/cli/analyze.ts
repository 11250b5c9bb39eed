import type { Alert } from '../detect/alert.ts';
import { Detector } from '../detect/detector.ts';
import { HttpEvent, httpEventReader } from '../ecs/http-event.ts';
import { AlertGroups } from './alert-groups.ts';
import { alertText } from './alert-text.ts';
import { readCaptures, type TrafficOptions } from './captures.ts';
import { detectorOptions, reportLosses, reportSkipped } from './detector-options.ts';
import { EXIT, type ExitStatus } from './exit.ts';
import { explanationText } from './explanation-text.ts';
import { loadRules } from './load-rules.ts';
import { MetadataTally } from './metadata-tally.ts';
import { stdout } from './output.ts';
import { plural } from './progress.ts';
import { type Style, styleFor, widthOf } from './style.ts';
import { summaryText } from './summary-text.ts';

export interface AnalyzeOptions extends TrafficOptions {
  readonly rules?: readonly string[];
  readonly json?: boolean;
  readonly explain?: boolean;
  readonly failOnAlert?: boolean;
}

/** `hoplimit analyze`: who asked a metadata service for credentials, what came back, and why that is an alert. */
export async function analyze(paths: readonly string[], options: AnalyzeOptions): Promise<ExitStatus> {
  const detector = new Detector<HttpEvent>(loadRules(options.rules), detectorOptions(httpEventReader));
  reportSkipped(detector);
  const groups = new AlertGroups<HttpEvent>();
  const tally = new MetadataTally();
  let alerts = 0;
  const take = (found: readonly Alert<HttpEvent>[]) => {
    alerts += found.length;
    for (const alert of found) {
      if (options.json) stdout.line(JSON.stringify(alert));
      else groups.add(alert);
    }
  };
  const pipeline = await readCaptures(paths, options, (transaction) => {
    const event = new HttpEvent(transaction);
    const found = detector.detect(event);
    tally.add(event, found.length > 0);
    take(found);
  });
  take(detector.end());
  reportLosses(detector);
  if (!options.json) {
    const style = styleFor(stdout);
    const width = widthOf(process.stdout);
    for (const group of groups.byTime()) {
      for (const line of alertText(group, style, width)) stdout.line(line);
      if (options.explain) explain(detector, group.alert, style);
    }
    if (groups.beyond > 0) stdout.line(`${plural(groups.beyond, 'more alert')} not shown; --json gives all\n`);
    for (const line of summaryText(pipeline, tally, alerts, style)) stdout.line(line);
  }
  return alerts > 0 && options.failOnAlert ? EXIT.alerts : EXIT.done;
}

function explain(detector: Detector<HttpEvent>, alert: Alert<HttpEvent>, style: Style): void {
  for (const { rule, explanation } of detector.explain(alert.event)) {
    if (rule === alert.rule) for (const line of explanationText(explanation, style)) stdout.line(line);
  }
  stdout.line('');
}
