package io.github.cxoneassist.webhook;

import java.util.List;

/** Who is to be told now. */
@FunctionalInterface
public interface SubscriberSource {

    /** No two of one name. Asked every few seconds; may block. */
    List<Subscriber> subscribers();
}
