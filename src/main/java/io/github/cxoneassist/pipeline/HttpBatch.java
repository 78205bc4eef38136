package io.github.cxoneassist.pipeline;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.github.cxoneassist.suggestion.Code;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The outcomes of one HTTP request, in the order of its suggestions. One exchange at a time adds to it: the split that
 * fills it is sequential.
 */
final class HttpBatch {

    static final String PROPERTY = "cxoneAssistHttpBatch";

    private static final Map<String, Integer> STATUS_OF_REASON = Map.of(
            Outcome.DUPLICATE,
            409,
            Outcome.DUPLICATE_CONTENT,
            409,
            Code.MALFORMED.wireName(),
            400,
            Code.TOO_LARGE.wireName(),
            413);

    /** So many suggestions are answered within seconds; more belong into a file. */
    static final int MAX_SUGGESTIONS = 1_000;

    private final boolean many;
    private final List<Outcome> outcomes = new ArrayList<>();

    /** @param many whether the request was an array or NDJSON, so that the answer is an array however many there are */
    HttpBatch(boolean many) {
        this.many = many;
    }

    void add(Outcome outcome) {
        outcomes.add(outcome);
    }

    /** The status for one suggestion; for many it is 200 and the outcomes say the rest, unless none could be read. */
    int status() {
        if (many) {
            return outcomes.stream().allMatch(HttpBatch::isMalformed) ? 400 : 200;
        }
        Outcome only = outcomes.get(0);
        return switch (only.status()) {
            case SENT, HELD -> 202;
            case ENDED -> 200;
            case REFUSED, FAILED -> STATUS_OF_REASON.getOrDefault(only.reason(), 422);
        };
    }

    private static boolean isMalformed(Outcome outcome) {
        return Code.MALFORMED.wireName().equals(outcome.reason());
    }

    String body() {
        if (!many) {
            return outcomes.get(0).toJson().toString();
        }
        var array = JsonNodeFactory.instance.arrayNode();
        outcomes.forEach(outcome -> array.add(outcome.toJson()));
        return array.toString();
    }
}
