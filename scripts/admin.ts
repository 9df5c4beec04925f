import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { OPERATOR_COMMANDS, type OperatorCommand } from '@headwright/shared/operator/commands';
import { ROOT } from './wrangler.ts';

/** A field of a command as the command line has it: `--waiting-limit N`. */
function flagOf(name: string, schema: z.ZodType): string {
  const flag = `--${name.replaceAll('_', '-')} …`;
  const about = schema.description === undefined ? '' : ` (${schema.description})`;
  return schema.safeParse(undefined).success ? `[${flag}${about}]` : `${flag}${about}`;
}

const USAGES = Object.entries(OPERATOR_COMMANDS).map(([name, schema]) => {
  const flags = Object.entries(schema.shape).map(([field, type]) => flagOf(field, type));
  return `  ${name.replace('.', ' ').replace('_', '-')}${flags.map((flag) => `\n      ${flag}`).join('')}`;
});

const HELP = `Usage: npm run admin -- GROUP VERB [--field value …] [--url URL]

Does what an operator does, through the edge: docs/operations.md. The key comes from OPERATOR_KEY, the address from
EDGE_URL or --url; without them, from .headwright of npm start. Prints JSON. Secrets are shown once.

${USAGES.join('\n')}
`;

/** What `npm start` leaves for programs of this machine. */
const Local = z.object({ url: z.string(), operatorKey: z.string().optional() });

function readLocal(): z.infer<typeof Local> | null {
  const path = join(ROOT, '.headwright', 'local.json');
  return existsSync(path) ? Local.parse(JSON.parse(readFileSync(path, 'utf8'))) : null;
}

const isCommand = (name: string): name is OperatorCommand => Object.hasOwn(OPERATOR_COMMANDS, name);

/** The command and its fields, as they are sent. */
function readCommand(args: readonly string[]): { command: OperatorCommand; fields: object; url?: string } {
  const [group = '', verb = '', ...rest] = args;
  const command = `${group.replaceAll('-', '_')}.${verb}`;
  if (!isCommand(command))
    throw new Error(`expected a command of --help, got "${`${group} ${verb}`.trim()}"`);
  const fields = Object.keys(OPERATOR_COMMANDS[command].shape);
  const options = [...fields, 'url'].map((name) => [name.replaceAll('_', '-'), { type: 'string' }] as const);
  const { values } = parseArgs({ args: rest, options: Object.fromEntries(options) });
  const given = new Map(Object.entries(values).map(([name, value]) => [name.replaceAll('-', '_'), value]));
  const url = given.get('url');
  given.delete('url');
  return { command, fields: Object.fromEntries(given), ...(url === undefined ? {} : { url }) };
}

async function run(args: readonly string[]): Promise<void> {
  const { command, fields, url: wanted } = readCommand(args);
  const local = readLocal();
  const url = wanted ?? process.env.EDGE_URL ?? local?.url;
  const key = process.env.OPERATOR_KEY ?? local?.operatorKey;
  if (url === undefined) throw new Error('expected EDGE_URL or --url, or a running npm start');
  if (key === undefined) throw new Error('expected OPERATOR_KEY, or a running npm start');
  const response = await fetch(new URL(`/operator/v1/${command}`, url), {
    method: 'POST',
    headers: { Authorization: `Bearer ${key}`, 'Content-Type': 'application/json' },
    body: JSON.stringify(fields),
  });
  const answer: unknown = await response.json();
  if (!response.ok) throw new Error(JSON.stringify(answer, null, 2));
  console.log(JSON.stringify(z.object({ data: z.unknown() }).parse(answer).data, null, 2));
}

if (process.argv.includes('--help') || process.argv.length < 3) console.log(HELP);
else {
  try {
    await run(process.argv.slice(2));
  } catch (error) {
    console.error(`admin: ${error instanceof Error ? error.message : String(error)}`);
    process.exit(1);
  }
}
