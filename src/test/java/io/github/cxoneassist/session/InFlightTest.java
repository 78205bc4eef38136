package io.github.cxoneassist.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Promise;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class InFlightTest {

    private static final int LIMIT = 4;
    private static final int REMEMBERED = 3;

    private enum Action {
        WRITE,
        WRITE_AWAITED,
        WRITE_AGAIN,
        ACK,
        ACCEPT,
        DISMISS,
        OTHER,
        GIVE_UP
    }

    record Step(Action action, int id) {}

    private final InFlight window = new InFlight(LIMIT, REMEMBERED);

    @Provide
    Arbitrary<List<Step>> steps() {
        return Combinators.combine(
                        Arbitraries.of(Action.class), Arbitraries.integers().between(0, 6))
                .as(Step::new)
                .list()
                .ofMaxSize(60);
    }

    @Property
    void itHoldsWhatWasWrittenAndNotAnsweredInOrderAndTellsEachAnswerOnce(@ForAll("steps") List<Step> steps) {
        InFlight tested = new InFlight(LIMIT, 1000);
        List<Send> model = new ArrayList<>();
        Map<String, Long> unacknowledged = new HashMap<>();
        Set<Send> answered = new HashSet<>();
        long time = 0;
        for (Step step : steps) {
            String id = "s" + step.id();
            Send held = model.stream()
                    .filter(send -> send.frame().id().equals(id))
                    .findAny()
                    .orElse(null);
            time++;
            switch (step.action()) {
                case WRITE, WRITE_AWAITED -> {
                    if (!tested.hasRoom()) {
                        break;
                    }
                    Send send = send(id, step.action() == Action.WRITE_AWAITED);
                    send.beginWrite(time, 1);
                    assertThat(tested.add(send)).isSameAs(held);
                    model.remove(held);
                    model.add(send);
                    unacknowledged.put(id, time);
                }
                case WRITE_AGAIN -> {
                    if (held != null) {
                        held.beginWrite(time, 2);
                        assertThat(tested.add(held)).isNull();
                        unacknowledged.put(id, time);
                    }
                }
                case ACK, ACCEPT, DISMISS, OTHER -> {
                    String type =
                            switch (step.action()) {
                                case ACK -> InboundFrame.ACK;
                                case ACCEPT -> InboundFrame.ACCEPTED;
                                case DISMISS -> InboundFrame.DISMISSED;
                                default -> "agentassist.news";
                            };
                    InFlight.Answer answer = tested.answer(frame(type, id));
                    boolean counts = step.action() != Action.OTHER;
                    assertThat(answer.send()).isSameAs(counts ? held : null);
                    assertThat(answer.writtenAt())
                            .isEqualTo(step.action() == Action.ACK ? unacknowledged.remove(id) : null);
                    if (counts && held != null) {
                        assertThat(answered.add(held)).isTrue();
                        model.remove(held);
                    }
                }
                case GIVE_UP -> {
                    if (held != null) {
                        tested.giveUp(held);
                        model.remove(held);
                    }
                }
            }
            assertThat(tested.inOrder()).isEqualTo(model);
            assertThat(tested.size()).isEqualTo(model.size()).isLessThanOrEqualTo(LIMIT);
            assertThat(tested.hasRoom()).isEqualTo(model.size() < LIMIT);
            assertThat(tested.isAwaited()).isEqualTo(model.stream().anyMatch(Send::isAwaited));
        }
    }

    @Test
    void ofWhatWasClosedWithoutAnAcknowledgementTheOldestIsForgotten() {
        for (int i = 0; i <= REMEMBERED; i++) {
            Send send = send("s" + i, false);
            send.beginWrite(100 + i, 1);
            window.add(send);
            window.giveUp(send);
        }

        assertThat(window.answer(frame(InboundFrame.ACK, "s0")).writtenAt()).isNull();
        assertThat(window.answer(frame(InboundFrame.ACK, "s1")).writtenAt()).isEqualTo(101);
    }

    @Test
    void theSameIdInAnotherInteractionIsAnotherSuggestion() {
        window.add(send("s1", false));

        assertThat(window.answer(new InboundFrame(InboundFrame.ACK, "I2", "s1", null, "{}", Instant.EPOCH, null))
                        .send())
                .isNull();
        assertThat(window.answer(new InboundFrame(InboundFrame.ACK, null, "s1", null, "{}", Instant.EPOCH, null))
                        .send())
                .isNull();
        assertThat(window.size()).isEqualTo(1);
    }

    private static Send send(String id, boolean awaited) {
        return new Send(
                SessionFixture.suggestion(id),
                "{}",
                Promise.promise(),
                awaited ? Promise.<Instant>promise() : null,
                () -> true);
    }

    private static InboundFrame frame(String type, String id) {
        return new InboundFrame(type, "I1", id, null, "{}", Instant.EPOCH, null);
    }
}
