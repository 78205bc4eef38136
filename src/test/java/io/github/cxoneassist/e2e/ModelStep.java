package io.github.cxoneassist.e2e;

import java.util.List;
import java.util.Random;

/** One thing that may happen in a run of {@link PipelineModelTest}. Ids are those of one interaction. */
sealed interface ModelStep {

    /** What is wrong with a suggestion. */
    enum Flaw {
        NONE,
        BLANK,
        IRRELEVANT,
        OUT_OF_DATE
    }

    /** What an agent tells. */
    enum Word {
        ACK,
        ACCEPT,
        DISMISS
    }

    /** A new suggestion, whose window is open for so many hours and a half. */
    record Suggest(String id, String priority, int percent, int hours, Flaw flaw) implements ModelStep {}

    /** What was suggested under this id before, once more. */
    record Again(String id) implements ModelStep {}

    record Tell(Word word, String id) implements ModelStep {}

    /** The interaction ends. */
    record End() implements ModelStep {}

    /** So many hours pass, for all. */
    record Pass(int hours) implements ModelStep {}

    /** The connection breaks and stays away, for all. */
    record Drop() implements ModelStep {}

    record Reconnect() implements ModelStep {}

    /** Whether it happens to all interactions at once. */
    default boolean isGlobal() {
        return this instanceof Pass || this instanceof Drop || this instanceof Reconnect;
    }

    static ModelStep global(Random random, boolean online) {
        if (!online) {
            return random.nextInt(3) == 0 ? new Pass(hours(random)) : new Reconnect();
        }
        return random.nextInt(5) < 2 ? new Drop() : new Pass(hours(random));
    }

    /** @param known how many ids the interaction has used; they are s0, s1 and so on */
    static ModelStep local(Random random, int known) {
        int dice = random.nextInt(100);
        if (known == 0 || dice < 45) {
            return new Suggest("s" + known, priority(random), 70 + random.nextInt(5) * 5, hours(random), flaw(random));
        }
        if (dice < 53) {
            return new Again(id(random, known));
        }
        if (dice < 98) {
            Word word = Word.values()[random.nextInt(Word.values().length)];
            return new Tell(word, random.nextInt(20) == 0 ? "never" : id(random, known));
        }
        return new End();
    }

    /** One of the latest, as a rule: those are alive. */
    private static String id(Random random, int known) {
        return "s" + (random.nextInt(6) == 0 ? random.nextInt(known) : Math.max(0, known - 1 - random.nextInt(8)));
    }

    private static String priority(Random random) {
        List<String> priorities = List.of("CRITICAL", "HIGH", "MEDIUM", "LOW");
        return priorities.get(random.nextInt(priorities.size()));
    }

    private static Flaw flaw(Random random) {
        return random.nextInt(12) > 0 ? Flaw.NONE : Flaw.values()[1 + random.nextInt(3)];
    }

    private static int hours(Random random) {
        return 1 + random.nextInt(6);
    }
}
