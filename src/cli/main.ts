import { Command, CommanderError, Option } from 'commander';
import { escapeControls } from '../base/controls.ts';
import { VERSION } from '../base/version.ts';
import { parsePorts } from './captures.ts';
import { CommandError, EXIT, type ExitStatus } from './exit.ts';
import { OutputClosed, stderr, stdout } from './output.ts';

/** Runs the command line and gives the status to exit with. Commands are loaded when they are called. */
export async function main(argv: readonly string[]): Promise<ExitStatus> {
  let status: ExitStatus = EXIT.done;
  const program = createProgram((result) => {
    status = result;
  });
  try {
    await program.parseAsync(argv, { from: 'user' });
    stdout.flush();
    return status;
  } catch (error) {
    return failureStatus(error);
  }
}

/** Says what ended the program, after what it had to print until then, and gives the status to exit with. */
export function failureStatus(error: unknown): ExitStatus {
  if (error instanceof OutputClosed) return EXIT.done;
  // Commander has printed what it has to say: help, the version, or what is wrong with the arguments.
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.usage;
  try {
    stdout.flush();
  } catch {
    // What went wrong first is what is told.
  }
  try {
    stderr.line(`hoplimit: ${failureMessage(error)}`);
    stderr.flush();
  } catch {
    // Nobody is there to be told.
  }
  return error instanceof CommandError ? error.status : EXIT.failed;
}

function failureMessage(error: unknown): string {
  if (error instanceof CommandError) return error.message;
  // The operating system refused something, such as to write to a disk that is full.
  if (error instanceof Error && 'syscall' in error) return error.message;
  if (process.env.HOPLIMIT_DEBUG) return `internal error: ${error instanceof Error ? error.stack : String(error)}`;
  const [firstLine] = String(error).split('\n', 1);
  return `internal error: ${firstLine}\nThis is a fault of hoplimit: please report it, with what HOPLIMIT_DEBUG=1 shows.`;
}

const CAPTURES = 'capture files: pcap or pcapng, also gzip or zstd; several are merged by time; - is standard input';

function createProgram(done: (status: ExitStatus) => void): Command {
  const program = new Command('hoplimit')
    .description('Catches the theft of cloud credentials from instance metadata services.')
    .version(VERSION)
    .exitOverride()
    .configureOutput({ writeErr: (text) => void process.stderr.write(escapeControls(text)) })
    .showSuggestionAfterError()
    .showHelpAfterError('(--help shows how it is called)')
    .configureHelp({ showGlobalOptions: true })
    .addHelpText('after', example('hoplimit analyze capture.pcap'));

  trafficOptions(program.command('analyze <capture...>'))
    .summary('capture files to alerts, with evidence')
    .description('Says who asked a metadata service for credentials, what came back, and why that is an alert.')
    .addOption(rulesOption())
    .option('--json', 'alerts as JSON, one document a line')
    .option('--explain', 'show how each part of the query was decided')
    .option('--fail-on-alert', 'exit with 3 when there are alerts')
    .addHelpText('after', example('hoplimit analyze capture.pcap', 'tcpdump -r old.pcap -w - | hoplimit analyze -'))
    .action(async (captures, options) => done(await (await import('./analyze.ts')).analyze(captures, options)));

  trafficOptions(program.command('decode <capture...>'))
    .summary('capture files to ECS events')
    .description('Prints every HTTP transaction as an ECS event, one JSON document a line. Secrets are left out.')
    .addHelpText('after', example('hoplimit decode capture.pcap | jq .url.path'))
    .action(async (captures, options) => done(await (await import('./decode.ts')).decode(captures, options)));

  trafficOptions(program.command('detect [file...]'))
    .summary('rules over events or captures to alerts')
    .description('Runs rules over NDJSON of ECS events (plain, gzip, zstd), captures, or standard input.')
    .addOption(rulesOption())
    .option('--json', 'alerts as JSON, one document a line')
    .option('--fail-on-alert', 'exit with 3 when there are alerts')
    .option('--plan', 'show at the end, on standard error, how events are led to the rules')
    .option('--profile', 'show at the end which rules take longest')
    .addHelpText('after', example('hoplimit detect events.ndjson.gz --rules my-rules/'))
    .action(async (files, options) => done(await (await import('./detect.ts')).detect(files, options)));

  trafficOptions(program.command('query <eql> [file...]'))
    .summary('EQL over events or captures')
    .description(
      'Prints what an EQL query finds (events, sequences or samples of them) in NDJSON (plain, gzip, zstd), captures, or standard input.',
    )
    .option('--size <n>', 'results at most; the latest are kept', parseCount, 10)
    .addOption(
      new Option('--result-position <end>', 'which results are kept where there are more than --size')
        .choices(['head', 'tail'])
        .default('tail'),
    )
    .option('--max-samples-per-key <n>', 'samples at most with the same join key', parseCount, 1)
    .option('--event-category-field <field>', 'the field that the word before "where" names', 'event.category')
    .option('--timestamp-field <field>', 'the field that orders the events', '@timestamp')
    .option('--tiebreaker-field <field>', 'the field that orders events of the same time')
    .addOption(mappingOption('which says what fields there are'))
    .option('--explain', 'print the plan, and how each part was decided for the first event that does not match')
    .option('--json', 'a line {"event": …} or {"sequence": …} for each result')
    .addHelpText(
      'after',
      example(
        `hoplimit query 'network where url.path : "*token*"' capture.pcap`,
        `hoplimit query 'sequence by host.id with maxspan=1m [process where true] [file where true]' events.ndjson`,
      ),
    )
    .action(async (eql, files, options) => done(await (await import('./query.ts')).query(eql, files, options)));

  addRulesCommands(program, done);
  return program;
}

