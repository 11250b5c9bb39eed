import { redactText } from './text.ts';
import { redactUrl } from './url.ts';

const ROUNDS = 300_000;

const CASES: [string, (text: string) => string, string][] = [
  ['URL, plain', redactUrl, '/latest/meta-data/iam/security-credentials/role-1'],
  ['URL, with host', redactUrl, 'http://169.254.169.254/latest/meta-data/iam/security-credentials/role-1'],
  ['URL, of both cases', redactUrl, '/computeMetadata/v1/instance/service-accounts/default/token'],
  ['URL, with query', redactUrl, '/search?q=red+shoes&page=2&lang=en'],
  ['URL, with escapes', redactUrl, '/metadata/identity/oauth2/token?resource=https%3A%2F%2Fmanagement.azure.com%2F'],
  ['URL, with a secret', redactUrl, '/a?access_token=abcdef&x=1'],
  ['user agent, short', redactText, 'curl/8.5.0'],
  ['user agent, SDK', redactText, 'Boto3/1.43.11 Python/3.11.7 Linux/6.1.0-generic-x Botocore/1.43.11'],
  [
    'user agent, Chrome',
    redactText,
    'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36',
  ],
  ['user agent, Firefox', redactText, 'Mozilla/5.0 (X11; Ubuntu; Linux x86_64; rv:109.0) Gecko/20100101 Firefox/115.0'],
];

/** Prints what redaction costs a text, in nanoseconds. */
export async function bench(): Promise<void> {
  for (const [name, redact, text] of CASES) {
    for (let i = 0; i < ROUNDS / 10; i++) redact(text);
    const start = performance.now();
    for (let i = 0; i < ROUNDS; i++) redact(text);
    const nanoseconds = ((performance.now() - start) * 1e6) / ROUNDS;
    console.log(`redact ${name.padEnd(20)} ${nanoseconds.toFixed(0).padStart(6)} ns`);
  }
}

if (import.meta.main) await bench();
