package io.github.cxoneassist.webhook;

import static io.github.cxoneassist.webhook.Senders.LOOPBACK;
import static io.github.cxoneassist.webhook.Senders.PATIENT;
import static io.github.cxoneassist.webhook.Senders.failure;
import static io.github.cxoneassist.webhook.Senders.post;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cxoneassist.tls.Tls;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** What is sent, and what becomes of every kind of answer and of none. */
class HttpSenderTest extends HttpSenderFixture {

    @Test
    void postsBodyAndHeadersToPathAndQuery() throws Exception {
        try (Receiver receiver = new WillingReceiver()) {
            Answer answer = post(senders.sender(names, LOOPBACK), receiver.subscriberAt("localhost"));

            assertThat(answer).isEqualTo(Answer.of(204));
            Receiver.Request request = receiver.requests().get(0);
            assertThat(request.target()).isEqualTo("/hook?token=hush");
            assertThat(request.body()).isEqualTo("{\"type\":\"agentassist.accepted\"}");
            assertThat(request.headers().getFirst("Content-Type")).isEqualTo("application/json");
            assertThat(request.headers().getFirst("webhook-signature")).isEqualTo("v1,abc=");
            assertThat(request.headers().get("Host")).containsExactly("localhost:" + receiver.port());
        }
    }

    @Test
    void anAnswerIsTakenWithStatusRetryAfterAndText() throws Exception {
        try (Receiver receiver =
                new ReceiverThatSpeaks(429, "120", "slow\r\n\tdown\u0000\u001b[31m, \u202ebitte schön\n")) {
            Answer answer = post(senders.sender(names, LOOPBACK), receiver.subscriber());

            assertThat(answer.status()).isEqualTo(429);
            assertThat(answer.retryAfter()).contains("120");
            assertThat(answer.text()).isEqualTo("slow down [31m, bitte schön");
            assertThat(answer.isSuccess()).isFalse();
        }
    }

    @Test
    void aRefusedConnectionIsSaid() throws Exception {
        Receiver gone = new WillingReceiver();
        gone.close();

        assertThat(failure(senders.sender(names, LOOPBACK), gone.subscriberAt("localhost")))
                .isEqualTo("no connection to localhost:" + gone.port()
                        + " at 127.0.0.1: connection refused or unreachable");
    }

    @Test
    void whoNeitherTakesNorRefusesTheConnectionIsGivenUpAfterTheTimeOut() throws Exception {
        try (ReceiverThatLetsNobodyIn receiver = new ReceiverThatLetsNobodyIn()) {
            HttpSender sender = senders.sender(names, LOOPBACK, Tls.ofJvm(), SOON, PATIENT);

            assertThat(failure(sender, Events.subscriber("http://localhost:" + receiver.port() + "/hush")))
                    .isEqualTo("no connection to localhost:" + receiver.port() + " at 127.0.0.1 within PT0.4S");
        }
    }

    @Test
    void anAnswerThatNeverComesEndsTheTry() {
        try (Receiver receiver = new ReceiverThatHangsAtFirst(1)) {
            assertThat(failure(impatient(names), receiver.subscriber()))
                    .isEqualTo("no answer of 127.0.0.1:" + receiver.port() + " within PT0.4S");
            assertThat(receiver.requests()).hasSize(1);
        }
    }

    @Test
    void aLateAnswerCounts() throws Exception {
        try (RawReceiver receiver = new ReceiverThatTakesItsTime()) {
            assertThat(post(senders.sender(names, LOOPBACK), receiver.subscriber()))
                    .isEqualTo(Answer.of(200));
        }
    }

    @Test
    void aBodyThatDripsEndsTheTryAndTheConnection() throws Exception {
        try (RawReceiver receiver = new ReceiverThatDrips()) {
            assertThat(failure(impatient(names), receiver.subscriber()))
                    .matches("127.0.0.1:\\d+ began to answer with status 200, but did not end within PT0.4S");
            assertThat(receiver.awaitClientLeft()).isTrue();
        }
    }

    @Test
    void aHeadThatDripsEndsTheTryAndTheConnection() throws Exception {
        try (RawReceiver receiver = new ReceiverThatDripsItsHead()) {
            assertThat(failure(impatient(names), receiver.subscriber()))
                    .matches("no answer of 127.0.0.1:\\d+ within PT0.4S");
            assertThat(receiver.awaitClientLeft()).isTrue();
        }
    }

