import { redactCookies } from './cookies.ts';
import { isPlaceholder, nameSays } from './names.ts';
import { REDACTED } from './redacted.ts';

/** What a program's flags mean whose short names say nothing. */
interface Flags {
  /** The next argument is a password. */
  readonly password?: readonly string[];
  /** The rest of the same argument is a password. */
  readonly attachedPassword?: readonly string[];
  /** The value, in the same argument or the next, is `user:password`; Samba parts it by `%`, lftp by a comma. */
  readonly user?: readonly string[];
  /** The flags of passwords count only after the argument `login`. */
  readonly login?: true;
}

const MYSQL: Flags = { attachedPassword: ['-p'] };
const LDAP: Flags = { password: ['-w'], attachedPassword: ['-w'] };
const PUTTY: Flags = { password: ['-pw'] };
const WINDOWS_REMOTE: Flags = { password: ['-p', '-H'] };
const MONGO: Flags = { password: ['-p'] };
const SAMBA: Flags = { user: ['-U', '--user'] };
const HTTPIE: Flags = { user: ['-a', '--auth'] };
const REGISTRY: Flags = { password: ['-p'], login: true };

/** By the program's name in lower case, without a folder and `.exe`. */
const PROGRAMS: ReadonlyMap<string, Flags> = new Map<string, Flags>([
  ['7z', { attachedPassword: ['-p'] }],
  ['7za', { attachedPassword: ['-p'] }],
  ['az', REGISTRY],
  ['bcp', { password: ['-P'] }],
  ['buildah', REGISTRY],
  ['crackmapexec', WINDOWS_REMOTE],
  ['curl', { user: ['-u', '--user', '-U', '--proxy-user'] }],
  ['docker', REGISTRY],
  ['evil-winrm', WINDOWS_REMOTE],
  ['helm', REGISTRY],
  ['http', HTTPIE],
  ['https', HTTPIE],
  ['hydra', { password: ['-p'] }],
  ['ldapadd', LDAP],
  ['ldapmodify', LDAP],
  ['ldapsearch', LDAP],
  ['lftp', { user: ['-u'] }],
  ['mariadb', MYSQL],
  ['mongo', MONGO],
  ['mongodump', MONGO],
  ['mongosh', MONGO],
  ['mysql', MYSQL],
  ['mysqladmin', MYSQL],
  ['mysqldump', MYSQL],
  ['nerdctl', REGISTRY],
  ['netexec', WINDOWS_REMOTE],
  ['nxc', WINDOWS_REMOTE],
  ['oc', REGISTRY],
  ['openssl', { password: ['-k', '-K'] }],
  ['plink', PUTTY],
  ['podman', REGISTRY],
  ['pscp', PUTTY],
  ['psexec', { password: ['-p'] }],
  ['psftp', PUTTY],
  ['redis-cli', { password: ['-a'] }],
  ['rpcclient', SAMBA],
  ['skopeo', REGISTRY],
  ['smbclient', SAMBA],
  ['sqlcmd', { password: ['-P'] }],
  ['sshpass', { password: ['-p'], attachedPassword: ['-p'] }],
  ['unzip', { password: ['-P'] }],
  ['xfreerdp', { attachedPassword: ['/p:'] }],
  ['xh', HTTPIE],
  ['zip', { password: ['-P'] }],
]);
const NO_FLAGS: Flags = {};

/**
 * The arguments of commands without the values of flags that carry secrets. As many come out as went in. An argument
 * that is null parts one command from the next.
 */
export function redactFlagValues(args: readonly (string | null)[]): (string | null)[] {
  const out = args.map((arg) => arg && withoutBarePassword(arg));
  let program = '';
  let flags = NO_FLAGS;
  let login = false;
  for (const [i, arg] of args.entries()) {
    if (arg === null) {
      flags = NO_FLAGS;
      login = false;
      continue;
    }
    // Wrappers (sudo, env, timeout) come before the program that matters, so any argument may name it.
    const known = PROGRAMS.get(programName(arg));
    if (known) {
      flags = known;
      program = programName(arg);
    }
    login ||= arg === 'login';
    const counted = flags.login && !login ? NO_FLAGS : flags;
    const attached = counted.attachedPassword?.find((flag) => arg.startsWith(flag) && arg.length > flag.length);
    if (attached !== undefined) {
      out[i] = attached + REDACTED;
      continue;
    }
    const next = args[i + 1] ?? null;
    if (next !== null && takesSecret(arg, counted.password ?? [], i) && !isFlag(next) && !isPlaceholder(next)) {
      out[i + 1] = REDACTED;
    } else if (next !== null && program === 'curl' && isCookieFlag(arg) && next.includes('=')) {
      out[i + 1] = redactCookies(next);
    } else {
      redactUser(out, i, counted.user ?? []);
    }
  }
  return out;
}

/** Of curl; without an equals sign its value is a file. */
function isCookieFlag(arg: string): boolean {
  return /^(?:-[A-Za-z]*b|--cookie)$/.test(arg);
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
  if (arg === null) return;
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
  const pattern = /(?:"(?:[^"\\]|\\.)*(?:"|$)|'[^']*(?:'|$)|\\.|[^\s"'`;|&()\\]+)+|[;|&()`\n]/gs;
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
