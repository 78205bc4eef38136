package io.github.cxoneassist.webhook;

import java.util.List;

/** Who is told, at this moment: subscribers come, go and change while the application runs. */
@FunctionalInterface
public interface SubscriberSource {

    /**
     * All of them, each name once. Blocks, for one short query at the most; fit to be called every few seconds.
     *
     * @throws SubscriberStoreException where they cannot be read now; those of before are as good as any
     */
    List<Subscriber> subscribers();
}
