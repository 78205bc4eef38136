package io.github.cxoneassist.journal;

/** How many of something there are, in words for an operator. */
public final class Count {
    private Count() {}

    /** @param one what a single one is called; several have an s */
    public static String of(long number, String one) {
        return number + " " + one + (number == 1 ? "" : "s");
    }
}
