package io.github.cxoneassist.e2e;

import io.github.cxoneassist.journal.DatabaseSettings;

class SqlSourceOnSqliteTest extends SqlSourceContract {

    @Override
    DatabaseSettings newDatabase() {
        return new DatabaseSettings("jdbc:sqlite:" + folder.resolve("crm.db"), null, null);
    }

    @Override
    String table() {
        return "CREATE TABLE cxone_suggestion (id INTEGER PRIMARY KEY AUTOINCREMENT, body TEXT,"
                + " state TEXT NOT NULL DEFAULT 'new', outcome TEXT)";
    }
}
