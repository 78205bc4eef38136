package io.github.cxoneassist.sandbox;

import java.time.Duration;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * An agent as there are many: sees a suggestion after 20 to 120 ms, makes up their mind 0.4 to 2.5 s later, uses about
 * 60 of 100, dismisses about 30, and lets the rest run out. One that comes again is acknowledged again, and decided
 * once. The generator is used on the event loop of the sandbox only.
 */
public final class SimulatedAgent implements Agent {

    private final RandomGenerator random;
    private Desktop desktop;

    public SimulatedAgent(RandomGenerator random) {
        this.random = random;
    }

    @Override
    public void sitsDownAt(Desktop desktop) {
        this.desktop = desktop;
    }

    @Override
    public void sees(ReceivedSuggestion suggestion) {
        desktop.later(between(20, 120), () -> {
            desktop.acknowledge(suggestion.interactionId(), suggestion.id(), Map.of());
            if (suggestion.sends() == 1) {
                desktop.later(between(400, 2_500), () -> decide(suggestion));
            }
        });
    }

    private void decide(ReceivedSuggestion suggestion) {
        var mood = random.nextInt(100);
        if (mood < 60) {
            desktop.accept(suggestion.interactionId(), suggestion.id(), Map.of());
        } else if (mood < 90) {
            desktop.dismiss(suggestion.interactionId(), suggestion.id(), Map.of());
        }
    }

    private Duration between(int fromMillis, int toMillis) {
        return Duration.ofMillis(random.nextInt(fromMillis, toMillis + 1));
    }
}
