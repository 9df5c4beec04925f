CREATE TABLE `account_events` (
	`id` text PRIMARY KEY NOT NULL,
	`account_id` text NOT NULL,
	`mode` text NOT NULL,
	`type` text NOT NULL,
	`data` text NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`account_id`) REFERENCES `accounts`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "account_events_mode" CHECK(mode in ('test', 'live')),
	CONSTRAINT "account_events_data" CHECK(json_valid(data))
);
--> statement-breakpoint
CREATE INDEX `account_events_account` ON `account_events` (`account_id`,`mode`,`id`);--> statement-breakpoint
CREATE TABLE `webhook_attempts` (
	`delivery_id` text NOT NULL,
	`number` integer NOT NULL,
	`outcome` text NOT NULL,
	`status_code` integer,
	`detail` text,
	`response_excerpt` text,
	`started_at` integer NOT NULL,
	`duration_ms` integer,
	PRIMARY KEY(`delivery_id`, `number`),
	FOREIGN KEY (`delivery_id`) REFERENCES `webhook_deliveries`(`id`) ON UPDATE no action ON DELETE cascade,
	CONSTRAINT "webhook_attempts_number" CHECK(number >= 1)
);
--> statement-breakpoint
CREATE TABLE `webhook_deliveries` (
	`id` text PRIMARY KEY NOT NULL,
	`account_id` text NOT NULL,
	`endpoint_id` text NOT NULL,
	`event_id` text NOT NULL,
	`event_type` text NOT NULL,
	`status` text NOT NULL,
	`attempt_count` integer NOT NULL,
	`series_start` integer NOT NULL,
	`next_attempt_at` integer,
	`created_at` integer NOT NULL,
	`settled_at` integer,
	FOREIGN KEY (`account_id`) REFERENCES `accounts`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`endpoint_id`) REFERENCES `webhook_endpoints`(`id`) ON UPDATE no action ON DELETE cascade,
	CONSTRAINT "webhook_deliveries_status" CHECK(status in ('pending', 'succeeded', 'failed', 'dropped')),
	CONSTRAINT "webhook_deliveries_next" CHECK((next_attempt_at is not null) = (status = 'pending')),
	CONSTRAINT "webhook_deliveries_done" CHECK((settled_at is not null) = (status <> 'pending')),
	CONSTRAINT "webhook_deliveries_series" CHECK(series_start between 0 and attempt_count)
);
--> statement-breakpoint
CREATE UNIQUE INDEX `webhook_deliveries_event` ON `webhook_deliveries` (`event_id`,`endpoint_id`);--> statement-breakpoint
CREATE INDEX `webhook_deliveries_endpoint` ON `webhook_deliveries` (`endpoint_id`,`id`);--> statement-breakpoint
CREATE INDEX `webhook_deliveries_pending` ON `webhook_deliveries` (`endpoint_id`,`next_attempt_at`) WHERE next_attempt_at is not null;--> statement-breakpoint
CREATE INDEX `webhook_deliveries_due` ON `webhook_deliveries` (`next_attempt_at`,`endpoint_id`) WHERE next_attempt_at is not null;--> statement-breakpoint
CREATE INDEX `webhook_deliveries_settled` ON `webhook_deliveries` (`settled_at`) WHERE settled_at is not null;--> statement-breakpoint
CREATE TABLE `webhook_endpoints` (
	`id` text PRIMARY KEY NOT NULL,
	`account_id` text NOT NULL,
	`mode` text NOT NULL,
	`url` text NOT NULL,
	`description` text,
	`event_types` text NOT NULL,
	`status` text NOT NULL,
	`disabled_reason` text,
	`secret` text NOT NULL,
	`previous_secret` text,
	`previous_secret_expires_at` integer,
	`failing_since` integer,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`account_id`) REFERENCES `accounts`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "webhook_endpoints_mode" CHECK(mode in ('test', 'live')),
	CONSTRAINT "webhook_endpoints_status" CHECK(status in ('enabled', 'disabled')),
	CONSTRAINT "webhook_endpoints_reason" CHECK((disabled_reason is not null) = (status = 'disabled')),
	CONSTRAINT "webhook_endpoints_previous" CHECK((previous_secret is null) = (previous_secret_expires_at is null)),
	CONSTRAINT "webhook_endpoints_event_types" CHECK(json_valid(event_types))
);
--> statement-breakpoint
CREATE INDEX `webhook_endpoints_account` ON `webhook_endpoints` (`account_id`,`mode`,`id`);--> statement-breakpoint
CREATE INDEX `events_account` ON `events` (`account_id`,`id`);