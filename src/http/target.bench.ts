import { analyzeTarget, normalizeTarget, type Target } from './target.ts';

const ROUNDS = 1_000_000;

const CASES: [string, (target: string) => Target, string][] = [
  ['plain', normalizeTarget, '/latest/meta-data/iam/security-credentials/role-1'],
  ['plain, without the fast path', analyzeTarget, '/latest/meta-data/iam/security-credentials/role-1'],
  ['with query', normalizeTarget, '/metadata/identity/oauth2/token?resource=https%3A%2F%2Fmanagement.azure.com%2F'],
  ['absolute-form', normalizeTarget, 'http://169.254.169.254/latest/meta-data/iam/security-credentials/role-1'],
  ['disguised', normalizeTarget, '/latest//meta%252ddata/x/../iam/security-credentials/role-1;a=b'],
];

/** Prints what it costs to take a request target apart, in nanoseconds. */
export async function bench(): Promise<void> {
  for (const [name, analyze, target] of CASES) {
    for (let i = 0; i < ROUNDS / 10; i++) analyze(target);
    const start = performance.now();
    for (let i = 0; i < ROUNDS; i++) analyze(target);
    const nanoseconds = ((performance.now() - start) * 1e6) / ROUNDS;
    console.log(`target ${name.padEnd(30)} ${nanoseconds.toFixed(0).padStart(6)} ns`);
  }
}

if (import.meta.main) await bench();
