import { describe, expect, it } from 'vitest';
import { HELP, launchArguments } from '../../src/main/arguments.ts';

const USUAL = {
  demo: false,
  hidden: false,
  wall: false,
  display: null,
  view: null,
  config: null,
  profile: null,
  logLevel: 'info',
  link: null,
  print: null,
};

describe('flags', () => {
  it.each([
    [[], {}],
    [['--demo'], { demo: true }],
    [['--config', 'a.yaml'], { config: '/home/a.yaml' }],
    [['-c', 'a.yaml'], { config: '/home/a.yaml' }],
    [['--config=/etc/b.yaml', '--demo'], { demo: true, config: '/etc/b.yaml' }],
    [['--hidden'], { hidden: true }],
    [['--wall', '--display', '2'], { wall: true, display: 2 }],
    [['--wall', '--rotate', '30'], { wall: true, view: 'rotate=30' }],
    [['--wall', '--view', 'by=site&account=Acme'], { wall: true, view: 'by=site&account=Acme' }],
    [['--wall', '--view', '?rotate=9', '--rotate', '60'], { wall: true, view: 'rotate=60' }],
    [['--profile', 'noc-east'], { profile: 'noc-east' }],
    [['--log-level', 'debug'], { logLevel: 'debug' }],
    [['--version'], { print: 'version' }],
    [['--help'], { print: 'help' }],
    [['tunnelwatch://tunnel/1'], { link: 'tunnelwatch://tunnel/1' }],
    [['--no-sandbox', '--enable-logging=stderr', '--user-data-dir=/x', '--demo', '.'], { demo: true }],
    [['--original-process-start-time=1', '--ozone-platform=x11', '--inspect=0', '-psn_0_1'], {}],
  ])('%j', (args, expected) => {
    expect(launchArguments(args, '/home')).toEqual({ ok: true, value: { ...USUAL, ...expected } });
  });

  it.each([
    [['--config'], '--config needs a value.'],
    [['--config='], '--config needs a file.'],
    [['--display', '2'], '--display says where the wall goes; add --wall.'],
    [['--wall', '--display', '0'], '--display 0: expected the number of a display'],
    [['--wall', '--display', 'left'], '--display left: expected the number of a display'],
    [['--wall', '--rotate', '2'], '--rotate 2: expected seconds from 5 to 3600.'],
    [['--wall', '--rotate', 'soon'], '--rotate soon: expected seconds'],
    [['--rotate', '30'], '--rotate says what the wall shows; add --wall.'],
    [['--view', 'by=site'], '--view says what the wall shows; add --wall.'],
    [['--wall', '--view', 'x'.repeat(1001)], '--view: expected at most 1000 characters.'],
    [['--profile', '../x'], '--profile ../x: expected a name'],
    [['--profile', 'a b'], '--profile a b: expected a name'],
    [['--profile', 'x'.repeat(41)], 'expected a name'],
    [['--profile='], '--profile : expected a name'],
    [['--log-level', 'loud'], '--log-level loud: expected one of trace, debug, info'],
    [['--hiden'], 'There is no --hiden; did you mean --hidden?'],
    [['--profil=x'], 'did you mean --profile?'],
  ])('%j is refused with a sentence', (args, sentence) => {
    expect(launchArguments(args, '/home')).toMatchObject({ ok: false, error: expect.stringContaining(sentence) });
  });

  it('are all in the help', () => {
    for (const flag of [
      'hidden',
      'wall',
      'display',
      'rotate',
      'view',
      'profile',
      'config',
      'log-level',
      'demo',
      'version',
      'help',
    ]) {
      expect(HELP).toContain(`--${flag}`);
    }
  });
});
