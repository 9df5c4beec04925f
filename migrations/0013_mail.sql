ALTER TABLE `account_events` ADD `mailed_at` integer;--> statement-breakpoint
CREATE INDEX `account_events_unmailed` ON `account_events` (`created_at`) WHERE mailed_at is null and type in ('endpoint.disabled', 'usage.threshold');--> statement-breakpoint
ALTER TABLE `accounts` ADD `contact_email` text;