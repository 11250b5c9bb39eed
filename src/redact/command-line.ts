import { redactCookies } from './authorization.ts';
import { isPlaceholder, nameSays } from './names.ts';
import { REDACTED } from './redacted.ts';

/** Flags of programs whose short name says nothing; the value stands in the same argument or in the next. */
const PASSWORD_FLAGS: Readonly<Record<string, readonly string[]>> = {
  '7z': ['-p'],
  '7za': ['-p'],
  bcp: ['-P'],
  crackmapexec: ['-p', '-H'],
  'evil-winrm': ['-p', '-H'],
  hydra: ['-p'],
  ldapadd: ['-w'],
  ldapmodify: ['-w'],
  ldapsearch: ['-w'],
  mariadb: ['-p'],
  mongo: ['-p'],
  mongodump: ['-p'],
  mongosh: ['-p'],
  mysql: ['-p'],
  mysqladmin: ['-p'],
  mysqldump: ['-p'],
  netexec: ['-p', '-H'],
  nxc: ['-p', '-H'],
  openssl: ['-k', '-K'],
  plink: ['-pw'],
  pscp: ['-pw'],
  psexec: ['-p'],
  psftp: ['-pw'],
  'redis-cli': ['-a'],
  sqlcmd: ['-P'],
  sshpass: ['-p'],
  unzip: ['-P'],
  xfreerdp: ['/p:'],
  zip: ['-P'],
};
/** Of these, `<program> … login -p <password>`. */
const LOGIN_PROGRAMS = new Set(['az', 'buildah', 'docker', 'helm', 'nerdctl', 'oc', 'podman', 'skopeo']);
/** Flags whose value is `user:password` (of Samba's programs `user%password`, of lftp `user,password`). */
const USER_FLAGS: Readonly<Record<string, readonly string[]>> = {
  curl: ['-u', '--user', '-U', '--proxy-user'],
  ffuf: ['-u'],
  http: ['-a', '--auth'],
  https: ['-a', '--auth'],
  lftp: ['-u'],
  rpcclient: ['-U', '--user'],
  smbclient: ['-U', '--user'],
  wget: ['--user'],
  xh: ['-a', '--auth'],
};

/**
 * The arguments of one command without the values of flags that carry secrets. As many come out as went in. An argument
 * that is null separates commands.
 */
export function redactFlagValues(args: readonly (string | null)[]): (string | null)[] {
  const out = [...args];
  let program = '';
  let login = false;
  for (let i = 0; i < out.length; i++) {
    const arg = out[i];
    if (arg === null) {
      program = '';
      login = false;
      continue;
    }
    const name = programName(arg);
    if (name in PASSWORD_FLAGS || name in USER_FLAGS || LOGIN_PROGRAMS.has(name)) program = name;
    else if (arg === 'login') login = true;
    const next = out[i + 1] ?? null;
    const passwordFlags = PASSWORD_FLAGS[program] ?? (login && LOGIN_PROGRAMS.has(program) ? ['-p'] : []);
    const attached = passwordFlags.find((flag) => arg.startsWith(flag) && arg.length > flag.length);
    out[i] = withoutBarePassword(arg);
    if (attached !== undefined && !arg.startsWith('--')) {
      out[i] = attached + REDACTED;
    } else if (next !== null && takesSecret(arg, passwordFlags, i) && !isFlag(next) && !isPlaceholder(next)) {
      out[++i] = REDACTED;
    } else {
      redactUser(out, i, USER_FLAGS[program] ?? []);
      if (program === 'curl' && next !== null && /^(?:-[A-Za-z]*b|--cookie)$/.test(arg) && next.includes('=')) {
        out[++i] = redactCookies(next);
      }
    }
  }
  return out;
}

function programName(arg: string): string {
  const base = arg.slice(Math.max(arg.lastIndexOf('/'), arg.lastIndexOf('\\')) + 1);
  return base.toLowerCase().replace(/\.(?:exe|py)$/, '');
}

