package io.github.cxoneassist.webhook;

import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Where the addresses of a name come from. Thread-safe. */
@FunctionalInterface
public interface NameResolver {

    /**
     * Returns at once. Completes, on any thread, with all addresses that the name has now, the preferred one first;
     * exceptionally where it has none.
     */
    CompletionStage<List<InetAddress>> resolve(String name);
}
