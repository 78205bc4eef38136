package io.github.cxoneassist.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The hashes here were computed with another program: rows on disk depend on this scheme for as long as they live. */
class HashChainTest {
    private static final String FIRST = "596c097afcbee670d64400f2c95e1021e7143a7a9f93f81a3dabcf0104775673";
    private static final String SECOND = "a643c33bac6a57ee1be173916cb6637993d3dc86956f4b6acbc03b10988c5a26";

    private final JournalRow first = HashChain.next(
            ChainHead.GENESIS,
            "node-1",
            Instant.parse("2026-11-22T08:00:00.123456Z"),
            JournalEntry.of(JournalEvent.INJECTED, "INTERACTION_12345", "s-1")
                    .withDetail("relevance", Map.of("sent", 0.75, "raw", 0.70))
                    .withText("Frag nach dem Beleg – “Quittung”"));

    @Test
    void theFirstRowFollowsTheGenesis() {
        assertThat(first)
                .isEqualTo(new JournalRow(
                        "node-1",
                        1,
                        Instant.parse("2026-11-22T08:00:00.123456Z"),
                        "injected",
                        "INTERACTION_12345",
                        "s-1",
                        null,
                        "{\"contentSha256\":\"40d88ca230782fe9f83ad067af18f17cf78ce16dd653646262119cc4904a5e69\","
                                + "\"relevance\":{\"raw\":0.7,\"sent\":0.75}}",
                        "0000000000000000000000000000000000000000000000000000000000000000",
                        FIRST));
    }

    @Test
    void theNextRowFollowsTheHashOfTheFirst() {
        JournalRow second = HashChain.next(
                ChainHead.of(first),
                "node-1",
                Instant.parse("2026-11-22T08:00:01Z"),
                JournalEntry.of(JournalEvent.DISCONNECTED).withReason("1006"));

        assertThat(second.seq()).isEqualTo(2);
        assertThat(second.prevHash()).isEqualTo(FIRST);
        assertThat(second.hash()).isEqualTo(SECOND);
    }
}
