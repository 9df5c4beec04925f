import { InMemoryTransport, type JSONRPCMessage } from '@modelcontextprotocol/server';
import { expect, test } from 'vitest';
import { createMcpServer } from './create-mcp-server.ts';
import { Headwright } from './headwright.ts';

const JOB = { id: 'job_1', object: 'job', status: 'running', terminal: false };

/** What a program that speaks the protocol gets, and what the server asked the API for. */
async function connect(answers: [status: number, body: object][]) {
  const asked: string[] = [];
  const client = new Headwright({
    apiKey: 'hk_test_x',
    baseUrl: 'https://edge.test',
    retryMax: 0,
    fetch: async (input, init) => {
      const request = new Request(input, init);
      const { pathname, search } = new URL(request.url);
      asked.push(`${request.method} ${pathname}${search} ${await request.text()}`.trim());
      const [status, body] = answers.shift() ?? [500, {}];
      const type = status < 400 ? 'application/json' : 'application/problem+json';
      return new Response(JSON.stringify(body), { status, headers: { 'Content-Type': type } });
    },
  });
  const [near, far] = InMemoryTransport.createLinkedPair();
  const waiting = new Map<unknown, (message: JSONRPCMessage) => void>();
  near.onmessage = (message) => 'id' in message && waiting.get(message.id)?.(message);
  await createMcpServer(client, 'https://edge.test').connect(far);
  await near.start();
  let count = 0;
  const call = async (method: string, params: object): Promise<unknown> => {
    const id = (count += 1);
    const answered = new Promise<JSONRPCMessage>((resolve) => waiting.set(id, resolve));
    await near.send({ jsonrpc: '2.0', id, method, params } as JSONRPCMessage);
    const message = await answered;
    return 'result' in message ? message.result : message;
  };
  const clientInfo = { name: 'test', version: '1' };
  await call('initialize', { protocolVersion: '2025-06-18', capabilities: {}, clientInfo });
  await near.send({ jsonrpc: '2.0', method: 'notifications/initialized' });
  return {
    asked,
    call,
    use: (name: string, input: object) => call('tools/call', { name, arguments: input }),
  };
}

const textOf = (value: object) => [{ type: 'text', text: JSON.stringify(value) }];

test('a program finds the tools, and each asks the API for what it says', async () => {
  const made = { head: { id: 'head_1' }, job: JOB };
  const ended = { ...JOB, terminal: true };
  const { asked, call, use } = await connect([
    [202, made],
    [200, JOB],
    [200, ended],
    [200, { id: 'head_1' }],
    [200, { id: 'ast_1', url: '/files/x' }],
    [200, { object: 'list', data: [], has_more: false }],
  ]);
  const { tools } = (await call('tools/list', {})) as { tools: { name: string }[] };
  const names = ['make_head', 'wait_for_job', 'get_head', 'get_file_link', 'list_heads'];
  expect(tools.map(({ name }) => name).toSorted()).toEqual(names.toSorted());
  expect(await use('make_head', { prompt: 'an elf', seed: 3 })).toMatchObject({ content: textOf(made) });
  expect(await use('wait_for_job', { job_id: 'job_1', seconds: 45 })).toMatchObject({
    content: textOf(ended),
  });
  await use('get_head', { head_id: 'head_1' });
  const link = { id: 'ast_1', url: 'https://edge.test/files/x' };
  expect(await use('get_file_link', { asset_id: 'ast_1' })).toMatchObject({ content: textOf(link) });
  await use('list_heads', { limit: 2 });
  expect(asked).toEqual([
    'POST /v1/heads {"prompt":"an elf","seed":3}',
    'GET /v1/jobs/job_1?wait=30',
    'GET /v1/jobs/job_1?wait=15',
    'GET /v1/heads/head_1',
    'GET /v1/assets/ast_1',
    'GET /v1/heads?limit=2',
  ]);
});

test('a refusal is an answer with its code, and what no tool takes never reaches the API', async () => {
  const problem = { type: '/v1/errors/x', title: 't', status: 402, detail: 'too little', code: 'billing.x' };
  const { asked, use } = await connect([[402, problem]]);
  expect(await use('make_head', { prompt: 'an elf' })).toMatchObject({
    isError: true,
    content: textOf({ code: 'billing.x', detail: 'too little' }),
  });
  expect(await use('make_head', { prompt: 7 })).toMatchObject({ isError: true });
  expect(asked).toHaveLength(1);
});
