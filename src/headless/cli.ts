/** The command line: reads arguments, runs one command, and turns trouble into one sentence and an exit code. */
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { addChangeCommands } from './change-commands.ts';
import { checkToken } from './commands/check-token.ts';
import { configSchema, validateConfig } from './commands/config.ts';
import type { DemoOptions } from './commands/demo.ts';
import { LINT_HELP, type LintOptions, lint } from './commands/lint.ts';
import type { TryOptions } from './commands/rules.ts';
import { type ServeOptions, type Surroundings, serve } from './commands/serve.ts';
import type { SimulateOptions } from './commands/simulate.ts';
import { STATUS_HELP, type StatusOptions, status } from './commands/status.ts';
import { defaultPaths } from './paths.ts';
import { EXIT, say, UserError } from './terminal.ts';
import { VERSION } from './version.ts';

/** Reads a number within limits; `whole` ones only unless told otherwise. */
function number(least: number, most: number, whole = true): (text: string) => number {
  return (text) => {
    const value = /^\d+(\.\d+)?$/.test(text) ? Number(text) : Number.NaN;
    if (value >= least && value <= most && (!whole || Number.isInteger(value))) return value;
    throw new InvalidArgumentError(`Expected a${whole ? ' whole' : ''} number from ${least} to ${most}.`);
  };
}

const port = number(0, 65_535);

/** Gathers an option that may be given several times. */
const also = (text: string, before: readonly string[]): readonly string[] => [...before, text];

const EXIT_HELP = `
Exit codes: ${EXIT.done} done, ${EXIT.failed} failed, ${EXIT.wrongInput} wrong arguments or settings; \`status\` has its own, see its help.`;

