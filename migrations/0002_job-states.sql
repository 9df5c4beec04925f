-- Rebuilt for its CHECKs: two more final states, and limits of attempts that are no longer the same for all. Other tables
-- refer to this one by name, so its rows leave and return within one transaction, at whose end the references are checked.
PRAGMA defer_foreign_keys = on;--> statement-breakpoint
CREATE TABLE `jobs_before` AS SELECT * FROM `jobs`;--> statement-breakpoint
DROP TABLE `jobs`;--> statement-breakpoint
CREATE TABLE `jobs` (
	`id` text PRIMARY KEY NOT NULL,
	`account_id` text NOT NULL,
	`head_id` text NOT NULL,
	`kind` text NOT NULL,
	`mode` text NOT NULL,
	`preset` text NOT NULL,
	`status` text NOT NULL,
	`pool` text,
	`ready_rank` integer,
	`promoted_at` integer,
	`attempt` integer NOT NULL,
	`failures` integer NOT NULL,
	`token_hash` text,
	`runner` text,
	`lease_expires_at` integer,
	`progress` text,
	`progress_at` integer,
	`preview_count` integer NOT NULL,
	`checkpoint` text,
	`error` text,
	`sequence` integer NOT NULL,
	`last_event_id` text NOT NULL,
	`created_at` integer NOT NULL,
	`started_at` integer,
	`finished_at` integer,
	FOREIGN KEY (`account_id`) REFERENCES `accounts`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`head_id`) REFERENCES `heads`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "jobs_status" CHECK(status in ('queued', 'running', 'canceling', 'succeeded', 'failed', 'rejected', 'canceled', 'expired')),
	CONSTRAINT "jobs_ready_rank" CHECK((ready_rank is not null) = (status = 'queued' and pool is not null)),
	CONSTRAINT "jobs_lease" CHECK((lease_expires_at is not null) = (status in ('running', 'canceling'))),
	CONSTRAINT "jobs_finished" CHECK((finished_at is not null) = (status not in ('queued', 'running', 'canceling'))),
	CONSTRAINT "jobs_error" CHECK((error is not null) = (status in ('failed', 'rejected', 'expired'))),
	CONSTRAINT "jobs_failures" CHECK(failures between 0 and attempt),
	CONSTRAINT "jobs_sequence" CHECK(sequence >= 1)
);
--> statement-breakpoint
INSERT INTO `jobs` (id, account_id, head_id, kind, mode, preset, status, pool, ready_rank, promoted_at, attempt, failures, token_hash, runner, lease_expires_at, progress, progress_at, preview_count, checkpoint, error, sequence, last_event_id, created_at, started_at, finished_at) SELECT id, account_id, head_id, kind, mode, preset, status, pool, ready_rank, promoted_at, attempt, failures, token_hash, runner, lease_expires_at, progress, progress_at, preview_count, checkpoint, error, sequence, last_event_id, created_at, started_at, finished_at FROM `jobs_before`;--> statement-breakpoint
DROP TABLE `jobs_before`;--> statement-breakpoint
CREATE UNIQUE INDEX `jobs_last_event_id_unique` ON `jobs` (`last_event_id`);--> statement-breakpoint
CREATE INDEX `jobs_ready` ON `jobs` (`pool`,`ready_rank`,`id`) WHERE ready_rank is not null;--> statement-breakpoint
CREATE INDEX `jobs_open` ON `jobs` (`account_id`,`pool`,`id`) WHERE finished_at is null;--> statement-breakpoint
CREATE INDEX `jobs_leased` ON `jobs` (`lease_expires_at`) WHERE lease_expires_at is not null;--> statement-breakpoint
CREATE INDEX `jobs_head` ON `jobs` (`head_id`);--> statement-breakpoint
CREATE UNIQUE INDEX `jobs_head_open` ON `jobs` (`head_id`) WHERE finished_at is null;