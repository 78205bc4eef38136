package io.github.cxoneassist.webhook;

import java.sql.SQLException;
import java.util.OptionalLong;

/** A store on a full disk. */
final class CursorsThatCannotBeSaved implements CursorStore {

    @Override
    public OptionalLong load(String subscriberId) {
        return OptionalLong.of(0);
    }

    @Override
    public void save(String subscriberId, long seq) {
        throw new CursorStoreException("Can't save the cursor", new SQLException("database or disk is full"));
    }
}
