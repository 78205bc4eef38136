package io.github.cxoneassist.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cxoneassist.journal.TestDatabase;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** With the two roles: the application's reads, the owner's does what changes tables. */
class AuditUpkeepCommandOnPostgresTest extends AuditUpkeepCommandContract {

    @Override
    TestDatabase newDatabase() {
        return TestDatabase.postgresEmptied();
    }

    /** In the folder in which the command runs. */
    @Override
    Optional<Path> defaultAnchors() {
        return Optional.empty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "erase --interaction call-1",
                "erase --older-than-days 1",
                "hold set --all --reason x",
                "hold release --all --reason x",
                "archive --before 2026-11-01 --out never"
            })
    void withoutTheOwnersRoleNothingIsChangedAndTheOperatorIsToldWhatIsMissing(String command) throws Exception {
        configure(testDatabase.settings(), "");

        assertThat(audit((Object[]) command.split(" "))).isEqualTo(2);

        assertThat(err.toString())
                .contains(
                        "the role cxone_assist does not own the tables, and nobody else may change what is kept: name the"
                                + " role that does in cxone.database-migrate-user, and its password in"
                                + " cxone.database-migrate-password");
        assertThat(testDatabase.query("SELECT COUNT(*) FROM suggestion_text")).isEqualTo("10");
        assertThat(operatorEvents()).isEmpty();
    }
}
