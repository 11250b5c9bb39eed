import type { EventFilter, Field, Pipe, Query, SampleStep, SequenceStep } from '../ast.ts';
import { MAX_QUERY_LENGTH, parse } from '../parser/parse.ts';
import { isKeyword } from '../token.ts';
import { Comments } from './comments.ts';
import { fieldName, quote } from './expression.ts';
import { Layout, MAX_WIDTH } from './layout.ts';
import { joinLines, type Line } from './lines.ts';

/**
 * A query written in the one way that we write it: the same tree and the same comments. A text with syntax errors is
 * given back as it is, as is one that would be longer than a query may be.
 */
export function format(text: string): string {
  let formatted = text;
  for (let pass = 0; pass < MAX_PASSES; pass++) {
    const before = formatted;
    formatted = formatOnce(before);
    if (formatted === before) break;
  }
  return formatted.length <= MAX_QUERY_LENGTH ? formatted : text;
}

/** A comment that had to leave its place may stand where more fits on a line the next time; then nothing changes. */
const MAX_PASSES = 6;

function formatOnce(text: string): string {
  const { query } = parse(text);
  if (!query) return text;
  const comments = new Comments(text);
  const printer = new Printer(new Layout(text, comments), comments);
  const lead = comments.takeBefore(query.span.start);
  const gap = comments.gapBefore(query.span.start);
  const body = printer.query(query);
  // Steps have taken those on their line.
  const trail = query.kind === 'event' ? comments.takeOnLine(query.span) : [];
  return joinLines([...lead, { text: [body, ...trail].join(' '), gap }, ...comments.takeBefore(text.length)], '');
}

class Printer {
  readonly #layout: Layout;
  readonly #comments: Comments;

  constructor(layout: Layout, comments: Comments) {
    this.#layout = layout;
    this.#comments = comments;
  }

  query(query: Query): string {
    switch (query.kind) {
      case 'event': {
        const body = this.#filter(query.filter, '', '');
        const piped = query.pipes.map(pipe);
        const line = [body, ...piped].join(' ');
        return !line.includes('\n') && line.length <= MAX_WIDTH ? line : [body, ...piped].join('\n');
      }
      case 'sequence': {
        const maxspan = query.maxspan ? ` with maxspan=${query.maxspan.value}${query.maxspan.unit}` : '';
        const steps = query.steps.flatMap((step) => this.#step(step, INDENT));
        const until = query.until ? this.#step(query.until, '', 'until ') : [];
        return related(`sequence${keys(query.by)}${maxspan}`, [...steps, ...until], query.pipes);
      }
      case 'sample': {
        const steps = query.steps.flatMap((step) => this.#step(step, INDENT));
        return related(`sample${keys(query.by)}`, steps, query.pipes);
      }
    }
  }

  /** Comments before a step, and the step. */
  #step(step: SequenceStep | SampleStep, indent: string, word = ''): Line[] {
    const indented = ({ text, gap }: Line) => ({ text: `${indent}${text}`, gap });
    const lead = this.#comments.takeBefore(step.span.start).map(indented);
    const gap = this.#comments.gapBefore(step.span.start, word.trim());
    const open = 'missing' in step && step.missing ? '![' : '[';
    const runs = 'runs' in step && step.runs > 1 ? ` with runs=${step.runs}` : '';
    const close = `]${keys(step.by)}${runs}`;
    const filter = this.#filter(step.filter, indent, close, `${word}${open}`.length);
    const trail = this.#comments.takeOnLine(step.span).map((comment) => ` ${comment}`);
    return [...lead, indented({ text: `${word}${open}${filter}${close}${trail.join('')}`, gap })];
  }

  /**
   * @param close what stands behind the filter of a step, on a line of its own where the filter has several
   * @param before columns that are taken before it
   */
  #filter(filter: EventFilter, indent: string, close: string, before = 0): string {
    const head = `${category(filter.category)} where`;
    const { condition } = filter;
    const flat = this.#layout.flat(condition, MAX_WIDTH - indent.length - before - head.length - 1 - close.length);
    if (flat !== null) return `${head} ${flat}`;
    const inner = indent + INDENT;
    const lines = this.#layout.withLead(condition, inner);
    if (close !== '') lines.push(...this.#comments.takeBefore(filter.span.end));
    return `${head}\n${inner}${joinLines(lines, inner)}${close === '' ? '' : `\n${indent}`}`;
  }
}

const INDENT = '  ';

/** Steps and pipes on lines of their own below the first. */
function related(head: string, steps: readonly Line[], pipes: readonly Pipe[]): string {
  const piped = pipes.map((one) => ({ text: pipe(one), gap: false }));
  return joinLines([{ text: head, gap: false }, ...steps, ...piped], '');
}

function category(name: string | null): string {
  if (name === null) return 'any';
  return /^[A-Za-z_@][A-Za-z0-9_]*$/.test(name) && !isKeyword(name) ? name : quote(name);
}

function keys(fields: readonly Field[]): string {
  if (fields.length === 0) return '';
  return ` by ${fields.map((field) => `${field.optional ? '?' : ''}${fieldName(field.name)}`).join(', ')}`;
}

function pipe({ name, count }: Pipe): string {
  return `| ${name} ${count}`;
}
