import type { OpenApiDocument } from '../../apps/edge/src/http/openapi-document.ts';

const INTRODUCTION = `# Headwright

> Words in, a textured 3D head out: an HTTP API with JSON bodies. \`POST /v1/heads\` with \`{"prompt": "a red demon with horns"}\` answers 202
> with a head and a job; the job is followed by server-sent events, polling or a webhook; when it has succeeded, \`head.files\` has the links.

- Authentication: \`Authorization: Bearer hk_live_…\` (or \`hk_test_…\`, which costs nothing and makes nothing real).
- Send an \`Idempotency-Key\` with every POST that makes a head or edits one; the same key never pays twice.
- Errors are problem documents (RFC 9457): branch on \`code\`, retry only where \`retryable\`, wait for \`Retry-After\`.
- In test mode these prompts have fixed ends: \`test:succeed\`, \`test:slow:N\`, \`test:fail:internal\`, \`test:reject:prompt\`, \`test:reject:output\`, \`test:expire\`, \`test:flaky:N\`.
- An assistant that speaks the Model Context Protocol: \`npm run mcp\` of the repository serves make, wait, fetch and list over standard input and output.

## Documents

- [OpenAPI 3.1](/v1/openapi.json): every operation, schema and error code
- [API reference](/reference): the same for people
`;

/** The API in short, for language models. References: llmstxt.org. */
export function writeLlmsText(document: OpenApiDocument): string {
  const operations = Object.entries(document.paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]) => ({ path, method, ...operation })),
  );
  const sections = document.tags.map(({ name, description }) => {
    const lines = operations
      .filter(({ tags }) => tags.includes(name))
      .map(({ path, method, summary }) => `- \`${method.toUpperCase()} ${path}\`: ${summary}`);
    return lines.length === 0 ? '' : `\n## ${name}\n\n${description}\n\n${lines.join('\n')}\n`;
  });
  return `${INTRODUCTION}${sections.join('')}`;
}
