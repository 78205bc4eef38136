package io.github.cxoneassist.cli;

import io.github.cxoneassist.pipeline.AssistRuntime;
import io.github.cxoneassist.sandbox.FaultScript;
import io.github.cxoneassist.sandbox.SampleSuggestions;
import io.github.cxoneassist.sandbox.SandboxConfig;
import io.github.cxoneassist.sandbox.SandboxCxone;
import io.github.cxoneassist.sandbox.SimulatedAgent;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.random.RandomGenerator;
import org.apache.camel.CamelContext;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.MainListenerSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * {@code cxone-assist sandbox}: the whole application against a CXone of ours in the same process, with a sample file to
 * begin with and a console that tells what becomes of each suggestion.
 */
@Command(
        name = "sandbox",
        description = "Runs against a CXone of its own, with sample suggestions. No account is needed.",
        mixinStandardHelpOptions = true)
final class SandboxCommand implements Callable<Integer> {

    private static final String SAMPLE = "config/sandbox/sample.ndjson";

    @Option(
            names = "--faults",
            paramLabel = "FILE",
            description =
                    "A fault script, such as config/sandbox/faults/restart.json: what this CXone does wrong, once the"
                            + " sandbox is up.")
    private Path faults;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        Path home = AssistApplication.home();
        Logging.use(home.resolve("config/log4j2-sandbox.properties"));
        FaultScript script = faultScript();
        PrintWriter out = spec.commandLine().getOut();
        RandomGenerator random = RandomGenerator.getDefault();
        SandboxConfig config = SandboxConfig.builder().build();
        try (SandboxCxone cxone = new SandboxCxone(config, new SimulatedAgent(random))) {
            cxone.start();
            AssistApplication application = new AssistApplication(home, "sandbox", List.of(), settings(config, cxone));
            String sample = Files.readString(home.resolve(SAMPLE));
            OutcomeConsole console = new OutcomeConsole(out, SampleSuggestions.count(sample));
            application.main().addMainListener(new MainListenerSupport() {
                @Override
                public void afterStart(BaseMainSupport main) {
                    CamelContext context = main.getCamelContext();
                    AssistRuntime.of(context).onCommitted(console::committed);
                    Places places = Places.of(context);
                    console.begin(cxone.webSocketUrl(), places);
                    cxone.play(script);
                    if (places.takesFiles()) {
                        play(sample, Path.of(places.inbox()), random);
                    }
                }

                @Override
                public void beforeStop(BaseMainSupport main) {
                    console.end();
                }
            });
            application.run();
        }
        return 0;
    }

    /** Before anything starts: a script with a mistake is none. */
    private FaultScript faultScript() {
        if (faults == null) {
            return FaultScript.NONE;
        }
        try {
            return FaultScript.parse(Files.readString(faults));
        } catch (IOException e) {
            throw new SettingsException(
                    List.of("--faults: " + faults + " cannot be read. Give a file that holds a fault"
                            + " script, such as config/sandbox/faults/restart.json."));
        } catch (IllegalArgumentException e) {
            throw new SettingsException(List.of("--faults: " + faults + " is no fault script: " + e.getMessage()));
        }
    }

    /** What the sandbox must not take from outside: with these, no real credential can reach it, and none of it CXone. */
    private static Map<String, String> settings(SandboxConfig config, SandboxCxone cxone) {
        return Map.of(
                "cxone.region", "",
                "cxone.token-url", cxone.tokenUrl(),
                "cxone.websocket-url", cxone.webSocketUrl(),
                "cxone.grant-type", "client_credentials",
                "cxone.client-id", config.clientId(),
                "cxone.client-secret", config.clientSecret(),
                "cxone.scope", "agentassist:write interaction:read",
                // a bean would win over all of these
                "camel.component.cxone-assist.token-source", "{{cxone.token-source}}",
                "cxone.token-source", "",
                "cxone.oauth-profile", "");
    }

    private static void play(String sample, Path inbox, RandomGenerator random) {
        String run = HexFormat.of().toHexDigits((short) random.nextInt());
        try {
            SampleSuggestions.write(sample, inbox, Instant.now(), run);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException("The sample could not be written into " + inbox, e);
        }
    }
}
