package io.github.cxoneassist.webhook;

/**
 * How a subscriber fares. The counts are since the start of the process. Nothing in it is secret.
 *
 * @param target its URL without the query
 * @param failedTries every try that did not end with a 2xx, those repeated with success included
 * @param givenUp events whose last try failed
 * @param behindBy places in the journal between the subscriber and the head; 0 where nothing waits. Not all of them
 *     need be events for a subscriber
 * @param lastFailure of the last try; empty where that one succeeded
 */
public record SubscriberStatus(
        String subscriberId,
        String target,
        long delivered,
        long failedTries,
        long givenUp,
        long behindBy,
        String lastFailure) {}
