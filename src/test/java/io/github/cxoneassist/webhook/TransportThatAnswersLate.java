package io.github.cxoneassist.webhook;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps everybody waiting until told to answer, then with 200. */
final class TransportThatAnswersLate implements Transport {

    private final List<CompletableFuture<Integer>> posted = new CopyOnWriteArrayList<>();

    @Override
    public CompletionStage<Integer> post(Delivery delivery) {
        CompletableFuture<Integer> answer = new CompletableFuture<>();
        posted.add(answer);
        return answer;
    }

    List<CompletableFuture<Integer>> posted() {
        return posted;
    }

    void answerAll() {
        posted.forEach(answer -> answer.complete(200));
    }
}
