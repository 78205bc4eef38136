package io.github.cxoneassist.e2e;

import io.github.cxoneassist.e2e.ModelStep.Flaw;
import io.github.cxoneassist.e2e.ModelStep.Suggest;
import io.github.cxoneassist.e2e.ModelStep.Word;
import io.github.cxoneassist.e2e.ModelSuggestion.Answer;
import io.github.cxoneassist.e2e.ModelSuggestion.Body;
import io.github.cxoneassist.e2e.ModelSuggestion.State;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What has to become of the suggestions of one interaction, by the rules as they are written down: everything is in one list
 * and looked for there, nothing is kept beside it. Knows nothing of threads, disks and sockets: one thing happens after the
 * other.
 */
final class ModelInteraction {

    static final int SLOTS = 5;
    static final int HOLD_LIMIT = 3;
    private static final List<String> PRIORITIES = List.of("CRITICAL", "HIGH", "MEDIUM", "LOW");

    enum Policy {
        HOLD,
        REPLACE,
        REJECT
    }

    private final Policy policy;
    private final List<ModelSuggestion> all = new ArrayList<>();
    private final Map<String, Body> bodies = new HashMap<>();
    private final List<Answer> answers = new ArrayList<>();
    /** How an event about one that ran out is taken; by id. */
    private final Map<String, String> ranOut = new HashMap<>();

    private final Map<String, List<String>> rows = new TreeMap<>();
    /** Has a slot, and waits for the connection. */
    private final List<ModelSuggestion> unsent = new ArrayList<>();
    /** Is at CXone as far as anybody knows, and nothing was heard of it; in the order of the first frames. */
    private final List<ModelSuggestion> unanswered = new ArrayList<>();

    private final List<ModelSuggestion> again = new ArrayList<>();
    private final List<ModelSuggestion> fresh = new ArrayList<>();
    private final ModelRelevance relevance = new ModelRelevance();
    /** Which number each had that came to CXone as one more than the slots are, in order. */
    private final List<Integer> tooMany = new ArrayList<>();

    private boolean online = true;

    ModelInteraction(Policy policy) {
        this.policy = policy;
    }

    Body suggest(Suggest wish, Instant now) {
        Instant end = wish.flaw() == Flaw.OUT_OF_DATE
                ? now.minusSeconds(1)
                : now.plus(Duration.ofHours(wish.hours())).plus(Duration.ofMinutes(30));
        return offer(new Body(wish.id(), wish.priority(), wish.percent(), now.minusSeconds(60), end, wish.flaw()), now);
    }

    /** The same suggestion; or a new one under the id of one that nobody has seen and whose window is over. */
    Optional<Body> again(String id, Instant now) {
        Body before = bodies.get(id);
        if (before == null) {
            return Optional.empty();
        }
        boolean seen = all.stream().anyMatch(one -> one.body.id().equals(id) && one.reachedCxone);
        if (before.flaw() != Flaw.NONE || seen || !now.isAfter(before.end())) {
            return Optional.of(offer(before, now));
        }
        Duration length = Duration.between(before.start(), before.end());
        return Optional.of(
                offer(new Body(id, before.priority(), before.percent(), now, now.plus(length), before.flaw()), now));
    }

    private Body offer(Body body, Instant now) {
        bodies.put(body.id(), body);
        Answer answer = new Answer();
        answers.add(answer);
        if (body.flaw() == Flaw.BLANK) {
            refuse(answer, body, "invalid", "null null null");
        } else if (now.isAfter(body.end())) {
            refuse(answer, body, "outside_context_window", body.raw() + " null null");
        } else if (body.flaw() == Flaw.IRRELEVANT) {
            refuse(answer, body, "below_threshold", body.raw() + " null null");
        } else if (known(body.id(), now).isPresent()) {
            if (known(body.id(), now).get().isUnderWay()) {
                answer.text = "failed";
            } else {
                refuse(
                        answer,
                        body,
                        "duplicate",
                        body.raw() + " " + relevance.adjust(body.percent()) / 100.0 + " null");
            }
        } else {
            take(new ModelSuggestion(body, relevance.adjust(body.percent()), now, answer), now);
        }
        return body;
    }

