package io.github.cxoneassist.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Subscribers at one host and port do not take each other's connections. */
class WebhookPoolTest extends WebhookEngineFixture {

    /** Never answers at some of its paths. */
    private static final class ReceiverThatHangsAtAPath extends Receiver {

        @Override
        void answer(int number, Request request, HttpExchange exchange) throws IOException {
            if (!request.target().startsWith("/hangs")) {
                answer(exchange, 204);
            }
        }
    }

    @Test
    void thoseThatHangAtAHostCostOthersAtTheSameHostNothing() {
        try (Receiver receiver = new ReceiverThatHangsAtAPath()) {
            List<Subscriber> all = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                all.add(Events.subscriber("hangs-" + i, "http://127.0.0.1:" + receiver.port() + "/hangs"));
            }
            all.add(Events.subscriber("quick", "http://127.0.0.1:" + receiver.port() + "/quick"));
            DeliveryRules patient = rules(Engine.HASTY.schedule(), Duration.ofMinutes(2));
            engine = new Engine(folder, feed, patient, all.toArray(Subscriber[]::new)).start();
            append(40, 40);

            awaitSettled("quick", 40);

            assertThat(engine.delivered).hasValue(40);
            assertThat(engine.retried).hasValue(0);
        }
    }

    @Test
    void oneThatIsSlowGetsAsMuchAtOnceAsItAllows() {
        try (ReceiverThatAnswersLate slow = new ReceiverThatAnswersLate(2_000)) {
            engine = new Engine(folder, feed, Engine.HASTY, with(slow.subscriber("slow"), false, 64)).start();
            append(128, 128);

            awaitSettled("slow", 128);

            assertThat(slow.mostAtOnce()).isEqualTo(64);
            assertThat(slow.requests()).hasSize(128);
            assertThat(engine.retried).hasValue(0);
        }
    }
}
