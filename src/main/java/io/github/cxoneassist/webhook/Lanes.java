package io.github.cxoneassist.webhook;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;

/**
 * The part of the log that is under way to one subscriber: of one interaction one event after the other, of several
 * interactions so many at once. Knows up to where everything is settled. Bounded, pure, not thread-safe.
 */
final class Lanes {

    private static final class Lane {
        final NavigableMap<Long, Errand> waiting = new TreeMap<>();
        Errand underWay;
        Long readyAt;
    }

    private final int capacity;
    private final int parallel;
    private final Map<String, Lane> lanes = new HashMap<>();

    /** Lanes that wait and have nothing under way, by the first event in them: with one at a time, that is the log's order. */
    private final NavigableMap<Long, String> ready = new TreeMap<>();

    /** Of the log, from the first that is not settled on: whether it is. */
    private final NavigableMap<Long, Boolean> window = new TreeMap<>();

    /** Events that had their turn in vain: others are asked first. Each is in {@link #ready} or brought back by its row. */
    private final Set<Long> passedOver = new HashSet<>();

    private int retries;
    private int underWay;
    private long read;

    /** @param start up to where everything is settled */
    Lanes(int capacity, int parallel, long start) {
        this.capacity = capacity;
        this.parallel = parallel;
        this.read = start;
    }

    int room() {
        return Math.max(0, capacity - window.size() - retries);
    }

    void add(Errand errand) {
        if (errand.isRetry()) {
            retries++;
        } else {
            window.put(errand.seq(), false);
            read = Math.max(read, errand.seq());
        }
        Lane lane = lanes.computeIfAbsent(errand.lane(), name -> new Lane());
        lane.waiting.put(errand.seq(), errand);
        index(errand.lane(), lane);
    }

    /** Up to here the log holds nothing more for this subscriber than what was added. */
    void readUpTo(long seq) {
        read = Math.max(read, seq);
    }

    /** Where to read on. */
    long read() {
        return read;
    }

    /** Up to here everything is settled. */
    long settledUpTo() {
        return window.isEmpty() ? read : window.firstKey() - 1;
    }

    boolean hasNext() {
        return underWay < parallel && !ready.isEmpty();
    }

    /** The earliest that may go now and was not passed over; it is under way then. */
    Errand next() {
        if (!hasNext()) {
            throw new IllegalStateException("nothing may go now");
        }
        Long first = ready.keySet().stream()
                .filter(seq -> !passedOver.contains(seq))
                .findFirst()
                .orElseGet(() -> {
                    passedOver.clear();
                    return ready.firstKey();
                });
        String name = ready.get(first);
        Lane lane = lanes.get(name);
        lane.underWay = lane.waiting.pollFirstEntry().getValue();
        underWay++;
        index(name, lane);
        return lane.underWay;
    }

    int retries() {
        return retries;
    }

    int underWay() {
        return underWay;
    }

    /** What was under way is settled: delivered, parked or dead. */
    void settle(Errand errand) {
        Lane lane = arrive(errand);
        forget(errand);
        index(errand.lane(), lane);
    }

    /** All others go before this one, until each has had its turn or {@link #passOverNobody} is called. */
    void passOver(Errand errand) {
        passedOver.add(errand.seq());
    }

    void passOverNobody() {
        passedOver.clear();
    }

    /** What was under way waits again, before all behind it. A retry is forgotten instead: its row brings it back. */
    void putBack(Errand errand) {
        Lane lane = arrive(errand);
        if (errand.isRetry()) {
            retries--;
        } else {
            lane.waiting.put(errand.seq(), errand);
        }
        index(errand.lane(), lane);
    }

    /** Takes out what waits in a lane, because something before it has been parked; settled therewith. In order. */
    List<Errand> withdraw(String name) {
        Lane lane = lanes.get(name);
        if (lane == null) {
            return List.of();
        }
        List<Errand> waiting = new ArrayList<>(lane.waiting.values());
        lane.waiting.clear();
        waiting.forEach(this::forget);
        index(name, lane);
        return waiting;
    }

    /**
     * Takes out what waits or is under way though something behind it in the log is settled; settled therewith, whatever comes
     * of it. In the order of the log.
     */
    List<Errand> withdrawOvertaken() {
        long last = window.descendingMap().entrySet().stream()
                .filter(Map.Entry::getValue)
                .mapToLong(Map.Entry::getKey)
                .findFirst()
                .orElse(0);
        List<Errand> overtaken = new ArrayList<>();
        for (String name : List.copyOf(lanes.keySet())) {
            Lane lane = lanes.get(name);
            List<Errand> before = lane.waiting.headMap(last).values().stream()
                    .filter(errand -> !errand.isRetry())
                    .toList();
            before.forEach(errand -> lane.waiting.remove(errand.seq()));
            overtaken.addAll(before);
            if (lane.underWay != null && !lane.underWay.isRetry() && lane.underWay.seq() < last) {
                overtaken.add(lane.underWay);
                lane.underWay = null;
                underWay--;
            }
            index(name, lane);
        }
        overtaken.sort(Comparator.comparingLong(Errand::seq));
        overtaken.forEach(this::forget);
        return overtaken;
    }

    private Lane arrive(Errand errand) {
        Lane lane = lanes.get(errand.lane());
        if (lane == null || lane.underWay != errand) {
            throw new IllegalStateException("not under way: " + errand.seq());
        }
        lane.underWay = null;
        underWay--;
        return lane;
    }

    private void forget(Errand errand) {
        if (errand.isRetry()) {
            retries--;
            return;
        }
        window.put(errand.seq(), true);
        while (!window.isEmpty() && window.firstEntry().getValue()) {
            window.pollFirstEntry();
        }
    }

    private void index(String name, Lane lane) {
        if (lane.readyAt != null) {
            ready.remove(lane.readyAt);
            lane.readyAt = null;
        }
        if (lane.underWay == null && !lane.waiting.isEmpty()) {
            lane.readyAt = lane.waiting.firstKey();
            ready.put(lane.readyAt, name);
        } else if (lane.underWay == null) {
            lanes.remove(name);
        }
    }
}
