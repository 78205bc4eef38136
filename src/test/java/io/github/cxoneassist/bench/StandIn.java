package io.github.cxoneassist.bench;

import io.github.cxoneassist.sandbox.Agent;
import io.github.cxoneassist.sandbox.Desktop;
import io.github.cxoneassist.sandbox.ReceivedSuggestion;
import io.github.cxoneassist.sandbox.SandboxConfig;
import io.github.cxoneassist.sandbox.SandboxCxone;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/**
 * The stand-in as a process of its own, with agents who acknowledge and accept at once. Says where it is, and with each line
 * that it is sent, what its referee has seen; ends with its input.
 */
final class StandIn {

    private StandIn() {}

    public static void main(String[] args) throws Exception {
        Arrivals arrivals = Arrivals.in(Path.of(args[0]), Integer.parseInt(args[1]));
        SandboxConfig config = SandboxConfig.builder()
                .frameLimit(1)
                .suggestionLimit(1)
                // two busy processes on few cores: the sender's own clock is held to the window
                .transit(Duration.ofSeconds(30))
                .build();
        try (SandboxCxone cxone = new SandboxCxone(config, new EagerAgent(arrivals)).start();
                BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            System.out.println(cxone.tokenUrl() + " " + cxone.webSocketUrl());
            while (in.readLine() != null) {
                System.out.println(cxone.referee().summary().violationsByKind() + ", at most "
                        + cxone.referee().maxActive() + " active");
            }
        }
    }

    private static final class EagerAgent implements Agent {
        private final Arrivals arrivals;
        private Desktop desktop;

        EagerAgent(Arrivals arrivals) {
            this.arrivals = arrivals;
        }

        @Override
        public void sitsDownAt(Desktop desktop) {
            this.desktop = desktop;
        }

        @Override
        public void sees(ReceivedSuggestion suggestion) {
            arrivals.now(Offer.numberOf(suggestion.id()));
            desktop.acknowledge(suggestion.interactionId(), suggestion.id(), Map.of());
            desktop.accept(suggestion.interactionId(), suggestion.id(), Map.of());
        }
    }
}
