import type { Scalar } from '../../base/field.ts';

/** Versions at and around those that conditions name; "0" comes before all others but its own pre-releases. */
export function* versionCandidates(constants: readonly Scalar[]): Generator<string> {
  for (const constant of constants) {
    const text = String(constant);
    yield text;
    yield `${text}.1`;
    yield `${text}-0`;
    yield `${text}+1`;
  }
  yield* ['1.0.0', '0', '0-0', '999999.0.0'];
}
