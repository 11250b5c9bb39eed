import type { EventFilter, Field, Pipe, Query, SampleStep, SequenceStep } from '../ast.ts';
import { parse } from '../parser/parse.ts';
import { isKeyword } from '../token.ts';
import { Comments } from './comments.ts';
import { fieldName, quote } from './expression.ts';
import { Layout, MAX_WIDTH } from './layout.ts';

/**
 * A query written in the one way that we write it: the same tree and the same comments. A text with syntax errors is
 * given back as it is.
 */
export function format(text: string): string {
  const { query } = parse(text);
  if (!query) return text;
  const comments = new Comments(text);
  const printer = new Printer(new Layout(text, comments), comments);
  const lead = comments.takeBefore(query.span.start);
  const body = printer.query(query);
  return [...lead, body, ...comments.takeBefore(text.length)].join('\n');
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
        const lines = [`sequence${keys(query.by)}${maxspan}`, ...query.steps.flatMap((step) => this.#step(step))];
        if (query.until) lines.push(...this.#step(query.until, 'until '));
        return [...lines, ...query.pipes.map(pipe)].join('\n');
      }
      case 'sample': {
        const lines = [`sample${keys(query.by)}`, ...query.steps.flatMap((step) => this.#step(step))];
        return [...lines, ...query.pipes.map(pipe)].join('\n');
      }
    }
  }

  /** Comments before a step, and the step. */
  #step(step: SequenceStep | SampleStep, word = ''): string[] {
    const indent = word === '' ? '  ' : '';
    const lead = this.#comments.takeBefore(step.span.start).map((comment) => `${indent}${comment}`);
    const open = 'missing' in step && step.missing ? '![' : '[';
    const runs = 'runs' in step && step.runs > 1 ? ` with runs=${step.runs}` : '';
    const filter = this.#filter(step.filter, indent, ']');
    const trail = this.#comments.takeOnLine(step.span).map((comment) => ` ${comment}`);
    return [...lead, `${indent}${word}${open}${filter}]${keys(step.by)}${runs}${trail.join('')}`];
  }

  /** @param close what stands behind the filter, on a line of its own where it has several */
  #filter(filter: EventFilter, indent: string, close: string): string {
    const head = `${category(filter.category)} where`;
    const { condition } = filter;
    const flat = this.#layout.flat(condition, indent.length + head.length + 3 + close.length);
    if (flat !== null) return `${head} ${flat}`;
    const inner = `${indent}  `;
    const lead = this.#layout.lead(condition, inner);
    const body = this.#layout.broken(condition, inner);
    const rest =
      close === '' ? [] : this.#comments.takeBefore(filter.span.end).map((comment) => `\n${inner}${comment}`);
    return `${head}\n${inner}${lead}${body}${rest.join('')}${close === '' ? '' : `\n${indent}`}`;
  }
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
