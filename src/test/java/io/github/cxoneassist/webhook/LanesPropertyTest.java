package io.github.cxoneassist.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Whatever comes in whichever order, lanes keep what they promise. */
class LanesPropertyTest {

    private static final int CAPACITY = 16;

    @Property(tries = 2000)
    void orderCapacityAndTheLineOfWhatIsSettledHold(
            @ForAll @IntRange(min = 1, max = 4) int parallel,
            @ForAll @Size(max = 200) List<@IntRange(min = 0, max = 999) Integer> steps) {
        Lanes lanes = new Lanes(CAPACITY, parallel, 0);
        List<Errand> underWay = new ArrayList<>();
        TreeSet<Long> open = new TreeSet<>();
        Map<String, Long> last = new HashMap<>();
        long read = 0;
        for (int step : steps) {
            switch (step % 4) {
                case 0, 1 -> {
                    if (lanes.room() > 0) {
                        read++;
                        open.add(read);
                        lanes.add(Errand.fromLog(Events.accepted(read, "call-" + step % 5)));
                    }
                }
                case 2 -> {
                    if (lanes.hasNext()) {
                        Errand next = lanes.next();
                        assertThat(underWay).noneMatch(other -> other.lane().equals(next.lane()));
                        assertThat(next.seq()).isGreaterThan(last.getOrDefault(next.lane(), 0L));
                        if (parallel == 1) {
                            assertThat(next.seq()).isEqualTo(open.first());
                        }
                        underWay.add(next);
                    }
                }
                default -> {
                    if (!underWay.isEmpty()) {
                        Errand errand = underWay.remove(step / 4 % underWay.size());
                        if (step % 3 == 0) {
                            lanes.putBack(errand);
                        } else {
                            lanes.settle(errand);
                            open.remove(errand.seq());
                            last.put(errand.lane(), errand.seq());
                            if (step % 3 == 1) {
                                List<Errand> behind = lanes.withdraw(errand.lane());
                                assertThat(behind).extracting(Errand::seq).isSorted();
                                assertThat(behind)
                                        .allMatch(other -> other.lane().equals(errand.lane()));
                                behind.forEach(other -> open.remove(other.seq()));
                            }
                        }
                    }
                }
            }
            assertThat(lanes.underWay()).isEqualTo(underWay.size()).isLessThanOrEqualTo(parallel);
            assertThat(lanes.settledUpTo()).isEqualTo(open.isEmpty() ? read : open.first() - 1);
            assertThat(lanes.room()).isEqualTo(CAPACITY - (read - lanes.settledUpTo()));
        }
    }

    @Property(tries = 500)
    void nothingIsForgotten(
            @ForAll @IntRange(min = 1, max = 4) int parallel,
            @ForAll @Size(max = 16) List<@IntRange(min = 0, max = 3) Integer> interactions) {
        Lanes lanes = new Lanes(CAPACITY, parallel, 0);
        for (int i = 0; i < interactions.size(); i++) {
            lanes.add(Errand.fromLog(Events.accepted(i + 1L, "call-" + interactions.get(i))));
        }
        int settled = 0;
        while (lanes.hasNext()) {
            lanes.settle(lanes.next());
            settled++;
        }

        assertThat(settled).isEqualTo(interactions.size());
        assertThat(lanes.settledUpTo()).isEqualTo(interactions.size());
    }

    @Property(tries = 500)
    void withoutWhatWasOvertakenTheLineIsBehindTheLastThatIsSettled(
            @ForAll @Size(min = 1, max = 16) List<@IntRange(min = 0, max = 3) Integer> calls,
            @ForAll @Size(max = 16) List<@IntRange(min = 0, max = 15) Integer> settled) {
        Lanes lanes = new Lanes(CAPACITY, CAPACITY, 0);
        TreeSet<Long> open = new TreeSet<>();
        for (int i = 0; i < calls.size(); i++) {
            open.add(i + 1L);
            lanes.add(Errand.fromLog(Events.accepted(i + 1, "call-" + calls.get(i))));
        }
        long last = 0;
        for (int which : settled) {
            List<Errand> underWay = new ArrayList<>();
            while (lanes.hasNext()) {
                underWay.add(lanes.next());
            }
            for (int i = 0; i < underWay.size(); i++) {
                Errand errand = underWay.get(i);
                if (i == which % underWay.size()) {
                    lanes.settle(errand);
                    open.remove(errand.seq());
                    last = Math.max(last, errand.seq());
                } else {
                    lanes.putBack(errand);
                }
            }
        }

        List<Errand> overtaken = lanes.withdrawOvertaken();

        assertThat(overtaken).extracting(Errand::seq).containsExactlyElementsOf(open.headSet(last));
        assertThat(lanes.settledUpTo()).isEqualTo(last);
        if (lanes.hasNext()) {
            assertThat(lanes.next().seq()).isGreaterThan(last);
        }
    }

    @Property(tries = 100)
    void aRetryThatIsPutBackIsForgottenAndMovesNoLine(@ForAll @IntRange(min = 1, max = 9) int seq) {
        Lanes lanes = new Lanes(CAPACITY, 2, 10);
        lanes.add(new Errand(Events.accepted(seq), new ParkedRow(seq, "INTERACTION_12345", 1, null, null, "")));
        assertThat(lanes.room()).isEqualTo(CAPACITY - 1);

        lanes.putBack(lanes.next());

        assertThat(lanes.hasNext()).isFalse();
        assertThat(lanes.room()).isEqualTo(CAPACITY);
        assertThat(lanes.settledUpTo()).isEqualTo(10);
    }
}
