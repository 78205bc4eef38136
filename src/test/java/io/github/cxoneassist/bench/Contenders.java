package io.github.cxoneassist.bench;

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

    abstract Contender start(Surroundings given) throws Exception;
}
