package io.github.cxoneassist.sandbox;

import io.github.cxoneassist.sandbox.ReceivedSuggestion.Outcome;
import io.github.cxoneassist.sandbox.SuggestionBook.Breach;
import io.github.cxoneassist.sandbox.Violation.Kind;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * The record of all that happened to a sandbox, and of every breach of the contract. All methods may be called from any
 * thread and answer with a copy of that moment. Counts go on for ever; what they count is kept up to the limits of
 * {@link SandboxConfig}, the oldest leaves first.
 */
public final class Referee {

    private final Clock clock;
    private final int limit;
    private final int maxActive;
    private final Duration transit;
    private final int suggestionLimit;
    private final Map<Kind, Long> violationsByKind = new HashMap<>();
    private final Map<Frame.Direction, Long> framesByDirection = new HashMap<>();
    private final Map<Long, TokenRequest> tokenRequests = new LinkedHashMap<>();
    private final Map<Integer, SocketRecord> sockets = new LinkedHashMap<>();
    /** By number, so that a limit on the history can never forget a socket that is still open. */
    private final Map<Integer, SocketRecord> open = new LinkedHashMap<>();
    /** Open as far as anyone knows, but nobody reads from them. */
    private final Map<Integer, SocketRecord> unseen = new LinkedHashMap<>();

    private SuggestionBook book;
    private Recent<Violation> violations;
    private Recent<Frame> frames;
    private Recent<Frame> tooEarly;
    private long lastTokenRequest;
    private int lastSocket;
    private long tokenRequestCount;
    private long upgradeRequestCount;
    private int socketCount;
    private int mostOpen;

    Referee(SandboxConfig config) {
        clock = config.clock();
        limit = config.frameLimit();
        maxActive = config.maxActive();
        transit = config.transit();
        suggestionLimit = config.suggestionLimit();
        reset();
    }

    /** Sockets that are open stay in the record, and their numbers go on. */
    synchronized void reset() {
        book = new SuggestionBook(maxActive, transit, suggestionLimit);
        violations = new Recent<>(limit);
        frames = new Recent<>(limit);
        tooEarly = new Recent<>(limit);
        violationsByKind.clear();
        framesByDirection.clear();
        tokenRequests.clear();
        sockets.keySet().removeIf(number -> !open.containsKey(number) && !unseen.containsKey(number));
        tokenRequestCount = 0;
        upgradeRequestCount = 0;
        socketCount = 0;
        mostOpen = open.size();
    }

    /** Empty is what every test wants. */
    public synchronized List<Violation> violations() {
        return violations.list();
    }

    public synchronized long violations(Kind kind) {
        return violationsByKind.getOrDefault(kind, 0L);
    }