    private void take(ModelSuggestion newcomer, Instant now) {
        int free = SLOTS - active(now);
        if (free > 0 && waiting(now).isEmpty()) {
            all.add(newcomer);
            newcomer.atOnce = true;
            newcomer.freeSlots = free - 1;
            giveSlot(newcomer, now);
        } else if (policy == Policy.REJECT) {
            refuse(
                    newcomer.answer,
                    newcomer.body,
                    "buffer_full",
                    newcomer.body.raw() + " " + newcomer.adjustedScore() + " 0");
        } else {
            List<ModelSuggestion> before = waiting(now);
            all.add(newcomer);
            row(newcomer, "held");
            newcomer.answer.text = "held null " + newcomer.body.raw() + " " + newcomer.adjustedScore() + " 0";
            if (before.size() == HOLD_LIMIT) {
                List<ModelSuggestion> candidates = policy == Policy.REPLACE ? before : waiting(now);
                ModelSuggestion worst = candidates.get(candidates.size() - 1);
                worst.state = State.FORGOTTEN;
                row(worst, "superseded others_are_better");
            }
        }
    }

    private void refuse(Answer answer, Body body, String reason, String numbers) {
        answer.text = "refused " + reason + " " + numbers;
        rows.computeIfAbsent(body.id(), id -> new ArrayList<>()).add("validation_failed " + reason);
    }

    void tell(Word word, String id, Instant now) {
        if (!online) {
            return;
        }
        unanswered.removeIf(one -> one.body.id().equals(id));
        if (word != Word.ACK) {
            // of one that it has not seen yet, CXone takes no decision
            all.stream()
                    .filter(one -> one.body.id().equals(id) && one.reachedCxone)
                    .forEach(one -> one.decidedAtCxone = true);
        }
        Optional<ModelSuggestion> found = known(id, now).filter(ModelSuggestion::wasSent);
        if (found.isEmpty()) {
            boolean known = known(id, now).isPresent();
            row(id, "ignored " + (known ? "not_sent" : ranOut.getOrDefault(id, "unknown_suggestion")));
            return;
        }
        ModelSuggestion offered = found.get();
        if (word == Word.ACK) {
            row(offered, offered.acknowledged ? "ignored repeated" : "ack_received");
            offered.acknowledged = true;
        } else if (offered.state == State.ENDED) {
            row(offered, offered.decided ? "ignored repeated" : "ignored after_end_of_interaction");
        } else {
            offered.state = State.ENDED;
            offered.decided = true;
            row(offered, word == Word.ACCEPT ? "accepted" : "dismissed");
            relevance.count(word == Word.ACCEPT);
            release(now);
        }
    }

    void end(Instant now) {
        relevance.interactionEnded();
        for (ModelSuggestion one : all) {
            if (one.isOpen(now) && one.hasSlotOrWaits()) {
                row(one, "expired interaction_ended");
                one.end();
            }
        }
    }

    void passed(Instant now) {
        for (ModelSuggestion one : all) {
            if (!one.isOpen(now) && one.hasSlotOrWaits()) {
                row(one, "expired context_window_ended");
                ranOut.put(one.body.id(), one.state == State.SLOT ? "expired" : "not_sent");
                one.end();
            }
        }
        release(now);
    }

    void drop() {
        online = false;
    }