function addRulesCommands(program: Command, done: (status: ExitStatus) => void): void {
  const rules = program
    .command('rules')
    .summary('list, show, check, format, sample and test rules')
    .description('Rules as code: Elastic’s TOML files, each with its tests beside it.');
  rules
    .command('list')
    .description('Lists the rules.')
    .addOption(rulesOption())
    .option('--json', 'one JSON document a line')
    .addHelpText('after', example('hoplimit rules list'))
    .action(async (options) => done((await import('./rules.ts')).listRules(options)));
  rules
    .command('show <rule>')
    .description('Shows a rule with its query and guide. It is named by its id, or by a part of its name or file.')
    .addOption(rulesOption())
    .option('--json', 'as a JSON document')
    .addHelpText('after', example('hoplimit rules show "metadata credential"'))
    .action(async (rule, options) => done((await import('./rules.ts')).showRule(rule, options)));
  rules
    .command('check [path...]')
    .summary('mistakes in rule files, and what a seasoned author would not write')
    .description(
      'Checks rule files, and all below folders: every mistake, with the place and how to mend it, then lints as warnings. Only mistakes make it fail.',
    )
    .option('--no-lint', 'mistakes alone')
    .addOption(mappingOption('an unknown field is then an error'))
    .option('--json', 'a line for each file, with lines and columns from 1')
    .addHelpText(
      'after',
      `
Lints: docs/lints/README.md lists them, and docs/lints/<code>.md says of each why and how to mend it. A comment in the
query, "// hoplimit: allow <code>", silences one for the rule.
${example('hoplimit rules check my-rules/')}`,
    )
    .action(async (paths, options) => done((await import('./rules-check.ts')).checkRules(paths, options)));
  rules
    .command('format [path...]')
    .description(
      'Formats the queries of rule files, in place, and of all below folders; - formats a query on standard input.',
    )
    .option('--check', 'change nothing, name the files that would change, and exit with 1 where there are any')
    .option('--json', 'a line for each file')
    .addHelpText(
      'after',
      example('hoplimit rules format --check my-rules/', `echo 'any where a==1' | hoplimit rules format -`),
    )
    .action(async (paths, options) => done((await import('./rules-format.ts')).formatRules(paths, options)));
  rules
    .command('sample <rule>')
    .description(
      'Prints events that the rule matches, made from its query, one JSON document a line; with --near such as just fail to. The rule is named by its id, or by a part of its name or file.',
    )
    .addOption(rulesOption())
    .option('--near', 'near misses: events with which one thing is wrong, and on standard error what')
    .option('--json', 'a line {"matches": …, "events": […]} for each example, with what is wrong')
    .addHelpText(
      'after',
      example(
        'hoplimit rules sample "metadata credential"',
        'hoplimit rules sample "metadata credential" | hoplimit detect',
        'hoplimit rules sample "metadata credential" --near',
      ),
    )
    .action(async (rule, options) => done((await import('./rules-sample.ts')).sampleRule(rule, options)));
  rules
    .command('test [path...]')
    .description('Runs the tests (<rule>.test.yaml) beside the rules.')
    .option('--json', 'a line for each case')
    .addHelpText('after', example('hoplimit rules test my-rules/'))
    .action(async (paths, options) => done(await (await import('./rules-test.ts')).testRules(paths, options)));
}

function trafficOptions(command: Command): Command {
  return command
    .addHelpText('after', `\nFiles: ${CAPTURES}.`)
    .option(
      '--ports <list>',
      'ports on which HTTP is expected (default: 80,443)',
      (text, before: number[] | undefined) => parsePorts(text, before),
    )
    .option('--any-port', 'look for HTTP on every port');
}

function rulesOption(): Option {
  // Not variadic: that would take the files behind it as well.
  return new Option(
    '--rules <path>',
    'a rule file, or a folder of them; may be repeated (default: the rules of hoplimit)',
  ).argParser((path: string, before: readonly string[] = []) => [...before, path]);
}

function mappingOption(effect: string): Option {
  return new Option(
    '--mapping <file>',
    `the mapping of an index in Elasticsearch (JSON), ${effect}; may be repeated (default: the fields of ECS, and any other)`,
  ).argParser((path: string, before: readonly string[] = []) => [...before, path]);
}

function parseCount(text: string): number {
  const count = Number(text);
  if (!Number.isSafeInteger(count) || count < 0) {
    throw new CommandError(`"${text}" is no number of events; write a whole number from 0`, EXIT.usage);
  }
  return count;
}

function example(...lines: string[]): string {
  return `\nExample:\n${lines.map((line) => `  $ ${line}`).join('\n')}`;
}
