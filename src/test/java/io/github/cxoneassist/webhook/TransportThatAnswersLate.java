package io.github.cxoneassist.webhook;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps everybody waiting until told to answer, then with 200. */
final class TransportThatAnswersLate implements Transport {

    private final List<CompletableFuture<Answer>> posted = new CopyOnWriteArrayList<>();

    @Override
    public CompletionStage<Answer> post(Delivery delivery) {
        CompletableFuture<Answer> answer = new CompletableFuture<>();
        posted.add(answer);
        return answer;
    }

    List<CompletableFuture<Answer>> posted() {
        return posted;
    }

    void answerAll() {
        posted.forEach(answer -> answer.complete(Answer.of(200)));
    }
}
