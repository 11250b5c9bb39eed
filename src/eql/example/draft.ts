import type { JsonDocument } from '../../base/json-document.ts';
import type { Field } from '../ast.ts';
import type { Read } from '../interpreter.ts';
import type { FieldTypes } from '../semantic/types.ts';
import { type Assignment, type Variable, variableFor } from './variable.ts';

/** An event in the making: which variable is the value of which field. */
export class Draft {
  readonly #fields: FieldTypes;
  readonly #number: number;
  readonly #variables = new Map<string, Variable>();

  /** @param number see `variableFor` */
  constructor(fields: FieldTypes, number: number) {
    this.#fields = fields;
    this.#number = number;
  }

  variable(name: string): Variable {
    let variable = this.#variables.get(name);
    if (variable === undefined) {
      variable = variableFor(name, this.#fields.typeOf(fieldNamed(name)), this.#number);
      this.#variables.set(name, variable);
    }
    return variable;
  }

  /** Puts one variable in the place of another. */
  replace(old: Variable, by: Variable): void {
    for (const [name, variable] of this.#variables) {
      if (variable !== old) continue;
      by.types.add(this.#fields.typeOf(fieldNamed(name)));
      this.#variables.set(name, by);
    }
  }

  reader(values: Assignment): Read {
    return (name) => {
      const variable = this.#variables.get(name);
      return variable && values.get(variable);
    };
  }

  /** The event as JSON, fields nested; one whose parent has a value of its own has a dotted name. */
  document(values: Assignment): JsonDocument {
    const document = emptyObject();
    const names = [...this.#variables.keys()].sort((a, b) => order(a) - order(b));
    for (const name of names) {
      const variable = this.#variables.get(name);
      const found = variable === undefined ? [] : (values.get(variable) ?? []);
      if (found.length > 0) put(document, name, found.length === 1 ? found[0] : found);
    }
    return document;
  }
}

export function fieldNamed(name: string): Field {
  return { kind: 'field', name, optional: false, span: { start: 0, end: 0 } };
}

type JsonObject = Record<string, unknown>;

/** Without a prototype: a field may have the name of one of its properties. */
function emptyObject(): JsonObject {
  return Object.create(null);
}

/** Time and category first, and a field before those below it. */
function order(name: string): number {
  if (name === '@timestamp') return -2;
  return name.startsWith('event.') ? -1 : name.split('.').length;
}

function put(document: JsonObject, name: string, value: unknown): void {
  const parts = name.split('.');
  let at = document;
  for (const [index, part] of parts.slice(0, -1).entries()) {
    const below = at[part] ?? emptyObject();
    if (!isObject(below)) {
      at[parts.slice(index).join('.')] = value;
      return;
    }
    at[part] = below;
    at = below;
  }
  at[parts[parts.length - 1]] = value;
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
