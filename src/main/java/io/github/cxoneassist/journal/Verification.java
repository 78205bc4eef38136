package io.github.cxoneassist.journal;

/** What the {@link ChainVerifier} found. */
public sealed interface Verification {
    /**
     * Every row is as it was written, none is missing before the head.
     *
     * @param rows how many were looked at
     */
    record Intact(long rows, ChainHead head) implements Verification {}

    /**
     * The first row that is not as it was written; what follows it was not looked at.
     *
     * @param seq the number that the row has, or that the missing row would have
     * @param what a sentence for an operator
     */
    record Broken(long seq, String what) implements Verification {}
}
