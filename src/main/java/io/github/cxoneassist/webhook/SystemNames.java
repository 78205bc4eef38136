package io.github.cxoneassist.webhook;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;

/**
 * Names as the operating system knows them, hosts file included. The JVM remembers answers for as long as
 * {@code networkaddress.cache.ttl} says. A look-up blocks for as long as the name server keeps quiet, so there is never
 * more than one of a name: that one costs a thread, and whoever asks meanwhile waits for the same answer.
 */
public final class SystemNames implements NameResolver {

    private final Executor executor;
    private final Map<String, CompletableFuture<List<InetAddress>>> underWay = new ConcurrentHashMap<>();

    /** @param executor with a thread for each name that may hang, or the others wait behind it */
    public SystemNames(Executor executor) {
        this.executor = Objects.requireNonNull(executor, "executor");
    }

    @Override
    public CompletionStage<List<InetAddress>> resolve(String name) {
        CompletableFuture<List<InetAddress>> mine = new CompletableFuture<>();
        CompletableFuture<List<InetAddress>> earlier = underWay.putIfAbsent(name, mine);
        if (earlier != null) {
            return earlier.minimalCompletionStage();
        }
        mine.whenComplete((addresses, trouble) -> underWay.remove(name, mine));
        try {
            executor.execute(() -> lookUp(name, mine));
        } catch (RuntimeException e) {
            mine.completeExceptionally(e);
        }
        return mine.minimalCompletionStage();
    }

    private static void lookUp(String name, CompletableFuture<List<InetAddress>> answer) {
        try {
            answer.complete(List.of(InetAddress.getAllByName(name)));
        } catch (UnknownHostException | RuntimeException e) {
            answer.completeExceptionally(new CompletionException(e));
        }
    }
}
