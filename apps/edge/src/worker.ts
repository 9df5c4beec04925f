import { createApp } from './app.ts';
import { buildDeps } from './deps.ts';
import type { Bindings } from './env.ts';
import { SCHEDULE } from './scheduled/index.ts';

export { AccountRate } from './durable/account-rate.ts';
export { JobRoom } from './durable/job-room.ts';
export { RunnerPool } from './durable/runner-pool.ts';
export { WebhookSender } from './durable/webhook-sender.ts';

// One application an isolate; its bindings never change.
let app: ReturnType<typeof createApp> | undefined;

export default {
  fetch(request, env, context) {
    app ??= createApp(buildDeps(env));
    return app.fetch(request, env, context);
  },
  async scheduled(controller, env) {
    await SCHEDULE[controller.cron]?.(buildDeps(env));
  },
} satisfies ExportedHandler<Bindings>;
