/** The commands that change accounts: `tunnel`, `psk`, and `audit`, which tells what they did. */
import type { Command } from 'commander';
import type { Operation } from '../shared/operations.ts';
import type { AuditOptions } from './commands/audit.ts';
import type { ChangeOptions, ChangeSurroundings } from './commands/change.ts';
import type { InputOptions } from './commands/change-input.ts';
import type { OpenedChange } from './commands/change-open.ts';

type Make = (opened: OpenedChange) => Promise<Operation> | Operation;
type All = ChangeOptions & InputOptions;

/** What the exit codes of a change mean. */
export const CHANGE_HELP = `
Exit codes: 0 done; 1 refused, or nothing was sent; 2 wrong arguments or settings; 3 somebody was faster, plan again;
4 not known, or done in part: look at the tunnel before you try again.
The settings name the write token as accounts[].writeToken; the token that watches is never used for changes.`;

const also = (text: string, before: readonly string[]): readonly string[] => [...before, text];

/** Options that all changes share. */
function shared(command: Command): Command {
  return command
    .option('-c, --config <file>', 'YAML or JSON; without it the usual one')
    .option('--account <name>', 'name or id of the account; may be left out where there is one')
    .option('--by <name>', 'who does it, for the record; without it the user of this machine')
    .option('--validate-only', 'print the plan and stop: Cloudflare checks and changes nothing')
    .option('--json', 'print the outcome as JSON');
}

const yes = (command: Command): Command => command.option('--yes', 'do not ask');

function fields(command: Command): Command {
  return command
    .option('-f, --file <file>', 'YAML or JSON with the fields')
    .option('--set <field=value>', 'one field, for instance healthCheck.rate=high (repeatable)', also, [])
    .option('--unset <field>', 'take a field away (repeatable)', also, []);
}

function keys(command: Command): Command {
  return command
    .option('--psk-file <file>', 'the key is in this file')
    .option('--psk-env <name>', 'the key is in this environment variable')
    .option('--psk-stdin', 'the key comes on standard input');
}

/** Adds the commands; what they need is loaded when one of them runs. */
export function addChangeCommands(
  cli: Command,
  surroundings: ChangeSurroundings,
  { finish, count }: { finish: (code: number) => void; count: (text: string) => number },
): void {
  const run = async (options: ChangeOptions, make: Make): Promise<void> => {
    const { change } = await import('./commands/change.ts');
    finish(await change(options, surroundings, make));
  };
  const input = () => import('./commands/change-input.ts');
  const tunnel = cli
    .command('tunnel')
    .description('create, change and delete tunnels')
    .addHelpText('after', CHANGE_HELP);
  yes(keys(fields(shared(tunnel.command('create').description('create a tunnel'))))).action((options: All) =>
    run(options, async ({ accountId }) => {
      const { fieldsFrom, operationFrom, pskFrom } = await input();
      const psk = await pskFrom(options, surroundings.env, surroundings.input);
      const draft = { ...(await fieldsFrom(options)), ...(psk !== null && { psk }) };
      return operationFrom({ kind: 'create', accountId, draft });
    }),
  );
  yes(
    keys(fields(shared(tunnel.command('update').description('change a tunnel').argument('<tunnel>', 'name or id')))),
  ).action((name: string, options: All) =>
    run(options, async ({ keyOf }) => {
      const { fieldsFrom, operationFrom, pskFrom } = await input();
      const psk = await pskFrom(options, surroundings.env, surroundings.input);
      const change = { ...(await fieldsFrom(options)), ...(psk !== null && { psk }) };
      return operationFrom({ kind: 'update', key: keyOf(name), change });
    }),
  );
  shared(tunnel.command('delete').description('delete a tunnel').argument('<tunnel>', 'name or id'))
    .option('--confirm-name <name>', 'its name, instead of typing it')
    .action((name: string, options: ChangeOptions) =>
      run(options, ({ keyOf }) => ({ kind: 'delete', key: keyOf(name) })),
    );
  yes(fields(shared(tunnel.command('bulk-update').description('change several tunnels in one request, all or none'))))
    .argument('[tunnels...]', 'names or ids that all get the fields; or --file with a list of { tunnel, change }')
    .action((names: readonly string[], options: All) =>
      run(options, async (opened) => {
        const { bulkChanges } = await import('./commands/change-lists.ts');
        return bulkChanges(names, options, opened);
      }),
    );
  const psk = cli.command('psk').description('generate and set pre-shared keys').addHelpText('after', CHANGE_HELP);
  yes(shared(psk.command('generate').description('make a new key, valid at once; it is printed to stdout, once')))
    .argument('<tunnel>', 'name or id')
    .action((name: string, options: ChangeOptions) =>
      run(options, ({ keyOf }) => ({ kind: 'psk-generate', key: keyOf(name) })),
    );
  yes(
    keys(
      shared(psk.command('set').description('set keys of your own; never from the arguments, where others can read')),
    ),
  )
    .argument('[tunnel]', 'name or id; or --file')
    .option('-f, --file <file>', 'YAML or JSON with a list of { tunnel, psk }')
    .action((name: string | undefined, options: All) =>
      run(options, async (opened) => {
        const { keyList } = await import('./commands/change-lists.ts');
        return keyList(name, options, surroundings, opened);
      }),
    );
  cli
    .command('audit')
    .description('print who changed what from this machine, newest first')
    .option('-c, --config <file>', 'YAML or JSON; without it the usual one')
    .option('--account <name>', 'name or id of an account')
    .option('--limit <number>', 'how many entries', count, 50)
    .option('--json', 'print everything as JSON')
    .action(async (options: AuditOptions) => {
      const { audit } = await import('./commands/audit.ts');
      finish(await audit(options, surroundings.env, surroundings.terminal));
    });
}
