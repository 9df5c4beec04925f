import type { RenditionName } from '@headwright/shared/renditions';
import type { Scope } from '@headwright/shared/scopes';
import type { Database } from '../db/client.ts';
import type { Config } from '../env.ts';
import type { Clock } from '../ports/clock.ts';
import type { Doorbell } from '../ports/doorbell/interface.ts';
import type { Ids } from '../ports/ids.ts';
import type { Log } from '../ports/log.ts';
import type { Mailer } from '../ports/mail/interface.ts';
import type { Objects } from '../ports/objects/interface.ts';
import type { Rates } from '../ports/rates/interface.ts';
import type { Outbound } from '../ports/outbound/interface.ts';
import type { LocalPayments, Payments } from '../ports/payments/interface.ts';
import type { Resolver } from '../ports/resolver/interface.ts';
import type { InFlight } from './idempotency/create-in-flight.ts';
import type { KeyMemory } from './keys/create-key-memory.ts';
import type { PromptCheck } from './moderation/create-prompt-check.ts';

/** The outside world, handed in. */
export interface Deps {
  db: Database;
  objects: Objects;
  doorbell: Doorbell;
  outbound: Outbound;
  /** Who takes money, by mode; live is null where none is set up. */
  payments: { test: LocalPayments; live: Payments | null };
  /** Null where nobody sends mails. */
  mail: Mailer | null;
  resolve: Resolver;
  rates: Rates;
  clock: Clock;
  ids: Ids;
  log: Log;
  config: Config;
  checkPrompt: PromptCheck;
  accountKeys: KeyMemory<VerifiedKey>;
  runnerKeys: KeyMemory<RunnerActor>;
  inFlight: InFlight;
}

export type KeyMode = 'test' | 'live';

/** A developer's key, or a client token under one, verified. */
export interface AccountActor {
  kind: 'account';
  accountId: string;
  mode: KeyMode;
  keyId: string;
  /** What this caller may do. A client token has those of its own that its key still has. */
  scopes: readonly Scope[];
  /** The version of the API that its requests speak unless they say another. */
  apiVersion: string;
  /** Name of the account's plan. */
  plan: string;
  /** Jobs that the account may have open at a time. */
  jobLimit: number;
  /** Null unless the caller is an app with a client token. */
  clientTokenId: string | null;
  /** For whom a client token acts; null with a key. */
  endUser: string | null;
  /** The heads that a client token may see besides those it makes: all of its end user's, or these. */
  reach: 'own' | readonly string[] | null;
  /** The only files that a client token may order and read; null is all. */
  renditions: readonly RenditionName[] | null;
}

/** A good key's actor, and until when the key is good; null is for ever. */
export interface VerifiedKey {
  actor: AccountActor;
  expiresAtMs: number | null;
  /** Addresses and ranges from which alone it is good; null is from anywhere. */
  allowedIps: readonly string[] | null;
}

/** A runner's key, verified. */
export interface RunnerActor {
  kind: 'runner';
  runnerId: string;
  mode: KeyMode | 'any';
}

/** Somebody who runs this edge. */
export interface OperatorActor {
  kind: 'operator';
  /** `operator`, and by which of the keys. */
  name: string;
}

/** What every verb gets: who asks, and the outside world. */
export interface ServiceContext<A extends AccountActor | RunnerActor | OperatorActor> {
  actor: A;
  requestId: string;
  deps: Deps;
}

export type AccountContext = ServiceContext<AccountActor>;
export type RunnerContext = ServiceContext<RunnerActor>;
export type OperatorContext = ServiceContext<OperatorActor>;
