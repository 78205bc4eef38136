package io.github.cxoneassist.e2e;

import java.nio.file.Path;
import java.util.Map;

class CrashIT extends CrashContract {

    @Override
    AuditTable audit() {
        return AuditTable.in(file());
    }

    @Override
    Map<String, String> databaseSettings() {
        return Map.of("cxone.database-url", "jdbc:sqlite:" + file());
    }

    private Path file() {
        return folder.resolve("assist.db");
    }
}
