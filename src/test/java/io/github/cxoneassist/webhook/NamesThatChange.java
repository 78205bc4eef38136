package io.github.cxoneassist.webhook;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Names whose addresses are others at each look-up; the last answer stays. */
final class NamesThatChange implements NameResolver {

    private final Deque<List<InetAddress>> answers = new ArrayDeque<>();
    private final List<String> asked = new ArrayList<>();

    /** @param answers one a look-up, each of addresses with spaces between */
    NamesThatChange(String... answers) {
        for (String answer : answers) {
            this.answers.add(Arrays.stream(answer.split(" "))
                    .filter(address -> !address.isEmpty())
                    .map(NamesThatChange::address)
                    .toList());
        }
    }

    @Override
    public synchronized CompletionStage<List<InetAddress>> resolve(String name) {
        asked.add(name);
        return CompletableFuture.completedStage(answers.size() > 1 ? answers.remove() : answers.element());
    }

    synchronized List<String> asked() {
        return List.copyOf(asked);
    }

    private static InetAddress address(String literal) {
        try {
            return InetAddress.getByName(literal);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
