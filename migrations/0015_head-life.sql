ALTER TABLE `heads` ADD `expires_at` integer;--> statement-breakpoint
CREATE INDEX `heads_expiring` ON `heads` (`expires_at`) WHERE expires_at is not null and deleted_at is null;