import { openDatabase } from './db/client.ts';
import { type Bindings, parseConfig } from './env.ts';
import { systemClock } from './ports/clock.ts';
import { openDoorbell } from './ports/doorbell/durable-objects.ts';
import { createIds } from './ports/ids.ts';
import { consoleLog } from './ports/log.ts';
import { mailByHttp } from './ports/mail/http.ts';
import { logMails } from './ports/mail/log.ts';
import { openObjects } from './ports/objects/r2.ts';
import { openRates } from './ports/rates/durable-objects.ts';
import { openLocalPayments } from './ports/payments/local.ts';
import { openStripe } from './ports/payments/stripe.ts';
import { sendByFetch } from './ports/outbound/fetch.ts';
import { resolveOverHttps } from './ports/resolver/dns-over-https.ts';
import type { Deps } from './services/context.ts';
import { createInFlight } from './services/idempotency/create-in-flight.ts';
import { createKeyMemory } from './services/keys/create-key-memory.ts';
import { createPromptCheck } from './services/moderation/create-prompt-check.ts';
import { MODERATION_RULES } from './services/moderation/rules.ts';

// Compiled once an isolate: it takes some milliseconds.
const checkPrompt = createPromptCheck(MODERATION_RULES);

/** The outside world over a Worker's bindings; tests replace parts of it. */
export function buildDeps(env: Bindings, replaced: Partial<Deps> = {}): Deps {
  const clock = replaced.clock ?? systemClock;
  const log = replaced.log ?? consoleLog;
  const ids = createIds(clock);
  const config = parseConfig(env);
  const localPayments = openLocalPayments(env.FILES, { clock, token: ids.token });
  return {
    db: openDatabase(env.DB),
    objects: openObjects(env.FILES),
    doorbell: openDoorbell(env, clock, log),
    outbound: sendByFetch,
    resolve: resolveOverHttps,
    rates: openRates(env, clock, log),
    mail: config.mail === null ? (config.isLocal ? logMails(log) : null) : mailByHttp(config.mail),
    clock,
    ids,
    log,
    config,
    payments: {
      test: localPayments,
      live: config.stripe === null ? (config.isLocal ? localPayments : null) : openStripe(config.stripe),
    },
    checkPrompt,
    accountKeys: createKeyMemory(clock),
    runnerKeys: createKeyMemory(clock),
    inFlight: createInFlight(clock),
    ...replaced,
  };
}
