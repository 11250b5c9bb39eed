/**
 * Writes src/ecs/catalogue.generated.ts from the installed @elastic/ecs. Run by hand after that package was updated:
 *
 *     node scripts/generate-catalogue.ts
 */
import { writeFileSync } from 'node:fs';
import { EcsFlat, EcsVersion } from '@elastic/ecs';

const GENERATED = new URL('../src/ecs/catalogue.generated.ts', import.meta.url);

/** What the package says of a field, as far as the catalogue holds it. */
interface Definition {
  readonly flat_name: string;
  readonly type: string;
  /** The type of what stands below an `object` whose keys are free. */
  readonly object_type?: string;
  readonly normalize: readonly string[];
  /** Values that ECS allows. */
  readonly allowed_values?: readonly { readonly name: string }[];
  /** Values that it expects, where others are no fault. */
  readonly expected_values?: readonly string[];
  readonly multi_fields?: readonly { readonly flat_name: string; readonly type: string }[];
}

interface Node {
  marks: string | null;
  readonly children: Map<string, Node>;
}

/** The text of the generated file: the fields as a tree, whose notation src/ecs/catalogue.ts explains. */
export function generateCatalogue(): string {
  const root: Node = { marks: null, children: new Map() };
  // The package types each field as a literal; what is read here is common to all of them.
  const definitions: readonly Definition[] = Object.values(EcsFlat);
  for (const definition of definitions) {
    add(root, definition.flat_name, marksOf(definition));
    for (const multi of definition.multi_fields ?? []) add(root, multi.flat_name, ` ${multi.type}`);
  }
  const lines: string[] = [];
  print(root, 0, lines);
  return `// Made by scripts/generate-catalogue.ts from @elastic/ecs ${EcsVersion}; do not edit.

export const ECS_VERSION = '${EcsVersion}';

export const ECS_TREE = \`${lines.join('\n')}\`;

export const ECS_VALUES: Readonly<Record<string, readonly string[]>> = {
${definitions.filter(isOfEvents).flatMap(valuesLine).join('\n')}
};
`;
}

function marksOf(definition: Definition): string {
  const type = definition.type === 'keyword' ? '' : ` ${definition.type}`;
  const below = definition.object_type === undefined ? '' : ` *${definition.object_type}`;
  return type + below + (definition.normalize.includes('array') ? ' []' : '');
}

/** The fields that queries compare with words of ECS; what it says of threats and entities is of no use to them. */
function isOfEvents({ flat_name }: Definition): boolean {
  return /^(?:event\.|network\.direction$)|\bos\.type$/.test(flat_name);
}

function valuesLine({ flat_name, allowed_values, expected_values }: Definition): string[] {
  const values = allowed_values?.map(({ name }) => name) ?? expected_values;
  return values === undefined ? [] : [`  '${flat_name}': ${JSON.stringify(values)},`];
}

function add(root: Node, name: string, marks: string): void {
  let node = root;
  for (const segment of name.split('.')) {
    let child = node.children.get(segment);
    if (child === undefined) {
      child = { marks: null, children: new Map() };
      node.children.set(segment, child);
    }
    node = child;
  }
  node.marks = marks;
}

function print(node: Node, depth: number, lines: string[]): void {
  for (const [segment, child] of [...node.children].sort(([a], [b]) => (a < b ? -1 : 1))) {
    lines.push(`${' '.repeat(depth)}${segment}${child.marks ?? ':'}`);
    print(child, depth + 1, lines);
  }
}

if (import.meta.main) writeFileSync(GENERATED, generateCatalogue());
