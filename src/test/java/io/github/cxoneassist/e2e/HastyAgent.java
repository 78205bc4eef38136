package io.github.cxoneassist.e2e;

import io.github.cxoneassist.sandbox.Agent;
import io.github.cxoneassist.sandbox.Desktop;
import io.github.cxoneassist.sandbox.ReceivedSuggestion;
import java.time.Duration;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * Acknowledges within 60 ms and decides within half a second, of four suggestions three; each time that one is shown, since
 * whoever shows it again may have forgotten. The generator is used on the event loop of the sandbox only.
 */
final class HastyAgent implements Agent {

    private final RandomGenerator random;
    private Desktop desktop;

    HastyAgent(RandomGenerator random) {
        this.random = random;
    }

    @Override
    public void sitsDownAt(Desktop desktop) {
        this.desktop = desktop;
    }

    @Override
    public void sees(ReceivedSuggestion suggestion) {
        desktop.later(Duration.ofMillis(random.nextInt(1, 60)), () -> {
            desktop.acknowledge(suggestion.interactionId(), suggestion.id(), Map.of());
            desktop.later(Duration.ofMillis(random.nextInt(1, 440)), () -> decide(suggestion));
        });
    }

    private void decide(ReceivedSuggestion suggestion) {
        int mood = random.nextInt(4);
        if (mood < 2) {
            desktop.accept(suggestion.interactionId(), suggestion.id(), Map.of());
        } else if (mood == 2) {
            desktop.dismiss(suggestion.interactionId(), suggestion.id(), Map.of());
        }
    }
}
