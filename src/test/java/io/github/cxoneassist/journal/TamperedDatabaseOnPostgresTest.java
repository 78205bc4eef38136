package io.github.cxoneassist.journal;

class TamperedDatabaseOnPostgresTest extends TamperedDatabaseContract {
    @Override
    TestDatabase newDatabase() {
        return TestDatabase.postgres();
    }

    /** Of another time, which the key of the table has in it. */
    @Override
    String[] secondRow1000() {
        return new String[] {
            "INSERT INTO audit_event (node, seq, at, event, details, prev_hash, hash, key_id) SELECT node, seq,"
                    + " '2026-11-22T09:00:00.000000Z', event, details, prev_hash, repeat('f', 64), key_id FROM audit_event"
                    + " WHERE seq = 1000"
        };
    }
}