    void reconnect(Instant now) {
        online = true;
        unanswered.removeIf(one -> !one.isOpen(now) || one.state != State.SLOT);
        again.addAll(unanswered);
        List<ModelSuggestion> due = List.copyOf(unsent);
        unsent.clear();
        for (ModelSuggestion one : due) {
            if (one.isOpen(now) && one.state == State.SLOT) {
                send(one, now);
            } else if (one.isOpen(now) && one.atOnce) {
                one.answer.text = "refused interaction_ended " + one.body.raw() + " " + one.adjustedScore() + " null";
            } else if (one.atOnce) {
                row(one, "dispatch_failed session_unavailable");
                one.answer.text = "failed";
            }
        }
    }

    private void release(Instant now) {
        while (active(now) < SLOTS && !waiting(now).isEmpty()) {
            giveSlot(waiting(now).get(0), now);
        }
    }

    private void giveSlot(ModelSuggestion one, Instant now) {
        one.state = State.SLOT;
        row(one, "injected");
        if (online) {
            send(one, now);
        } else {
            unsent.add(one);
        }
    }

    private void send(ModelSuggestion one, Instant now) {
        one.reachedCxone = true;
        int atCxone =
                (int) all.stream().filter(other -> other.isOpenAtCxone(now)).count();
        if (atCxone > SLOTS) {
            tooMany.add(atCxone);
        }
        fresh.add(one);
        unanswered.add(one);
        if (one.atOnce) {
            one.answer.text = "sent null " + one.body.raw() + " " + one.adjustedScore() + " " + one.freeSlots;
        }
    }

    private Optional<ModelSuggestion> known(String id, Instant now) {
        return all.stream()
                .filter(one -> one.body.id().equals(id) && one.isOpen(now) && one.state != State.FORGOTTEN)
                .findFirst();
    }

    private int active(Instant now) {
        return (int) all.stream()
                .filter(one -> one.state == State.SLOT && one.isOpen(now))
                .count();
    }

    /** The best first. */
    private List<ModelSuggestion> waiting(Instant now) {
        return all.stream()
                .filter(one -> one.state == State.WAITING && one.isOpen(now))
                .sorted(Comparator.comparing((ModelSuggestion one) -> PRIORITIES.indexOf(one.body.priority()))
                        .thenComparing(one -> -one.adjusted)
                        .thenComparing(one -> one.since))
                .toList();
    }

    private void row(ModelSuggestion one, String row) {
        row(one.body.id(), row);
    }

    private void row(String id, String row) {
        rows.computeIfAbsent(id, key -> new ArrayList<>()).add(row);
    }

    /** What the audit log says, by suggestion: event and reason. */
    Map<String, List<String>> rows() {
        return rows;
    }

    /** In the order of the suggestions, each {@code status reason raw adjusted free}; null where it is not told yet. */
    List<String> answers() {
        return answers.stream().map(answer -> answer.text).toList();
    }

    /** The frames since {@link #framesSeen}: what goes out again, and in order; then what is new, in any. */
    boolean explains(List<String> frames) {
        List<String> first = again.stream().map(ModelSuggestion::frame).toList();
        List<String> then = fresh.stream().map(ModelSuggestion::frame).sorted().toList();
        return frames.size() == first.size() + then.size()
                && frames.subList(0, first.size()).equals(first)
                && frames.stream().skip(first.size()).sorted().toList().equals(then);
    }

    String frames() {
        return again.stream().map(ModelSuggestion::frame).toList() + " again, in any order "
                + fresh.stream().map(ModelSuggestion::frame).toList();
    }

    /** Of several that got their slots in one step, nobody promised which is sent first: they were sent like this. */
    void framesSeen(List<String> frames) {
        unanswered.removeAll(fresh);
        fresh.sort(Comparator.comparing(one -> frames.lastIndexOf(one.frame())));
        unanswered.addAll(fresh);
        fresh.clear();
        again.clear();
    }

    /** CXone is not told that an interaction ended, so it goes on counting what it had of it then. */
    List<Integer> tooMany() {
        return tooMany;
    }

    String slots(Instant now) {
        return active(now) + " active, " + waiting(now).size() + " waiting";
    }
}
