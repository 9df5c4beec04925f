import type { AppContext } from '../../../http/context.ts';
import type { Contract } from '../../../http/contract.ts';
import { exportAccount } from '../../../services/account/export.ts';

const CONTENT_TYPE = 'application/x-ndjson';

export const exportAccountContract: Contract = {
  operation: 'exportAccount',
  tag: 'Account',
  summary: 'Export everything',
  description:
    'One JSON object a line: the account, then everything that it has in the mode of the key, each as the API shows it: heads and revisions with the addresses of their files, jobs, ledger entries, events, webhook endpoints, keys and client tokens without their secrets, and moderation flags. The last line has the object `export_end` and counts the others; an export without it was cut off.',
  responses: { 200: { description: 'The lines, while they are read.', contentType: CONTENT_TYPE } },
};

/** POST /v1/account/exports */
export async function postExport(c: AppContext): Promise<Response> {
  const lines = await exportAccount(c.get('account'));
  const encoder = new TextEncoder();
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { done, value } = await lines.next();
      if (done) controller.close();
      else controller.enqueue(encoder.encode(`${JSON.stringify(value)}\n`));
    },
  });
  return c.body(body, 200, { 'Content-Type': CONTENT_TYPE, 'Cache-Control': 'no-store' });
}