function isFlag(arg: string): boolean {
  return /^--?[A-Za-z]/.test(arg);
}

/** Whether the argument after this one is a secret. */
function takesSecret(arg: string, passwordFlags: readonly string[], index: number): boolean {
  if (passwordFlags.includes(arg)) return true;
  if (isFlag(arg)) return nameSays(arg) === 'secret' && !/^--?(?:ask|no|print|prompt|show|use|with)-/.test(arg);
  // A setting's name before its value: `aws configure set aws_secret_access_key <value>`.
  return (
    index > 0 &&
    /^[\w./:-]*(?:secret|access|session|api|auth|private|client)[_-]?(?:access[_-]?)?(?:key|token|secret)$/i.test(
      arg,
    ) &&
    !/^(?:create|delete|describe|generate|get|list|print|put|revoke|rotate|update)-/.test(arg)
  );
}

/** `-u user:password`, `-uuser:password`, `--user=user:password`, `-su user:password`. */
function redactUser(out: (string | null)[], index: number, flags: readonly string[]): void {
  const arg = out[index];
  const next = out[index + 1];
  if (arg === null || flags.length === 0) return;
  for (const flag of flags) {
    const long = flag.startsWith('--');
    if (arg === flag || (!long && /^-[A-Za-z]+$/.test(arg) && arg.endsWith(flag[1]))) {
      if (next) out[index + 1] = withoutPassword(next);
      return;
    }
    const prefix = long ? `${flag}=` : flag;
    if (arg.startsWith(prefix)) {
      out[index] = prefix + withoutPassword(arg.slice(prefix.length));
      return;
    }
  }
}

function withoutPassword(user: string): string {
  return user.replace(/^([^:%,]*[:%,])(.+)$/s, (_, name: string) => name + REDACTED);
}

/** `domain/user:password@host` without a scheme, as impacket's programs take it. Mail addresses after a scheme are none. */
function withoutBarePassword(arg: string): string {
  return arg.replace(
    /^((?!mailto:|sips?:|xmpp:|acct:|ssh:)(?:[\w.-]+[/\\])?[\w.-]+:)[^\s@/:]+(@[\w.-]+)$/i,
    (_, user: string, host: string) => user + REDACTED + host,
  );
}

/** The same for the text of a command line, as a shell reads it; quotes around what is redacted stay. */
export function redactCommandText(text: string): string {
  const tokens = tokenize(text);
  const values = tokens.map((token) => token.value);
  const redacted = redactFlagValues(values);
  let out = '';
  let done = 0;
  for (const [index, token] of tokens.entries()) {
    const value = redacted[index];
    if (value === null || value === values[index]) continue;
    const quote = /^["']/.exec(text.slice(token.start, token.start + 1))?.[0] ?? '';
    out += text.slice(done, token.start) + quote + value + quote;
    done = token.end;
  }
  return done === 0 ? text : out + text.slice(done);
}

interface Token {
  readonly start: number;
  readonly end: number;
  /** Without quotes; null for what separates commands. */
  readonly value: string | null;
}

/** Words and separators of a shell command; an unclosed quote goes on to the end. */
function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  const pattern = /(?:"(?:[^"\\]|\\.)*(?:"|$)|'[^']*(?:'|$)|\\.|[^\s"'`;|&()\\])+|[;|&()`\n]/gs;
  for (const match of text.matchAll(pattern)) {
    const raw = match[0];
    const separator = /^[;|&()`\n]$/.test(raw);
    tokens.push({ start: match.index, end: match.index + raw.length, value: separator ? null : unquote(raw) });
  }
  return tokens;
}

function unquote(raw: string): string {
  return raw.replace(/"((?:[^"\\]|\\.)*)(?:"|$)|'([^']*)(?:'|$)|\\(.)/gs, (_, double, single, escaped) =>
    double !== undefined ? double.replace(/\\(["\\$`])/g, '$1') : (single ?? escaped),
  );
}
