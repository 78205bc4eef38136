package io.github.cxoneassist.webhook;

/**
 * How the delivery of one event ended.
 *
 * @param failure of the last try; null where the event was delivered
 */
record Outcome(int tries, String failure) {

    boolean delivered() {
        return failure == null;
    }
}
