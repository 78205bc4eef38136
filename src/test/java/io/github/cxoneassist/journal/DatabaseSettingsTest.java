package io.github.cxoneassist.journal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DatabaseSettingsTest {
    @Test
    void thePasswordIsNotShown() {
        assertThat(new DatabaseSettings("jdbc:sqlite:data/journal.db", "audit", "s3cret"))
                .hasToString(
                        "DatabaseSettings[url=jdbc:sqlite:data/journal.db, user=audit, password=***, migrateUser=null]");
    }

    @Test
    void aPasswordInTheUrlIsNotShownEither() {
        assertThat(new DatabaseSettings("jdbc:postgresql://u:s3cret@db/j?user=a&password=s3cret&ssl=true", null, null))
                .hasToString("DatabaseSettings[url=jdbc:postgresql://***@db/j?user=a&password=***&ssl=true, user=null,"
                        + " password=null, migrateUser=null]");
    }
}