    @Test
    void ofAnEndlessBodyTheBeginningIsReadAndTheConnectionClosed() throws Exception {
        try (RawReceiver receiver = new ReceiverThatNeverEnds()) {
            Answer answer = post(senders.sender(names, LOOPBACK), receiver.subscriber());

            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.retryAfter()).contains("7");
            assertThat(answer.text()).hasSize(HttpSender.MOST_BODY).startsWith("all work and no play");
            assertThat(receiver.awaitClientLeft()).isTrue();
        }
    }

    @Test
    void endlessHeadersEndTheTryAndTheConnection() throws Exception {
        try (RawReceiver receiver = new ReceiverThatNeverEndsItsHeaders()) {
            assertThat(failure(senders.sender(names, LOOPBACK), receiver.subscriber()))
                    .matches("no answer of 127.0.0.1:\\d+: what came is not HTTP");
            assertThat(receiver.awaitClientLeft()).isTrue();
        }
    }

    @Test
    void aBodyOfTheGreatestLengthKeepsTheConnection() throws Exception {
        String text = "x".repeat(HttpSender.MOST_BODY);
        try (Receiver receiver = new ReceiverThatSpeaks(200, "1", text)) {
            HttpSender sender = senders.sender(names, LOOPBACK);

            assertThat(post(sender, receiver.subscriber()).text()).isEqualTo(text);
            post(sender, receiver.subscriber());

            assertThat(receiver.requests().get(0).fromPort())
                    .isEqualTo(receiver.requests().get(1).fromPort());
        }
    }

    @Test
    void aByteMoreIsLeftUnreadAndCostsTheConnection() throws Exception {
        try (Receiver receiver = new ReceiverThatSpeaks(200, "1", "x".repeat(HttpSender.MOST_BODY) + "y")) {
            HttpSender sender = senders.sender(names, LOOPBACK);

            assertThat(post(sender, receiver.subscriber()).text())
                    .doesNotContain("y")
                    .hasSize(4096);
            post(sender, receiver.subscriber());

            assertThat(receiver.requests().get(0).fromPort())
                    .isNotEqualTo(receiver.requests().get(1).fromPort());
        }
    }

    @Test
    void aConnectionThatIsClosedWithoutAnAnswerIsSaid() throws Exception {
        try (RawReceiver receiver = new ReceiverThatHangsUp()) {
            assertThat(failure(senders.sender(names, LOOPBACK), receiver.subscriber()))
                    .matches("no answer of 127.0.0.1:\\d+: it closed the connection");
            assertThat(receiver.requests()).isEqualTo(1);
        }
    }

    @Test
    void aBodyThatBreaksOffIsNoAnswer() throws Exception {
        try (RawReceiver receiver = new ReceiverThatHangsUpMidway()) {
            assertThat(failure(senders.sender(names, LOOPBACK), receiver.subscriber()))
                    .matches(
                            "127.0.0.1:\\d+ began to answer with status 200, but did not end: it closed the connection");
        }
    }

    @Test
    void whatIsNotHttpIsSaidAndNotQuoted() throws Exception {
        try (RawReceiver receiver = new ReceiverThatTalksNonsense()) {
            assertThat(failure(senders.sender(names, LOOPBACK), receiver.subscriber()))
                    .matches("no answer of 127.0.0.1:\\d+: what came is not HTTP");
        }
    }

    @Test
    void aRedirectIsAnAnswerAndNotFollowed() throws Exception {
        try (Receiver receiver = new ReceiverThatRedirects()) {
            assertThat(post(senders.sender(names, LOOPBACK), receiver.subscriber()))
                    .isEqualTo(Answer.of(307));
            assertThat(receiver.requests()).hasSize(1);
        }
    }

    @Test
    void aSubscriberThatHangsCostsTheOthersNothing() throws Exception {
        try (Receiver hanging = new ReceiverThatHangsAtFirst(Integer.MAX_VALUE);
                Receiver willing = new WillingReceiver()) {
            HttpSender sender = senders.sender(names, LOOPBACK);
            CountDownLatch hung = new CountDownLatch(1);
            for (int i = 0; i < 50; i++) {
                sender.post(Senders.delivery(hanging.subscriber())).whenComplete((answer, trouble) -> hung.countDown());
            }

            for (int i = 0; i < 50; i++) {
                post(sender, willing.subscriber());
            }

            assertThat(willing.requests()).hasSize(50);
            assertThat(hung.getCount()).isEqualTo(1);
        }
    }

    @Test
    void closingEndsWhatIsUnderWay() throws Exception {
        try (Receiver receiver = new ReceiverThatHangsAtFirst(1)) {
            HttpSender sender = senders.sender(names, LOOPBACK);
            CompletableFuture<Answer> answer =
                    sender.post(Senders.delivery(receiver.subscriber())).toCompletableFuture();
            await().until(() -> receiver.requests().size() == 1);

            sender.close();

            await().until(answer::isCompletedExceptionally);
            assertThat(failure(sender, receiver.subscriber()))
                    .isEqualTo("nothing could be sent to 127.0.0.1:" + receiver.port() + ": IllegalStateException");
        }
    }
}
