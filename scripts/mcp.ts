import { serveMcp } from '@headwright/client/mcp';
import { readCredentials } from './read-credentials.ts';

const HELP = `Usage: npm run mcp

Serves the API to a program that speaks the Model Context Protocol, over standard input and output: make_head,
wait_for_job, get_head, get_file_link, list_heads. The key comes from HEADWRIGHT_KEY, the address from HEADWRIGHT_URL;
without them, from .headwright of npm start.
`;

if (process.argv.includes('--help')) console.log(HELP);
else {
  try {
    serveMcp(readCredentials());
  } catch (error) {
    console.error(`mcp: ${error instanceof Error ? error.message : String(error)}`);
    process.exit(1);
  }
}
