ALTER TABLE `jobs` ADD `model` text DEFAULT 'head-1.0' NOT NULL;--> statement-breakpoint
ALTER TABLE `jobs` ADD `seed` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
UPDATE `jobs` SET `seed` = coalesce((SELECT `seed` FROM `revisions` WHERE `revisions`.`job_id` = `jobs`.`id`), (SELECT `seed` FROM `exports` JOIN `revisions` ON `revisions`.`id` = `revision_id` WHERE `exports`.`job_id` = `jobs`.`id`), 0);--> statement-breakpoint
UPDATE `jobs` SET `lane` = `lane` || ':' || `model`, `pool` = `pool` || ':' || `model` WHERE `lane` LIKE '%:%' AND `lane` <> 'test:expire';