    /**
     * Waits until there is a violation of each of these kinds, because what a client did last may still be on its way.
     *
     * @return whether there is; false after {@code patience}
     */
    public synchronized boolean awaitViolations(Set<Kind> kinds, Duration patience) throws InterruptedException {
        var deadline = System.nanoTime() + patience.toNanos();
        while (!violationsByKind.keySet().containsAll(kinds)) {
            var left = deadline - System.nanoTime();
            if (left <= 0) {
                return false;
            }
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
        return true;
    }

    /** All of it in numbers, of one moment. */
    public synchronized RefereeSummary summary() {
        return new RefereeSummary(
                violations.ever(),
                Map.copyOf(violationsByKind),
                violations.list(),
                socketCount,
                open.size(),
                mostOpen,
                upgradeRequestCount,
                tokenRequestCount,
                framesByDirection.getOrDefault(Frame.Direction.IN, 0L),
                framesByDirection.getOrDefault(Frame.Direction.OUT, 0L),
                tooEarly.ever(),
                book.received(),
                book.mostActive());
    }

    /** In the order in which they came first. */
    public synchronized List<ReceivedSuggestion> suggestions() {
        return book.list();
    }

    public List<ReceivedSuggestion> suggestions(String interactionId) {
        return suggestions().stream()
                .filter(s -> s.interactionId().equals(interactionId))
                .toList();
    }

    /** @throws IllegalStateException if several interactions have a suggestion of this id */
    public Optional<ReceivedSuggestion> suggestion(String id) {
        return suggestions().stream().filter(s -> s.id().equals(id)).reduce((one, other) -> {
            throw new IllegalStateException("Several interactions have a suggestion " + id + "; name the interaction");
        });
    }

    /** How many suggestion frames were well-formed, repeated ones included. */
    public synchronized long suggestionCount() {
        return book.received();
    }

    /** How often this id came, in all interactions together. */
    public synchronized int sends(String id) {
        return book.sends(id);
    }

    public synchronized int sends(String interactionId, String id) {
        return book.sends(interactionId, id);
    }

    /** How many suggestions of the interaction are received, without an outcome, and not past their window, now. */
    public synchronized int active(String interactionId) {
        return book.active(interactionId, clock.instant());
    }

    /** The most that any one interaction ever had active at once. */
    public synchronized int maxActive() {
        return book.mostActive();
    }

    public synchronized List<Frame> frames() {
        return frames.list();
    }

    public List<Frame> frames(Frame.Direction direction) {
        return frames().stream().filter(f -> f.direction() == direction).toList();
    }

    public synchronized long frameCount(Frame.Direction direction) {
        return framesByDirection.getOrDefault(direction, 0L);
    }

    /** All that came in before {@code auth.success}, but for the first auth frame. */
    public synchronized List<Frame> framesBeforeAuthSuccess() {
        return tooEarly.list();
    }

    public synchronized List<SocketRecord> sockets() {
        return List.copyOf(sockets.values());
    }

    /** A socket that either side has begun to close is not open. */
    public synchronized int openSockets() {
        return open.size();
    }

    public synchronized int maxOpenSockets() {
        return mostOpen;
    }

    /** How many sockets were ever opened. */
    public synchronized int socketCount() {
        return socketCount;
    }

    /** How often the WebSocket was asked for, refused requests included. */
    public synchronized long upgradeRequestCount() {
        return upgradeRequestCount;
    }

    public synchronized List<TokenRequest> tokenRequests() {
        return List.copyOf(tokenRequests.values());
    }

    public synchronized long tokenRequestCount() {
        return tokenRequestCount;
    }

    synchronized long tokenRequested(String grant, String clientId) {
        tokenRequestCount++;
        var number = ++lastTokenRequest;
        tokenRequests.put(number, new TokenRequest(clock.instant(), grant, clientId, TokenRequest.UNANSWERED));
        forgetOldest(tokenRequests);
        return number;
    }

    synchronized void tokenAnswered(long number, String answer) {
        tokenRequests.computeIfPresent(
                number, (n, asked) -> new TokenRequest(asked.at(), asked.grant(), asked.clientId(), answer));
    }

    synchronized void upgradeRequested() {
        upgradeRequestCount++;
    }

    synchronized int opened() {
        socketCount++;
        var socket = new SocketRecord(++lastSocket, clock.instant(), "", null, 0, "", false);
        open.put(socket.number(), socket);
        mostOpen = Math.max(mostOpen, open.size());
        keep(socket);
        return socket.number();
    }

    synchronized void authenticated(int connection, String clientId) {
        var socket = open.get(connection);
        if (socket == null) {
            return;
        }
        judgeCompany(connection, clientId);
        open.put(connection, socket.authenticatedAs(clientId));
        keep(open.get(connection));
    }

    private void judgeCompany(int connection, String clientId) {
        for (var other : open.values()) {
            if (other.number() != connection && other.clientId().equals(clientId)) {
                violation(
                        Kind.TWO_SOCKETS, connection, clientId + " has connection " + other.number() + " open as well");
            }
        }
    }

    /**
     * Nobody reads from it any more, and so nobody would see its client leave: until it is seen again it doesn't count
     * as open, and no other socket is held against it.
     */
    synchronized void unseen(int connection) {
        var socket = open.remove(connection);
        if (socket != null) {
            unseen.put(connection, socket);
        }
    }

    synchronized void seenAgain(int connection) {
        var socket = unseen.remove(connection);
        if (socket != null) {
            if (!socket.clientId().isEmpty()) {
                judgeCompany(connection, socket.clientId());
            }
            open.put(connection, socket);
            mostOpen = Math.max(mostOpen, open.size());
        }
    }

    /** Told when the closing begins, and by whoever begins it; what is told of a closed socket changes nothing. */
    synchronized void closed(int connection, int code, String reason, boolean byServer) {
        var seen = open.remove(connection);
        var socket = seen != null ? seen : unseen.remove(connection);
        if (socket != null) {
            keep(socket.closed(clock.instant(), code, reason, byServer));
        }
    }

    synchronized void frameIn(int connection, String text, boolean early) {
        var frame = frame(connection, Frame.Direction.IN, text);
        if (early) {
            tooEarly.add(frame);
        }
    }

    /** Reads along, so that an outcome counts however a test may have sent it. */
    synchronized void frameOut(int connection, String text) {
        frame(connection, Frame.Direction.OUT, text);
        StrictJson.object(text).ifPresent(sent -> {
            var interactionId = StrictJson.text(sent, "interactionId");
            var id = StrictJson.text(sent, "suggestionId");
            switch (StrictJson.text(sent, "type")) {
                case ServerFrames.ACK -> book.acknowledged(interactionId, id);
                case ServerFrames.ACCEPTED -> book.ended(interactionId, id, Outcome.ACCEPTED);
                case ServerFrames.DISMISSED -> book.ended(interactionId, id, Outcome.DISMISSED);
                default -> {}
            }
        });
    }

    /** What an agent gets to see of it: nothing where it is outside its window. */
    synchronized Optional<ReceivedSuggestion> received(SuggestionFrame frame, int connection) {
        var breaches = book.receive(frame, connection, clock.instant());
        breaches.forEach(breach -> violation(breach.kind(), connection, breach.text()));
        return breaches.stream().map(Breach::kind).anyMatch(Kind.OUTSIDE_ITS_WINDOW::equals)
                ? Optional.empty()
                : book.find(frame.interactionId(), frame.id());
    }

    /** The client that sent it last, or "" where that is not known. */
    synchronized String clientOf(String interactionId, String suggestionId) {
        return book.find(interactionId, suggestionId)
                .map(suggestion -> sockets.get(suggestion.connection()))
                .map(SocketRecord::clientId)
                .orElse("");
    }

    synchronized void violation(Kind kind, int connection, String text) {
        violationsByKind.merge(kind, 1L, Long::sum);
        violations.add(new Violation(kind, connection, clock.instant(), text));
        notifyAll();
    }

    private Frame frame(int connection, Frame.Direction direction, String text) {
        var frame = new Frame(connection, direction, clock.instant(), text);
        framesByDirection.merge(direction, 1L, Long::sum);
        frames.add(frame);
        return frame;
    }

    private void keep(SocketRecord socket) {
        sockets.put(socket.number(), socket);
        forgetOldest(sockets);
    }

    private void forgetOldest(Map<?, ?> history) {
        if (history.size() > limit) {
            var oldest = history.keySet().iterator();
            oldest.next();
            oldest.remove();
        }
    }
}
