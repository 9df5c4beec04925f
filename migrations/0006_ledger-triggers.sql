-- The ledger only grows. REPLACE deletes without a DELETE trigger, so a row that would take another's place is refused, too.
CREATE TRIGGER `ledger_entries_no_update` BEFORE UPDATE ON `ledger_entries` BEGIN
	SELECT raise(ABORT, 'ledger_entries is append-only');
END;
--> statement-breakpoint
CREATE TRIGGER `ledger_entries_no_delete` BEFORE DELETE ON `ledger_entries` BEGIN
	SELECT raise(ABORT, 'ledger_entries is append-only');
END;
--> statement-breakpoint
CREATE TRIGGER `ledger_entries_no_replace` BEFORE INSERT ON `ledger_entries` WHEN EXISTS (SELECT 1 FROM ledger_entries WHERE id = new.id) BEGIN
	SELECT raise(ABORT, 'ledger_entries is append-only');
END;
--> statement-breakpoint
-- What the entries add up to. Jobs of invoiced accounts take nothing from a balance: their captures go to the meter.
CREATE TRIGGER `ledger_entries_count` AFTER INSERT ON `ledger_entries` BEGIN
	INSERT INTO wallets (account_id, mode) VALUES (new.account_id, new.mode) ON CONFLICT DO NOTHING;
	UPDATE wallets SET
		balance_minor = balance_minor + new.amount_minor * CASE
			WHEN new.arrangement = 'invoiced' THEN 0
			WHEN new.kind IN ('credit', 'refund', 'dispute_won') THEN 1
			WHEN new.kind IN ('capture', 'withdrawal', 'dispute') THEN -1
			ELSE 0 END,
		held_minor = held_minor + new.amount_minor * CASE
			WHEN new.arrangement = 'invoiced' THEN 0
			WHEN new.kind = 'hold' THEN 1
			WHEN new.kind IN ('capture', 'release') THEN -1
			ELSE 0 END
		WHERE account_id = new.account_id AND mode = new.mode;
	INSERT INTO spending (account_id, mode, key_id, period, committed_minor)
		SELECT new.account_id, new.mode, counted.key_id, new.period, 0
		FROM (SELECT '' AS key_id UNION SELECT new.key_id) AS counted
		WHERE new.kind = 'hold' ON CONFLICT DO NOTHING;
	UPDATE spending SET committed_minor = committed_minor + new.amount_minor * CASE new.kind WHEN 'hold' THEN 1 ELSE -1 END
		WHERE account_id = new.account_id AND mode = new.mode AND period = new.period
			AND key_id IN ('', new.key_id) AND new.kind IN ('hold', 'release');
	INSERT INTO meter_exports (ledger_id, account_id, amount_minor, captured_at)
		SELECT new.id, new.account_id, new.amount_minor, new.created_at
		WHERE new.kind = 'capture' AND new.arrangement = 'invoiced' AND new.mode = 'live';
END;
