import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { JsonDocument } from '../src/base/json-document.ts';
import { Detector } from '../src/detect/detector.ts';
import { type ExampleOptions, exampleOf, nearMissesOf } from '../src/eql/index.ts';
import { sharedFile } from '../src/eql/support.test.ts';
import { DocumentEvent } from '../src/ingest/document-event.ts';
import { LineEvents } from '../src/ingest/line-events.ts';
import { checkedQuery } from '../src/rules/checked-query.ts';
import type { EqlRule } from '../src/rules/rule.ts';
import { loadRuleSet } from '../src/rules/rule-set.ts';

/** Every public rule, run as a detection engine runs it: it finds its example, and none of its near misses. */

const root = sharedFile('elastic-rules');
const rules = root === null ? [] : loadRuleSet([root]).rules.filter((rule) => rule.supported);
const skip = rules.length === 0 && 'no shared data';

function alertsOf(rule: EqlRule, events: readonly JsonDocument[]): number {
  const clock = () => 0;
  const detector = new Detector([{ ...rule, enabled: true }], { reader: new LineEvents(), clock });
  const found = events.flatMap((event) => detector.detect(new DocumentEvent(wired(event))));
  return found.length + detector.end().length;
}

/** As it comes out of a file. */
function wired(event: JsonDocument): JsonDocument {
  return JSON.parse(JSON.stringify(event));
}

function optionsOf({ timestamp_field: timestampField }: EqlRule): ExampleOptions {
  return { timestampField };
}

/** Clauses that cannot fail while all others hold, by what makes them so, and how many of them a rule has. */
const IMPLIED: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  'a field has a value, which another clause compares': {
    'Connection to Common Large Language Model Endpoints': 1,
    'Connection to Commonly Abused Web Services': 1,
    'DNS Request to Suspicious Top Level Domain': 1,
    'DNS to Commonly Abused Web Services': 1,
    'M365 SharePoint Search for Sensitive Content': 1,
    'Network Activity to a Suspicious Top Level Domain': 1,
    'Potential Privilege Escalation via unshare Followed by Root Process': 1,
    'Suspicious Execution from VS Code Extension': 1,
    'System Public IP Discovery via DNS Query': 1,
  },
  'every alternative of another clause asks for one of the same values': {
    'GenAI Process Connection to Suspicious Top Level Domain': 1,
    'Kubelet Pod Discovery Detected via Defend for Containers': 1,
    'Shell Command-Line History Deletion Detected via Defend for Containers': 1,
    'Suspicious Communication App Child Process': 1,
  },
  'another pattern of the same field asks for more': {
    'AdminSDHolder SDProp Exclusion Added': 1,
    'Persistence via Hidden Run Key Detected': 1,
  },
  'the same is said twice': {
    'Kubelet API Connection Attempt to Internal IP': 2,
    'Loadable Kernel Module Configuration File Creation': 3,
    'Potential RemoteMonologue Attack': 2,
  },
  'an exception is part of a wider one': {
    'APT Package Manager Configuration File Creation': 1,
    'Pluggable Authentication Module or Configuration Creation': 1,
    'Potential Remote File Execution via MSIEXEC': 1,
    'Unusual User Privilege Enumeration via id': 1,
  },
};

describe('the public rules', { skip }, () => {
  it('find their examples, each once', () => {
    const wrong = rules.flatMap((rule) => {
      const { events, diagnostics } = exampleOf(checkedQuery(rule), optionsOf(rule));
      if (events === null) return `${rule.name}: ${diagnostics.map(({ message }) => message).join('; ')}`;
      const alerts = alertsOf(rule, events);
      return alerts === 1 ? [] : `${rule.name}: ${alerts} alerts`;
    });
    assert.deepEqual(wrong, []);
    assert.equal(rules.length, 1081);
  });

  it('find nothing in their near misses, one after the other in one stream', () => {
    const wrong: string[] = [];
    const implied: Record<string, number> = {};
    let found = 0;
    for (const rule of rules) {
      const { nearMisses, left } = nearMissesOf(checkedQuery(rule), optionsOf(rule));
      assert.equal(left, 0, rule.name);
      assert.ok(
        nearMisses.some(({ events }) => events !== null),
        rule.name,
      );
      const events = nearMisses.flatMap((miss) => miss.events ?? []);
      if (alertsOf(rule, events) > 0) wrong.push(rule.name);
      const without = nearMisses.filter((miss) => miss.events === null).length;
      found += nearMisses.length - without;
      if (without > 0) implied[rule.name] = without;
    }
    assert.deepEqual(wrong, []);
    assert.deepEqual(implied, Object.assign({}, ...Object.values(IMPLIED)));
    assert.ok(found > 8000, `${found} near misses`);
  });
});
