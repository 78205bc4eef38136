package io.github.cxoneassist.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cxoneassist.cli.Launcher.Running;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

/** The audit commands of the distribution, beside the application that writes the log and after it. */
class DistributionAuditIT extends DistributionTestBase {

    @Test
    void theAuditLogIsVerifiedProvedAndTidiedBesideIt() throws Exception {
        Running running = launcher.start(here, script, "run");
        awaitReady(running);
        assertThat(post(suggestion("dist-1", "to-be-proved")).statusCode()).isEqualTo(202);

        Running verify = launcher.start(here, script, "audit", "verify");
        assertThat(verify.exitCode(120)).isZero();
        assertThat(verify.out())
                .startsWith("main: ")
                .endsWith("The audit log is as it was written." + System.lineSeparator());
        assertThat(verify.err()).isEmpty();

        Running hold = launcher.start(here, script, "audit", "hold", "set", "--all", "--reason", "an audit");
        assertThat(hold.exitCode(120)).isZero();
        Running erase = launcher.start(here, script, "audit", "erase", "--older-than-days", "1");
        assertThat(erase.exitCode(120)).isZero();
        running.terminate();
        running.exitCode(10);

        Running proof =
                launcher.start(here, script, "audit", "prove", "--suggestion", "to-be-proved", "--out", "proof");
        assertThat(proof.exitCode(120)).isZero();
        Running export = launcher.start(here, script, "audit", "export", "--format", "csv", "--out", "log.csv");
        assertThat(export.exitCode(120)).isZero();
        Running again = launcher.start(here, script, "audit", "verify", "--from-export", "log.csv");
        assertThat(again.exitCode(120)).isZero();
        Files.writeString(
                here.resolve("log.csv"),
                Files.readString(here.resolve("log.csv")).replace("to-be-proved", "tampered"));
        Running tampered = launcher.start(here, script, "audit", "verify", "--from-export", "log.csv");
        assertThat(tampered.exitCode(120)).isEqualTo(1);
        assertThat(tampered.out()).contains("The export is NOT as it was written. First bad row: row ");
        assertThat(launcher.start(here, script, "audit", "verify", "--config", "none")
                        .exitCode(120))
                .isEqualTo(2);
    }
}
