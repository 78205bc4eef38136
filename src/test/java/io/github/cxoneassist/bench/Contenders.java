package io.github.cxoneassist.bench;

import java.time.Duration;

/** Who is compared. */
enum Contenders {
    PIPELINE("the pipeline") {
        @Override
        Contender start(Surroundings given) throws Exception {
            return new WholePipeline(given);
        }
    },
    HAND_WRITTEN("a hand-written loop, same journal") {
        @Override
        Contender start(Surroundings given) {
            return new HandWrittenLoop(given);
        }
    },
    PLAIN_CAMEL("the plain Camel recipe") {
        @Override
        Contender start(Surroundings given) throws Exception {
            return new PlainCamel(given);
        }

        @Override
        Duration window() {
            // it cannot keep up with the steady rate: what it is late with is to be measured, not lost
            return Duration.ofMinutes(2);
        }
    },
    BARE_SESSION("the bare session, no pipeline") {
        @Override
        Contender start(Surroundings given) {
            return new BareSession(given);
        }
    };

    private final String title;

    Contenders(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }

    /** How long a suggestion is worth sending. */
    Duration window() {
        return Duration.ofSeconds(5);
    }

    abstract Contender start(Surroundings given) throws Exception;
}
