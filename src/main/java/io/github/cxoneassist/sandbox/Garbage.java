package io.github.cxoneassist.sandbox;

import java.util.Locale;

/** What a server may send that no client should choke on. */
public enum Garbage {
    NOT_JSON {
        @Override
        String text() {
            return "<html><body>502 Bad Gateway</body></html>";
        }
    },
    /** One acknowledgement of 5 MB: proper JSON, and far beyond what anyone has to take. */
    TOO_LARGE {
        @Override
        String text() {
            return "{\"type\":\"agentassist.ack\",\"interactionId\":\"" + "x".repeat(5 * 1024 * 1024) + "\"}";
        }
    },
    TOO_DEEP {
        @Override
        String text() {
            return "{\"type\":\"agentassist.ack\",\"interactionId\":" + "[".repeat(DEPTH) + "]".repeat(DEPTH) + "}";
        }
    },
    UNKNOWN_TYPE {
        @Override
        String text() {
            return "{\"type\":\"agentassist.coffee\",\"interactionId\":\"i\",\"suggestionId\":\"s\"}";
        }
    },
    WRONG_TYPES {
        @Override
        String text() {
            return "{\"type\":\"agentassist.ack\",\"interactionId\":7,\"suggestionId\":[\"s\"],\"sentTimestamp\":\"soon\"}";
        }
    };

    private static final int DEPTH = 10_000;

    abstract String text();

    /** As a script in JSON spells it. */
    public String spelling() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
