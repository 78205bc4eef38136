package io.github.cxoneassist.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cxoneassist.journal.TestDatabase;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** With the two roles: the application's reads, the owner's does what changes tables. */
class AuditProofAndExportCommandOnPostgresTest extends AuditProofAndExportCommandContract {

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
    @ValueSource(strings = {"prove --suggestion s-1", "export --out EXPORT", "hold list", "verify --public-key KEY"})
    void whatReadsNeedsTheApplicationsRoleAlone(String command) throws Exception {
        configure(
                testDatabase.settings(),
                "cxone.audit.chain-key-file = " + Path.of("docs/audit/vectors/test-chain-keys.txt") + "\n");
        String actual = command.replace("EXPORT", folder.resolve("export").toString())
                .replace("KEY", "docs/audit/vectors/test-public-key.pem");

        assertThat(audit((Object[]) actual.split(" "))).isZero();

        assertThat(err.toString()).isEmpty();
    }
}
