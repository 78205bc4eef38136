package io.github.cxoneassist.bench;

import java.nio.file.Path;

/** What a contender is given. */
record Surroundings(String tokenUrl, String webSocketUrl, String clientId, String clientSecret, Path folder) {

    Path database() {
        return folder.resolve("bench.db");
    }
}
