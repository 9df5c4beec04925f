CREATE TABLE `audit_log` (
	`id` text PRIMARY KEY NOT NULL,
	`account_id` text NOT NULL,
	`actor` text NOT NULL,
	`action` text NOT NULL,
	`target` text NOT NULL,
	`request_id` text NOT NULL,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `audit_log_account` ON `audit_log` (`account_id`,`id`);--> statement-breakpoint
CREATE TABLE `idempotency_keys` (
	`scope` text PRIMARY KEY NOT NULL,
	`account_id` text NOT NULL,
	`fingerprint` text NOT NULL,
	`job_id` text NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`account_id`) REFERENCES `accounts`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`job_id`) REFERENCES `jobs`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "idempotency_keys_scope" CHECK(length(scope) = 64)
);
--> statement-breakpoint
CREATE INDEX `idempotency_keys_job` ON `idempotency_keys` (`job_id`);--> statement-breakpoint
CREATE TABLE `switches` (
	`name` text PRIMARY KEY NOT NULL,
	`reason` text NOT NULL,
	`changed_at` integer NOT NULL,
	CONSTRAINT "switches_name" CHECK(name in ('creates_paused'))
);
--> statement-breakpoint
ALTER TABLE `accounts` ADD `deleted_at` integer;--> statement-breakpoint
ALTER TABLE `api_keys` ADD `api_version` text;--> statement-breakpoint
ALTER TABLE `heads` ADD `name` text;--> statement-breakpoint
ALTER TABLE `heads` ADD `metadata` text DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE `heads` ADD `deleted_at` integer;--> statement-breakpoint
ALTER TABLE `heads` ADD `purged_at` integer;--> statement-breakpoint
CREATE INDEX `heads_list` ON `heads` (`account_id`,`mode`,`id`);--> statement-breakpoint
CREATE INDEX `heads_unpurged` ON `heads` (`deleted_at`) WHERE deleted_at is not null and purged_at is null;--> statement-breakpoint
ALTER TABLE `jobs` ADD `lane` text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE `jobs` ADD `attempt_ends_at` integer;--> statement-breakpoint
ALTER TABLE `jobs` ADD `deadline_at` integer;--> statement-breakpoint
CREATE INDEX `jobs_deadline` ON `jobs` (`deadline_at`) WHERE status = 'queued';--> statement-breakpoint
CREATE INDEX `jobs_account` ON `jobs` (`account_id`,`mode`,`id`);--> statement-breakpoint
UPDATE `jobs` SET `lane` = `mode` || ':' || `preset`;
