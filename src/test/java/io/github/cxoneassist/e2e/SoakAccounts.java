package io.github.cxoneassist.e2e;

import io.github.cxoneassist.journal.JournalRow;
import io.github.cxoneassist.sandbox.ReceivedSuggestion;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What was offered and answered, set against what the journal and the referee say of it. Senders of all threads write; the
 * audit is for when all is quiet.
 */
final class SoakAccounts {

    private static final Set<String> TERMINAL = Set.of("accepted", "dismissed", "expired", "superseded");

    private record Key(String interactionId, String id) {}

    private static final class Account {
        private final Instant end;
        private int offers;
        private int failures;
        private int sent;
        private int held;
        private final List<String> refusals = new ArrayList<>();

        private Account(Instant end) {
            this.end = end;
        }
    }

    private final Map<Key, Account> all = new ConcurrentHashMap<>();
    private final Queue<String> complaints = new ConcurrentLinkedQueue<>();

    void offered(String interactionId, String id, Instant end) {
        change(interactionId, id, end, account -> account.offers++);
    }

    void failed(String interactionId, String id) {
        change(interactionId, id, null, account -> account.failures++);
    }

    void answered(String interactionId, String id, String status, String reason) {
        change(interactionId, id, null, account -> {
            switch (status) {
                case "sent" -> account.sent++;
                case "held" -> account.held++;
                case "refused" -> account.refusals.add(reason);
                default -> complaint(id + " was answered with " + status + " " + reason);
            }
        });
    }

    private void change(String interactionId, String id, Instant end, Consumer<Account> step) {
        all.compute(new Key(interactionId, id), (key, known) -> {
            Account account = known == null ? new Account(end) : known;
            step.accept(account);
            return account;
        });
    }

    void complaint(String text) {
        complaints.add(text);
    }

    int size() {
        return all.size();
    }

    long sent() {
        return all.values().stream().mapToLong(account -> account.sent).sum();
    }

    long held() {
        return all.values().stream().mapToLong(account -> account.held).sum();
    }

    long failures() {
        return all.values().stream().mapToLong(account -> account.failures).sum();
    }

    long refused() {
        return all.values().stream()
                .mapToLong(account -> account.refusals.size())
                .sum();
    }

    /** Each thing that does not add up, in words; empty is what is wanted. */
    List<String> audit(List<JournalRow> rows, List<ReceivedSuggestion> received) {
        List<String> wrong = new ArrayList<>(complaints);
        Map<Key, List<JournalRow>> journal = rows.stream()
                .filter(row -> row.suggestionId() != null)
                .collect(Collectors.groupingBy(row -> new Key(row.interactionId(), row.suggestionId())));
        Map<Key, ReceivedSuggestion> shown = received.stream()
                .collect(Collectors.toMap(s -> new Key(s.interactionId(), s.id()), Function.identity()));
        journal.keySet().stream()
                .filter(key -> !all.containsKey(key))
                .forEach(key -> wrong.add("nobody offered " + key + ": " + journal.get(key)));
        all.forEach((key, account) -> {
            List<JournalRow> history = journal.getOrDefault(key, List.of());
            List<String> faults = new ArrayList<>();
            audit(account, history, shown.get(key), faults);
            faults.forEach(fault ->
                    wrong.add(fault + ": " + key + " answered " + account.sent + " sent, " + account.held + " held, "
                            + account.refusals + ", " + account.failures + " failures of " + account.offers
                            + " offers; window to " + account.end + "; journal " + lines(history) + "; referee "
                            + shown.get(key)));
        });
        return wrong;
    }

    private static void audit(
            Account account, List<JournalRow> history, ReceivedSuggestion shown, List<String> faults) {
        long injected = count(history, "injected");
        long failed = count(history, "dispatch_failed");
        int taken = account.sent + account.held;
        List<String> endings = history.stream()
                .map(JournalRow::event)
                .filter(TERMINAL::contains)
                .toList();

        check(account.offers == taken + account.refusals.size(), "an offer has no answer", faults);
        check(taken == lives(history) - failed, "told otherwise than journaled", faults);
        // one that had to make room for others may be offered again
        check(taken <= 1 + count(history, "superseded"), "was taken twice", faults);
        check(failed <= account.failures, "failed without being told", faults);
        check(
                refusals(history).equals(account.refusals.stream().sorted().toList()),
                "refusals are not those of the journal",
                faults);
        // given up only when its window was over: the slot had run out by then
        boolean ranOut = history.stream()
                .anyMatch(row -> row.event().equals("dispatch_failed")
                        && row.at().plusSeconds(1).isAfter(account.end));
        check(
                endings.size() == taken || taken == 0 && ranOut && endings.equals(List.of("expired")),
                "has not one end",
                faults);
        check(count(history, "ack_received") <= 1, "was acknowledged twice", faults);
        check(shown == null || injected > failed, "was received, and not sent", faults);
        check(
                shown != null || count(history, "ack_received") == 0 && !endings.contains("accepted"),
                "was answered, and not received",
                faults);
        for (JournalRow row : history) {
            if (row.event().equals("ignored")) {
                check(
                        Set.of("repeated", "after_end_of_interaction").contains(row.reason())
                                || row.at().isAfter(account.end),
                        "an event was ignored in its window",
                        faults);
            }
        }
        if (shown != null && !endings.contains("expired")) {
            check(
                    endings.contains(shown.outcome().name().toLowerCase(Locale.ROOT)),
                    "ended otherwise than the agent said",
                    faults);
        }
    }

    /** Those whose answer reached us before the connection began on which they were sent once more. */
    static boolean wasAnsweredBefore(List<JournalRow> rows, String interactionId, String id, Instant seenAgain) {
        long connected = rows.stream()
                .filter(row -> row.event().equals("connected") && !row.at().isAfter(seenAgain))
                .mapToLong(JournalRow::seq)
                .max()
                .orElse(0);
        return rows.stream()
                .filter(row -> row.seq() < connected)
                .filter(row -> id.equals(row.suggestionId()) && interactionId.equals(row.interactionId()))
                .anyMatch(row -> Set.of("ack_received", "accepted", "dismissed").contains(row.event()));
    }

    /** How often it was taken on: held, or injected without having been held. */
    private static long lives(List<JournalRow> history) {
        long lives = 0;
        boolean held = false;
        for (JournalRow row : history) {
            if (row.event().equals("held") || row.event().equals("injected") && !held) {
                lives++;
            }
            held = row.event().equals("held") || held && !row.event().equals("superseded");
        }
        return lives;
    }

    private static List<String> refusals(List<JournalRow> history) {
        return history.stream()
                .filter(row -> row.event().equals("validation_failed"))
                .map(JournalRow::reason)
                .sorted()
                .toList();
    }

    private static long count(List<JournalRow> history, String event) {
        return history.stream().filter(row -> row.event().equals(event)).count();
    }

    private static List<String> lines(List<JournalRow> history) {
        return history.stream()
                .map(row -> row.seq() + " " + row.at() + " " + row.event() + " " + row.reason() + " "
                        + (row.event().equals("dispatch_failed") ? row.details() : ""))
                .toList();
    }

    private static void check(boolean holds, String otherwise, List<String> faults) {
        if (!holds) {
            faults.add(otherwise);
        }
    }
}