/** Builds the commands; each leaves its exit code with `finish`. A server that only watches never loads the simulator. */
function program(surroundings: Surroundings, finish: (code: number) => void): Command {
  const { terminal, env } = surroundings;
  const cli = new Command('tunnelwatch')
    .description('Watches Cloudflare Magic IPsec tunnels: BGP, health checks and PSK age, with history.')
    .version(VERSION, '-V, --version')
    .addHelpText('after', EXIT_HELP)
    .showSuggestionAfterError()
    .exitOverride()
    .configureOutput({
      writeOut: (text) => terminal.out.write(text),
      writeErr: (text) => terminal.error.write(text),
      outputError: (text, write) => write(text.replace(/^error: /, 'tunnelwatch: ')),
    });
  cli
    .command('serve')
    .description('watch the accounts of a config file and serve the board')
    .option('-c, --config <file>', `YAML or JSON; without it ${defaultPaths(env).config}`)
    .option('--host <address>', 'address to listen on (loopback unless the config names an access token)')
    .option('--port <number>', 'port to listen on, 0 for any free one', port)
    .option('--open [page]', 'open the board in a browser, or another page: /wall?by=site')
    .action(async (options: ServeOptions) => finish(await serve(options, surroundings)));
  cli
    .command('demo')
    .description('practice mode: the built-in simulator with a week of past')
    .option('--port <number>', 'port to listen on, 0 for any free one', port, 8484)
    .option('--days <number>', 'days of past', number(0, 30), 7)
    .option('--tunnels <number>', 'how many tunnels; as the scenario says if not given', number(1, 10_000))
    .option('--seed <number>', 'which world: the same seed gives the same one', number(0, 4_294_967_295), 1)
    .option('--open [page]', 'open the board in a browser, or another page: /wall?by=site')
    .action(async (options: DemoOptions) => {
      const { demo } = await import('./commands/demo.ts');
      finish(await demo(options, surroundings));
    });
  cli
    .command('simulate')
    .description('the simulated Cloudflare alone; prints its address, tokens and account ids')
    .option('--port <number>', 'port to listen on, 0 for any free one', port, 0)
    .option('--scenario <name>', 'which story to play', 'practice')
    .option('--tunnels <number>', 'how many tunnels; as the scenario says if not given', number(1, 100_000))
    .option('--accounts <number>', 'how many accounts; as the scenario says if not given', number(1, 100))
    .option('--seed <number>', 'which world: the same seed gives the same one', number(0, 4_294_967_295), 1)
    .option('--speed <factor>', 'how many times faster than real its time runs', number(0.01, 10_000, false), 1)
    .action(async (options: SimulateOptions) => {
      const { simulate } = await import('./commands/simulate.ts');
      finish(await simulate(options, terminal));
    });
  cli
    .command('status')
    .description('ask a running host how things are')
    .option('-c, --config <file>', 'take address and access token from this config file')
    .option(
      '--url <address>',
      'address of the host (default http://127.0.0.1:8484); TUNNELWATCH_TOKEN is its access token',
    )
    .option('--json', 'print everything as JSON')
    .addHelpText('after', STATUS_HELP)
    .action(async (options: StatusOptions) => finish(await status(options, env, terminal)));
  cli
    .command('validate-config')
    .description('check a config file and say what is wrong with it')
    .argument('<file>', 'YAML or JSON')
    .action(async (file: string) => finish(await validateConfig(file, terminal)));
  cli
    .command('check-token')
    .description('ask Cloudflare what the credentials of a config file are good for')
    .argument('<file>', 'YAML or JSON')
    .action(async (file: string) => finish(await checkToken(file, env, terminal)));
  cli
    .command('lint')
    .description('judge the configuration of tunnels once: of the accounts of a config file, or of a saved API answer')
    .option('-c, --config <file>', 'YAML or JSON; asks Cloudflare about its accounts')
    .option('--account <name>', 'only this account of the config file, by name or id')
    .option('--file <list.json>', 'a saved answer of the list of IPsec tunnels; asks nobody')
    .option('--rules', 'print every rule with its source and examples, as Markdown')
    .option('--json', 'print everything as JSON')
    .option('--verbose', 'list the rules that could not be evaluated')
    .addOption(
      new Option('--fail-on <severity>', 'what makes the exit code 1')
        .choices(['info', 'warning', 'error'])
        .default('error'),
    )
    .addHelpText('after', LINT_HELP)
    .action(async (options: LintOptions) => finish(await lint(options, env, terminal)));
  const rules = cli.command('rules').description('the rules of alerting: what they are, and what they would tell');
  rules
    .command('list')
    .description('print every rule with its source and its settings, as Markdown')
    .option('-c, --config <file>', 'YAML or JSON; without it the defaults')
    .action(async (options: { config?: string }) => {
      const { listRules } = await import('./commands/rules-list.ts');
      finish(await listRules(options.config, terminal));
    });
  rules
    .command('try')
    .description('live through the recorded past again and say how many pages the rules would have sent; reads only')
    .option('-c, --config <file>', `YAML or JSON; without it ${defaultPaths(env).config}`)
    .option('--since <time>', 'how far back: 12h, 30d', '30d')
    .option('--rule <setting>', 'compare with a changed rule: health-down.pending=60s (repeatable)', also, [])
    .option('--json', 'print everything as JSON')
    .action(async (options: TryOptions) => {
      const { tryRules } = await import('./commands/rules.ts');
      finish(await tryRules(options, env, terminal));
    });
  addChangeCommands(cli, { env, terminal, input: surroundings.input }, { finish, count: number(1, 10_000) });
  cli
    .command('config-schema')
    .description('print the JSON Schema of the config file')
    .action(() => finish(configSchema(terminal)));
  return cli;
}

/** Runs one command; `args` without program and script. Resolves to the exit code, never rejects for what users do. */
export async function runCli(args: readonly string[], surroundings: Surroundings): Promise<number> {
  const { terminal } = surroundings;
  let code: number = EXIT.done;
  const cli = program(surroundings, (outcome) => {
    code = outcome;
  });
  try {
    if (args.length === 0) {
      cli.outputHelp();
      return EXIT.done;
    }
    await cli.parseAsync(args, { from: 'user' });
    return code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.wrongInput;
    if (!(error instanceof UserError)) throw error;
    for (const line of error.message.split('\n')) say(terminal.error, `tunnelwatch: ${line}`);
    return error.code;
  }
}
