package io.github.cxoneassist.pipeline;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.apache.camel.Message;

/** The key that an HTTP client has to send. */
final class ApiKey {

    static final String HEADER = "X-API-Key";

    private final byte[] key;

    /** @param key blank: none is asked for */
    ApiKey(String key) {
        this.key = key.strip().getBytes(StandardCharsets.UTF_8);
    }

    /** @throws RequestRefusedException unless the request has it */
    void require(Message request) {
        String given = request.getHeader(HEADER, "", String.class);
        // equal whatever the length, in the same time
        if (key.length > 0 && !MessageDigest.isEqual(key, given.getBytes(StandardCharsets.UTF_8))) {
            throw new RequestRefusedException(
                    401, "unauthorized", "Send the key of this service (cxone.api-key) in the header X-API-Key.");
        }
    }
}
