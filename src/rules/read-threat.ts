import type { Technique, Threat, ThreatEntry } from './rule.ts';
import type { TableReader } from './table-reader.ts';

/** `[[rule.threat]]`: a tactic of MITRE ATT&CK with techniques and sub-techniques, whose ids must be well-formed. */
export function readThreats(rule: TableReader): readonly Threat[] {
  return rule.tables('threat', (threat) => {
    const tactic = threat.requiredTable('tactic');
    const result = {
      framework: threat.requiredString('framework'),
      tactic: readEntry(tactic, /^TA\d{4}$/, 'a tactic, such as TA0006'),
      technique: threat.tables('technique', readTechnique),
    };
    tactic.done();
    return result;
  });
}

function readTechnique(technique: TableReader): Technique {
  const entry = readEntry(technique, /^T\d{4}$/, 'a technique, such as T1552');
  const subtechnique = technique.tables('subtechnique', (sub) => {
    const result = readEntry(sub, /^T\d{4}\.\d{3}$/, 'a sub-technique, such as T1552.005');
    if (result.id.includes('.') && !result.id.startsWith(`${entry.id}.`)) {
      sub.error('threat-id', 'id', `${result.id} is no sub-technique of ${entry.id}, under which it stands`);
    }
    return result;
  });
  return { ...entry, subtechnique };
}

function readEntry(table: TableReader, pattern: RegExp, name: string): ThreatEntry {
  const entry = {
    id: table.requiredString('id'),
    name: table.requiredString('name'),
    reference: table.requiredString('reference'),
  };
  if (entry.id !== '' && !pattern.test(entry.id))
    table.error('threat-id', 'id', `"${entry.id}" is not the id of ${name}`);
  else if (entry.reference !== '' && !entry.reference.includes(entry.id.replace('.', '/'))) {
    table.warning('threat-reference', 'reference', `this reference is not that of ${entry.id}`);
  }
  return entry;
}
