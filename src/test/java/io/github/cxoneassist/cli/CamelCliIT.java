package io.github.cxoneassist.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cxoneassist.cli.Launcher.Running;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Routes of ours, run by {@code camel run} of the Camel CLI in a process that has no code of ours but the jar. */
class CamelCliIT extends DistributionTestBase {

    @Test
    void aSourceOfOursRunsWithTheKameletsOfTheJar() throws Exception {
        Running running = camelRun(home.resolve("routes/sources/file.camel.yaml"));

        offer("from-the-jar");

        awaitSent(running, "from-the-jar");
        running.terminate();
        assertThat(running.process().waitFor()).isEqualTo(143);
    }

    @Test
    void aRouteOfATeamRunsWithTheKameletsOfTheFolder() throws Exception {
        Path route = Files.writeString(here.resolve("partner.camel.yaml"), """
                - route:
                    id: partner
                    from:
                      uri: file:data/inbox
                      parameters:
                        include: .*.json
                      steps:
                        - to:
                            uri: kamelet:cxone-assist-sink
                            parameters:
                              relevanceThreshold: "0.8"
                        - to:
                            uri: file:answers
                """);
        Running running = camelRun("--local-kamelet-dir=" + home.resolve("kamelets"), route);

        offer("from-the-folder");

        awaitSent(running, "from-the-folder");
        await().until(() -> Files.isDirectory(here.resolve("answers")));
    }

    private Running camelRun(Object... arguments) throws Exception {
        Files.createDirectories(here.resolve("data/inbox"));
        Files.writeString(here.resolve("application.properties"), """
                camel.component.cxone-assist.token-url = %s
                camel.component.cxone-assist.web-socket-url = %s
                camel.component.cxone-assist.client-id = {{env:CXONE_CLIENT_ID}}
                camel.component.cxone-assist.client-secret = {{env:CXONE_CLIENT_SECRET}}
                cxone.database-url = jdbc:sqlite:data/assist.db
                cxone.inbox = data/inbox
                """.formatted(
                        cxone.tokenUrl(), cxone.webSocketUrl(), config.clientId(), config.clientSecret()));
        String classPath = String.join(
                File.pathSeparator,
                Path.of("target/test-classes").toAbsolutePath().toString(),
                Files.readString(Path.of(System.getProperty("cxone.camel-cli", "target/camel-cli.classpath")))
                        .strip(),
                home.resolve("lib") + "/*");
        List<Object> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin/java"),
                "-XX:TieredStopAtLevel=1",
                "-Duser.home=" + here,
                "-Dmaven.repo.local="
                        + System.getProperty(
                                "cxone.local-repository", System.getProperty("user.home") + "/.m2/repository"),
                "-classpath",
                classPath,
                CamelCli.class.getName(),
                "run",
                "--download=false"));
        command.addAll(List.of(arguments));
        command.add("application.properties");
        return launcher.start(here, command.toArray());
    }

    private static void awaitSent(Running running, String id) {
        await().atMost(Duration.ofSeconds(90))
                .failFast(() -> assertThat(running.process().isAlive())
                        .as(running.out() + running.err())
                        .isTrue())
                .until(() -> cxone.referee().sends(id) == 1);
    }

    /** Moved in when it is whole. */
    private void offer(String id) throws Exception {
        Path whole = Files.writeString(here.resolve(id), suggestion("cli", id));
        Files.move(whole, here.resolve("data/inbox").resolve(id + ".json"));
    }
}
