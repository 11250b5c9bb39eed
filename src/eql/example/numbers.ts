import { toNumber } from '../values/compare.ts';
import type { Constants } from './constants.ts';

/** Constants of expressions that are put together two by two. */
const MAX_PAIRED = 20;

/**
 * Numbers worth a try. Comparisons with constants cut the numbers into stretches; there is a candidate in each stretch
 * and on each border, so that none that can be met is missed. What arithmetic asks for is guessed.
 */
export function* numberCandidates({ all, composed }: Constants, whole: boolean): Generator<number> {
  const borders = all.map(toNumber).filter(Number.isFinite);
  const sorted = [...new Set(borders)].sort((a, b) => a - b);
  const between = sorted.slice(1).map((border, index) => (border + sorted[index]) / 2);
  const guessed = guesses(composed.map(toNumber).filter(Number.isFinite).slice(0, MAX_PAIRED));
  const beside = (number: number) => (whole ? [Math.ceil(number), Math.floor(number)] : [number]);
  for (const number of [...borders, ...guessed]) {
    for (const one of [number, number + 1, number - 1]) yield* beside(one);
  }
  for (const number of between) yield* beside(number);
  for (let number = 0; number <= USUAL; number++) yield number;
  if (whole) return;
  for (const number of [...borders, ...guessed, 0]) {
    yield number + 0.5;
    yield number - 0.5;
  }
}

/** Whole numbers from 0 that are tried whatever the conditions say. */
const USUAL = 12;

/** What the operators of arithmetic make of two constants: undoing one of them gives the value of a field. */
function guesses(constants: readonly number[]): number[] {
  return constants.flatMap((a) => constants.flatMap((b) => [a + b, a - b, a * b, a / b, -a])).filter(Number.isFinite);
}
