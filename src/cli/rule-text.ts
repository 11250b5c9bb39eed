import type { Rule, Threat } from '../rules/rule.ts';
import type { Style } from './style.ts';
import { wrap } from './text.ts';

/** A rule as a person reads it: what it looks for, how it runs, its query and its guide. */
export function ruleText(rule: Rule, style: Style, width: number): string[] {
  const lines = [style('bold', rule.name), style('dim', rule.file), '', ...paragraph(rule.description, width), ''];
  const row = (label: string, text: string | undefined) => {
    if (text === undefined || text === '') return;
    for (const [index, line] of wrap(text, width - 16).entries()) {
      lines.push(`${style('dim', (index === 0 ? label : '').padEnd(16))}${line}`);
    }
  };
  row('Rule id', `${rule.rule_id}, version ${rule.version}`);
  row('Severity', `${rule.severity}, risk ${rule.risk_score}`);
  row('Type', rule.supported ? 'eql' : `${rule.type} (not run)`);
  row('Reads', rule.index.join(', '));
  row('Schedule', `every ${rule.interval}, from ${rule.from} to ${rule.to}, ${rule.max_signals} alerts at most`);
  row('Time', rule.timestamp_override);
  row('Author', `${rule.author.join(', ')}${rule.license === undefined ? '' : ` (${rule.license})`}`);
  row('ATT&CK', rule.threat.map(threatText).join('; '));
  row('Tags', rule.tags.join(', '));
  row('References', rule.references.join(' '));
  if (rule.supported)
    lines.push(
      ...section('Query', style),
      ...rule.query
        .trim()
        .split('\n')
        .map((line) => `  ${line}`),
    );
  for (const [index, text] of rule.false_positives.entries()) {
    lines.push(...(index === 0 ? section('False positives', style) : []), ...paragraph(text, width));
  }
  if (rule.note !== undefined) lines.push(...section('Investigation guide', style), ...markdown(rule.note, width));
  if (rule.setup !== undefined) lines.push(...section('Set-up', style), ...markdown(rule.setup, width));
  return lines;
}

function section(title: string, style: Style): string[] {
  return ['', style('bold', title)];
}

function paragraph(text: string, width: number): string[] {
  return wrap(text.trim().replace(/\s*\n\s*/g, ' '), width);
}

/** Markdown is shown as it is written, long lines broken. */
function markdown(text: string, width: number): string[] {
  return text
    .trim()
    .split('\n')
    .flatMap((line) => wrap(line, width));
}

function threatText({ tactic, technique }: Threat): string {
  const techniques = technique.flatMap(({ id, name, subtechnique }) =>
    subtechnique.length > 0 ? subtechnique.map((sub) => `${sub.id} ${sub.name}`) : [`${id} ${name}`],
  );
  return [`${tactic.id} ${tactic.name}`, ...techniques].join(', ');
}
