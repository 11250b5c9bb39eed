import type { Scalar } from '../../base/field.ts';
import { members } from '../regex/members.ts';
import { RegexNodes } from '../regex/node.ts';
import { toNumber } from '../values/compare.ts';
import { constantsIn } from './constants.ts';
import { filled } from './fill.ts';
import { languageOf } from './language.ts';
import type { Question } from './question.ts';

/** Texts that one question suggests. */
const MAX_HINTS = 200;

/** Characters of a text that is made as long as a condition asks for. */
const MAX_LENGTH = 10_000;

/** Constants of a composed expression that are put together two by two. */
const MAX_PAIRED = 8;

/** Readable texts worth a try: what each condition suggests by itself, all of them together, and what the name suggests. */
export function* textCandidates(questions: readonly Question[], preferred: readonly Scalar[]): Generator<string> {
  const asking = questions.filter(({ wanted }) => wanted);
  const hints = asking.map((question) => hintsOf(question).slice(0, MAX_HINTS)).filter((list) => list.length > 0);
  for (const list of hints) yield* list;
  if (hints.length > 1) {
    const firsts = hints.map(([first]) => first);
    for (const joint of [' ', '']) {
      yield firsts.join(joint);
      yield firsts.toReversed().join(joint);
    }
  }
  for (const value of preferred) if (typeof value === 'string') yield value;
}

function hintsOf({ leaf }: Question): string[] {
  switch (leaf.kind) {
    case 'missing':
      return [];
    case 'comparison':
      return [String(leaf.value), `${leaf.value}x`];
    case 'member':
      return leaf.values.map(String);
    case 'pattern':
      // What a pattern of nothing but stars asks for, the field's name suggests better.
      if (leaf.operator.startsWith('regex')) return [];
      return leaf.patterns.filter((pattern) => !/^[?*]*\*$/.test(pattern)).map(filled);
    case 'composed':
      return hintsFrom(constantsIn(leaf.expression));
  }
}

/** Constants with something before, behind and between them, and texts as long as a number says. */
function hintsFrom(constants: readonly Scalar[]): string[] {
  const texts = constants.filter((value) => typeof value === 'string');
  const lengths = constants.map(toNumber).filter((value) => value >= 0 && value < MAX_LENGTH);
  const pads = lengths
    .slice(0, MAX_PAIRED)
    .flatMap((value) => [value, value + 1, value - 1])
    .filter((value) => value >= 0);
  const hints = texts.flatMap((text) => [filled(text), text]);
  for (const text of texts.slice(0, MAX_PAIRED)) {
    hints.push(`sample${text}`, `${text}sample`, `sample${text}sample`);
    for (const pad of pads) hints.push('a'.repeat(pad) + text, text + 'a'.repeat(pad));
    for (const other of texts.slice(0, MAX_PAIRED)) {
      hints.push(text + other);
      if (text.startsWith(other)) hints.push(text.slice(other.length));
      if (text.endsWith(other)) hints.push(text.slice(0, text.length - other.length));
    }
  }
  for (const pad of pads) hints.push('a'.repeat(pad), '1'.repeat(pad));
  return [...hints, ...constants.map(String), '', 'a'];
}

/** Conditions that are added one by one to those a text is looked for in. */
const MAX_ROUNDS = 60;

/** Texts that are looked at where conditions are among them that have no regular language. */
const MAX_MEMBERS = 50;

/**
 * A text that answers all questions as it must, by way of the language of each: those that ask for a value are
 * intersected, and then, as long as the shortest text of the whole is refused, what refuses it. Exact but for questions
 * whose language cannot be told. Null where there is none, or none was found.
 * @param answers whether a text answers one question as it must be
 * @param spend told of the parts that it took
 */
export function textInLanguage(
  questions: readonly Question[],
  answers: (question: Question, text: string) => boolean,
  spend: (parts: number) => void,
): string | null {
  const nodes = new RegexNodes();
  const text = search(questions, nodes, answers);
  spend(nodes.parts);
  return text;
}

function search(
  questions: readonly Question[],
  nodes: RegexNodes,
  answers: (question: Question, text: string) => boolean,
): string | null {
  const languages = new Map(questions.map((question) => [question, languageOf(question.leaf, nodes)]));
  const taken = new Set(questions.filter((question) => question.wanted && languages.get(question)));
  // The empty text is right, though any other would be read more easily.
  let isEmptyRight = false;
  const parts = [...taken].flatMap((question) => languages.get(question) ?? []);
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const node = nodes.intersection(parts);
    let refusing: Question | undefined;
    for (const text of members(node, nodes, MAX_MEMBERS)) {
      const wrong = questions.filter((question) => !answers(question, text));
      if (wrong.length === 0) {
        if (text !== '') return text;
        isEmptyRight = true;
      }
      refusing = wrong.find((question) => languages.get(question) && !taken.has(question));
      if (refusing) break;
    }
    const language = refusing && languages.get(refusing);
    if (!refusing || !language) break;
    taken.add(refusing);
    parts.push(refusing.wanted ? language : nodes.complement(language));
  }
  return isEmptyRight ? '' : null;
}
