package io.github.cxoneassist.bench;

/** One way to bring suggestions to CXone and decisions back. */
interface Contender extends AutoCloseable {

    /**
     * Brings one to CXone.
     *
     * @param done told once, on any thread: when a source would be told
     */
    void offer(Offer offer, Runnable done);

    /** How many were accepted by an agent, and are over and done with: on disk, for whoever keeps a log. */
    long accepted();

    /** What went wrong, and how often; empty is good. */
    String trouble();
}
