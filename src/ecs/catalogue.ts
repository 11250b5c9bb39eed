import type { FieldCatalogue, FieldType } from '../base/field.ts';
import { ECS_TREE, ECS_VALUES } from './catalogue.generated.ts';
import { type FieldDefinition, OWN_FIELDS } from './fields.ts';

export { ECS_VERSION } from './catalogue.generated.ts';

/** The fields of ECS, of the network_traffic integration, and of hoplimit's own. */
export const catalogue: Catalogue = {
  type: (name) => lookUp(name)?.type ?? freeParent(name)?.below,
  names,
  isArray: (name) => lookUp(name)?.array,
  expectedValues: (name) => (Object.hasOwn(ECS_VALUES, name) ? ECS_VALUES[name] : undefined),
  description: (name) => lookUp(name)?.description,
};

export interface Catalogue extends FieldCatalogue {
  isArray(name: string): boolean | undefined;
  expectedValues(name: string): readonly string[] | undefined;
  /** One sentence; undefined for the fields of ECS, whose own documentation has it. */
  description(name: string): string | undefined;
}

interface Field {
  readonly type: FieldType;
  readonly array: boolean;
  /** The type of every name below this one, where these names are free. */
  readonly below?: FieldType | undefined;
  readonly description?: string;
}

/** Fields by name, for each first segment of a name; a section is read when it is first asked for. */
const sections = new Map<string, Map<string, Field>>();
let sectionTexts: Map<string, string> | null = null;

function lookUp(name: string): Field | undefined {
  const dot = name.indexOf('.');
  return section(dot < 0 ? name : name.slice(0, dot))?.get(name);
}

function section(first: string): Map<string, Field> | undefined {
  const known = sections.get(first);
  if (known !== undefined) return known;
  const fields = new Map<string, Field>();
  const tree = texts().get(first);
  if (tree !== undefined) readTree(tree, fields);
  for (const definition of OWN_FIELDS) {
    if (definition.name === first || definition.name.startsWith(`${first}.`)) {
      fields.set(definition.name, ownField(definition));
    }
  }
  // Names that no section has come from rules, and may be any number.
  if (fields.size === 0) return undefined;
  sections.set(first, fields);
  return fields;
}

/** The generated tree, cut at the lines that are not indented. */
function texts(): Map<string, string> {
  sectionTexts ??= new Map(ECS_TREE.split(/\n(?! )/).map((text) => [/^[^: \n]+/.exec(text)?.[0] ?? '', text]));
  return sectionTexts;
}

function* names(): Iterable<string> {
  const firsts = new Set(texts().keys());
  for (const { name } of OWN_FIELDS) firsts.add(name.split('.')[0]);
  for (const first of firsts) yield* section(first)?.keys() ?? [];
}

/** No field has more characters, so what a longer name has beyond them need not be looked up. */
const LONGEST_NAME = 128;

/** The field nearest above `name` whose keys are free, such as `labels` for `labels.team`. */
function freeParent(name: string): Field | undefined {
  const first = name.indexOf('.');
  const fields = first < 0 ? undefined : section(name.slice(0, first));
  if (fields === undefined) return undefined;
  for (let dot = name.lastIndexOf('.', LONGEST_NAME); dot > 0; dot = name.lastIndexOf('.', dot - 1)) {
    const parent = fields.get(name.slice(0, dot));
    if (parent !== undefined) return parent;
  }
  return undefined;
}

function ownField({ type, array, description }: FieldDefinition): Field {
  return { type, array: array ?? false, below: type === 'flattened' ? 'keyword' : undefined, description };
}

/**
 * Reads the generated tree. A line is a segment of a name, indented by one space for each segment above it. A segment
 * that ends in a colon is no field itself. After a field's segment come its type (none means keyword), `*` and the
 * type of the free names below it, and `[]` where it is an array.
 */
function readTree(tree: string, into: Map<string, Field>): void {
  const prefixes = [''];
  for (const line of tree.split('\n')) {
    let depth = 0;
    while (line.charCodeAt(depth) === SPACE) depth++;
    if (line.charCodeAt(line.length - 1) === COLON) {
      prefixes[depth + 1] = `${prefixes[depth]}${line.slice(depth, -1)}.`;
      continue;
    }
    const space = line.indexOf(' ', depth);
    const name = prefixes[depth] + (space < 0 ? line.slice(depth) : line.slice(depth, space));
    prefixes[depth + 1] = `${name}.`;
    into.set(name, space < 0 ? KEYWORD : fieldOf(line.slice(space + 1)));
  }
}

const SPACE = 0x20;
const COLON = 0x3a;
const KEYWORD: Field = { type: 'keyword', array: false };

/** The marks met so far and what they mean; a few dozen combinations serve thousands of fields. */
const byMarks = new Map<string, Field>();

function fieldOf(marks: string): Field {
  let field = byMarks.get(marks);
  if (field === undefined) {
    field = parseMarks(marks);
    byMarks.set(marks, field);
  }
  return field;
}

function parseMarks(marks: string): Field {
  let type: FieldType = 'keyword';
  let below: FieldType | undefined;
  let array = false;
  for (const mark of marks.split(' ')) {
    if (mark === '[]') array = true;
    // The generated file holds names of types alone; catalogue.test.ts checks every one of them.
    else if (mark.startsWith('*')) below = mark.slice(1) as FieldType;
    else type = mark as FieldType;
  }
  return { type, array, below: type === 'flattened' ? 'keyword' : below };
}
