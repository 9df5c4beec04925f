CREATE TABLE `ledger_entries` (
	`id` text PRIMARY KEY NOT NULL,
	`account_id` text NOT NULL,
	`mode` text NOT NULL,
	`kind` text NOT NULL,
	`arrangement` text NOT NULL,
	`amount_minor` integer NOT NULL,
	`currency` text NOT NULL,
	`job_id` text,
	`key_id` text NOT NULL,
	`period` text NOT NULL,
	`price_version` text,
	`reference` text,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`account_id`) REFERENCES `accounts`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`job_id`) REFERENCES `jobs`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "ledger_entries_kind" CHECK(kind in ('hold', 'capture', 'release', 'refund', 'credit', 'withdrawal', 'dispute', 'dispute_won')),
	CONSTRAINT "ledger_entries_mode" CHECK(mode in ('test', 'live')),
	CONSTRAINT "ledger_entries_arrangement" CHECK(arrangement in ('prepaid', 'invoiced')),
	CONSTRAINT "ledger_entries_amount" CHECK(typeof(amount_minor) = 'integer' and amount_minor > 0),
	CONSTRAINT "ledger_entries_currency" CHECK(currency = 'usd'),
	CONSTRAINT "ledger_entries_job" CHECK((job_id is not null and price_version is not null) = (kind in ('hold', 'capture', 'release', 'refund'))),
	CONSTRAINT "ledger_entries_period" CHECK(period glob '[0-9][0-9][0-9][0-9]-[0-9][0-9]')
);
--> statement-breakpoint
CREATE UNIQUE INDEX `ledger_entries_job_kind` ON `ledger_entries` (`job_id`,`kind`) WHERE job_id is not null;--> statement-breakpoint
CREATE UNIQUE INDEX `ledger_entries_settled` ON `ledger_entries` (`job_id`) WHERE kind in ('capture', 'release');--> statement-breakpoint
CREATE UNIQUE INDEX `ledger_entries_reference` ON `ledger_entries` (`kind`,`reference`) WHERE reference is not null;--> statement-breakpoint
CREATE INDEX `ledger_entries_account` ON `ledger_entries` (`account_id`,`mode`,`id`);--> statement-breakpoint
CREATE INDEX `ledger_entries_created` ON `ledger_entries` (`account_id`,`mode`,`kind`,`created_at`);--> statement-breakpoint
CREATE TABLE `meter_exports` (
	`ledger_id` text PRIMARY KEY NOT NULL,
	`account_id` text NOT NULL,
	`amount_minor` integer NOT NULL,
	`captured_at` integer NOT NULL,
	`tried_at` integer,
	`sent_at` integer,
	FOREIGN KEY (`ledger_id`) REFERENCES `ledger_entries`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "meter_exports_sent" CHECK(sent_at is null or tried_at is not null)
);
--> statement-breakpoint
CREATE INDEX `meter_exports_pending` ON `meter_exports` (`captured_at`) WHERE sent_at is null;--> statement-breakpoint
CREATE INDEX `meter_exports_account` ON `meter_exports` (`account_id`,`captured_at`);--> statement-breakpoint
CREATE TABLE `payment_events` (
	`id` text PRIMARY KEY NOT NULL,
	`type` text NOT NULL,
	`account_id` text NOT NULL,
	`mode` text NOT NULL,
	`ledger_id` text NOT NULL,
	`received_at` integer NOT NULL,
	FOREIGN KEY (`account_id`) REFERENCES `accounts`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "payment_events_mode" CHECK(mode in ('test', 'live'))
);
--> statement-breakpoint
CREATE UNIQUE INDEX `payment_events_ledger_id_unique` ON `payment_events` (`ledger_id`);--> statement-breakpoint
CREATE INDEX `payment_events_account` ON `payment_events` (`account_id`,`mode`);--> statement-breakpoint
CREATE TABLE `spending` (
	`account_id` text NOT NULL,
	`mode` text NOT NULL,
	`key_id` text NOT NULL,
	`period` text NOT NULL,
	`committed_minor` integer NOT NULL,
	PRIMARY KEY(`account_id`, `mode`, `key_id`, `period`),
	CONSTRAINT "spending_committed" CHECK(committed_minor >= 0)
);
--> statement-breakpoint
CREATE TABLE `wallets` (
	`account_id` text NOT NULL,
	`mode` text NOT NULL,
	`arrangement` text DEFAULT 'prepaid' NOT NULL,
	`balance_minor` integer DEFAULT 0 NOT NULL,
	`held_minor` integer DEFAULT 0 NOT NULL,
	`credit_limit_minor` integer,
	`monthly_cap_minor` integer,
	`customer_id` text,
	PRIMARY KEY(`account_id`, `mode`),
	FOREIGN KEY (`account_id`) REFERENCES `accounts`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "wallets_mode" CHECK(mode in ('test', 'live')),
	CONSTRAINT "wallets_arrangement" CHECK(arrangement in ('prepaid', 'invoiced')),
	CONSTRAINT "wallets_held" CHECK(held_minor >= 0),
	CONSTRAINT "wallets_credit_limit" CHECK((arrangement = 'invoiced') = (credit_limit_minor is not null)),
	CONSTRAINT "wallets_cap" CHECK(monthly_cap_minor is null or monthly_cap_minor >= 0)
);
--> statement-breakpoint
ALTER TABLE `jobs` ADD `amount_minor` integer;--> statement-breakpoint
ALTER TABLE `jobs` ADD `price_version` text;--> statement-breakpoint
ALTER TABLE `jobs` ADD `hold_id` text;--> statement-breakpoint
ALTER TABLE `jobs` ADD `settlement_id` text;