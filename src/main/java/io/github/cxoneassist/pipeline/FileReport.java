package io.github.cxoneassist.pipeline;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.camel.AggregationStrategy;
import org.apache.camel.Exchange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One line in the log for each file, and one on the way for a long one: how many of its suggestions became what. */
public final class FileReport implements AggregationStrategy {

    private static final Logger LOG = LoggerFactory.getLogger(FileReport.class);

    private static final String COUNTS = "cxoneAssistFileCounts";
    private static final int PROGRESS_EVERY = 10_000;

    @Override
    public Exchange aggregate(Exchange sum, Exchange next) {
        Exchange result = sum == null ? next : sum;
        Counts counts = sum == null ? new Counts(new TreeMap<>()) : sum.getProperty(COUNTS, Counts.class);
        Outcome outcome = next.getProperty(PipelineProperties.OUTCOME, Outcome.class);
        if (next.getException() != null || outcome == null) {
            counts.add("failed");
        } else {
            counts.add(outcome.reason() == null ? outcome.status().wireName() : "refused: " + outcome.reason());
        }
        result.setProperty(COUNTS, counts);
        if (counts.all() % PROGRESS_EVERY == 0) {
            LOG.info("{}: so far {}", next.getMessage().getHeader(Exchange.FILE_NAME), counts);
        }
        return result;
    }

    @Override
    public void onCompletion(Exchange sum, Exchange file) {
        String name = file.getMessage().getHeader(Exchange.FILE_NAME, String.class);
        Counts counts = sum == null ? null : sum.getProperty(COUNTS, Counts.class);
        if (counts != null) {
            LOG.info("{}: {}", name, counts);
        }
    }

    private record Counts(Map<String, Integer> byOutcome) {

        void add(String outcome) {
            byOutcome.merge(outcome, 1, Integer::sum);
        }

        int all() {
            return byOutcome.values().stream().mapToInt(Integer::intValue).sum();
        }

        @Override
        public String toString() {
            return all() + " suggestions, "
                    + byOutcome.entrySet().stream()
                            .map(entry -> entry.getKey() + " " + entry.getValue())
                            .collect(Collectors.joining(", "));
        }
    }
}
