/** What the script of @scalar/api-reference leaves on the page, as far as we use it. */
interface ScalarGlobal {
  createApiReference(selector: string, configuration: Record<string, unknown>): unknown;
}

declare const Scalar: ScalarGlobal;

// Whatever would call its vendor is off; the page's Content-Security-Policy would refuse it anyway.
Scalar.createApiReference('#reference', {
  url: '/v1/openapi.json',
  withDefaultFonts: false,
  telemetry: false,
  agent: { disabled: true },
  mcp: { disabled: true },
  showDeveloperTools: 'never',
  hideClientButton: true,
  defaultHttpClient: { targetKey: 'shell', clientKey: 'curl' },
});
