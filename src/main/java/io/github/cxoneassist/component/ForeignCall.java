package io.github.cxoneassist.component;

import io.github.cxoneassist.oauth.AccessToken;
import io.github.cxoneassist.oauth.TokenException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Asks what others wrote for a token: off the event loop, for a limited time, and without letting out what its
 * exceptions say, because that may be the token. Thread-safe.
 */
final class ForeignCall {

    private static final int LONGEST_CHAIN = 4;

    private final String who;
    private final Executor executor;
    private final Duration timeout;

    /** @param executor refuses what it has no thread for at once */
    ForeignCall(String who, Executor executor, Duration timeout) {
        this.who = who;
        this.executor = executor;
        this.timeout = timeout;
    }

    /** @return fails with a {@link TokenException} */
    CompletionStage<AccessToken> ask(Callable<CompletionStage<AccessToken>> question) {
        CompletableFuture<AccessToken> answer = new CompletableFuture<>();
        FutureTask<Void> task = new FutureTask<>(() -> relay(question, answer), null);
        try {
            executor.execute(task);
        } catch (RejectedExecutionException e) {
            return CompletableFuture.failedStage(
                    TokenException.tryAgain(who + " was not asked: it has not come back from earlier calls", null));
        }
        return answer.orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS).exceptionallyCompose(failure -> {
            if (!(failure instanceof TimeoutException)) {
                return CompletableFuture.failedStage(failure);
            }
            // all that can be done for a thread that is not ours; if it takes no notice, the next call gets another one
            task.cancel(true);
            return CompletableFuture.failedStage(
                    TokenException.tryAgain(who + " gave no token within " + timeout, null));
        });
    }

    private void relay(Callable<CompletionStage<AccessToken>> question, CompletableFuture<AccessToken> answer) {
        try {
            question.call().whenComplete((token, failure) -> {
                if (failure != null) {
                    answer.completeExceptionally(withoutItsWords(failure));
                } else if (token == null) {
                    answer.completeExceptionally(TokenException.giveUp(who + " gave null for a token"));
                } else {
                    answer.complete(token);
                }
            });
        } catch (Throwable e) {
            // an Error too, such as a class that is not there: otherwise the session would have to wait for the
            // time-out
            answer.completeExceptionally(withoutItsWords(e));
        }
    }

    private TokenException withoutItsWords(Throwable failure) {
        Throwable cause = failure;
        while ((cause instanceof CompletionException || cause instanceof ExecutionException)
                && cause.getCause() != null) {
            cause = cause.getCause();
        }
        if (cause instanceof TokenException told) {
            return told;
        }
        String chain = Stream.iterate(cause, e -> e != null, Throwable::getCause)
                .limit(LONGEST_CHAIN)
                .map(e -> e.getClass().getSimpleName())
                .collect(Collectors.joining(", caused by "));
        return TokenException.tryAgain(who + " failed: " + chain, null);
    }
}
