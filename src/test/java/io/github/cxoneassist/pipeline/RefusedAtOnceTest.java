package io.github.cxoneassist.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cxoneassist.component.SuggestionBodies;
import io.github.cxoneassist.ledger.SuggestionKey;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Test;

/** The same suggestion, offered many times in one moment to an interaction that is full and lets nobody wait. */
class RefusedAtOnceTest extends PipelineTestBase {

    private static final int SOURCES = 12;
    private static final int ROUNDS = 100;

    @Override
    protected RoutesBuilder createRouteBuilder() {
        return new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:reject").errorHandler(noErrorHandler()).to(SINK + "?bufferLimit=1&fullPolicy=reject");
            }
        };
    }

    @Test
    void noRefusalSettlesTheClaimOfAnother() throws Exception {
        offer("direct:reject", SuggestionBodies.suggestion("call", "active"));
        await().until(() -> cxone.referee().sends("active") == 1);
        ExecutorService sources = Executors.newFixedThreadPool(SOURCES);
        try {
            for (int round = 0; round < ROUNDS; round++) {
                String id = "refused-" + round;
                String body = SuggestionBodies.suggestion("call", id).toString();
                CountDownLatch go = new CountDownLatch(1);
                List<Future<?>> offers = new ArrayList<>();
                for (int i = 0; i < SOURCES; i++) {
                    offers.add(sources.submit(() -> {
                        go.await();
                        return offer("direct:reject", body);
                    }));
                }
                go.countDown();
                for (Future<?> one : offers) {
                    one.get();
                }

                // else the next offer would be told that it is a duplicate, of one that was never sent
                assertThat(runtime().ledger().isConfirmed(new SuggestionKey("call", id)))
                        .as(id)
                        .isFalse();
            }
        } finally {
            sources.shutdownNow();
        }
    }
}
