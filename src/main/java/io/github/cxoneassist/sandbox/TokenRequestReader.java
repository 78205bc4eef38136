package io.github.cxoneassist.sandbox;

import io.netty.handler.codec.http.QueryStringDecoder;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Judges a token request by RFC 6749, to the letter. Pure. */
final class TokenRequestReader {

    /** @param error "" where a token is due */
    record Judgement(String grant, String clientId, int status, String error, String description) {
        boolean granted() {
            return error.isEmpty();
        }
    }

    private record Client(String id, String secret) {
        static final Client NONE = new Client("", "");
    }

    /** Ends the reading; the caller gets a {@link Judgement} with what was known by then. */
    private static final class Refused extends Exception {
        private final int status;
        private final String error;

        Refused(int status, String error, String description) {
            super(description);
            this.status = status;
            this.error = error;
        }
    }

    private final SandboxConfig config;

    TokenRequestReader(SandboxConfig config) {
        this.config = config;
    }

    /** @param contentType and authorization the header's value, or null */
    Judgement judge(String contentType, String authorization, byte[] body) {
        var grant = "";
        var client = Client.NONE;
        try {
            requireForm(contentType);
            var form = form(body);
            grant = form.getOrDefault("grant_type", "");
            client = client(authorization, form);
            switch (grant) {
                case "" -> throw new Refused(400, "invalid_request", "grant_type is missing");
                case "client_credentials" -> {
                    authenticate(client);
                    requireScope(form.getOrDefault("scope", ""), true);
                }
                case "password" -> {
                    if (authorization == null) {
                        throw new Refused(401, "invalid_client", "this grant takes the client as HTTP Basic");
                    }
                    authenticate(client);
                    requireAccessKey(form);
                    requireScope(form.getOrDefault("scope", ""), false);
                }
                default -> throw new Refused(400, "unsupported_grant_type", "neither client_credentials nor password");
            }
            return new Judgement(grant, client.id(), 200, "", "");
        } catch (Refused e) {
            return new Judgement(grant, client.id(), e.status, e.error, e.getMessage());
        }
    }

    private static void requireForm(String contentType) throws Refused {
        var type =
                contentType == null ? "" : contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        if (!type.equals("application/x-www-form-urlencoded")) {
            throw new Refused(400, "invalid_request", "the content type is not application/x-www-form-urlencoded");
        }
    }

    private static Map<String, String> form(byte[] body) throws Refused {
        var form = new HashMap<String, String>();
        try {
            var decoder = new QueryStringDecoder(ascii(body), StandardCharsets.UTF_8, false, 1_024, true);
            for (Map.Entry<String, List<String>> field : decoder.parameters().entrySet()) {
                if (field.getValue().size() > 1) {
                    throw new Refused(400, "invalid_request", "a field is there twice: " + field.getKey());
                }
                form.put(field.getKey(), field.getValue().get(0));
            }
        } catch (IllegalArgumentException | CharacterCodingException e) {
            throw new Refused(400, "invalid_request", "the form is not properly encoded");
        }
        return form;
    }

    private static Client client(String authorization, Map<String, String> form) throws Refused {
        var inBody = new Client(form.getOrDefault("client_id", ""), form.getOrDefault("client_secret", ""));
        if (authorization == null) {
            return inBody;
        }
        if (form.containsKey("client_secret")) {
            throw new Refused(400, "invalid_request", "client credentials both in the header and in the body");
        }
        var basic = basic(authorization);
        if (form.containsKey("client_id") && !inBody.id().equals(basic.id())) {
            throw new Refused(400, "invalid_request", "two different clients in the header and in the body");
        }
        return basic;
    }

    /** RFC 6749, 2.3.1: id and secret are each form-encoded before they are joined by a colon. */
    private static Client basic(String authorization) throws Refused {
        try {
            if (!authorization.regionMatches(true, 0, "Basic ", 0, 6)) {
                throw new IllegalArgumentException("another scheme");
            }
            var pair =
                    ascii(Base64.getDecoder().decode(authorization.substring(6).strip()));
            var colon = pair.indexOf(':');
            if (colon < 0) {
                throw new IllegalArgumentException("no colon");
            }
            return new Client(decode(pair.substring(0, colon)), decode(pair.substring(colon + 1)));
        } catch (IllegalArgumentException | CharacterCodingException e) {
            throw new Refused(401, "invalid_client", "the Authorization header is not HTTP Basic of encoded values");
        }
    }

    private void authenticate(Client client) throws Refused {
        if (!client.equals(new Client(config.clientId(), config.clientSecret()))) {
            throw new Refused(401, "invalid_client", "unknown client, or wrong secret");
        }
    }

    private void requireAccessKey(Map<String, String> form) throws Refused {
        if (!form.containsKey("username") || !form.containsKey("password")) {
            throw new Refused(400, "invalid_request", "username or password is missing");
        }
        if (!config.accessKeyId().equals(form.get("username"))
                || !config.accessKeySecret().equals(form.get("password"))) {
            throw new Refused(400, "invalid_grant", "unknown access key, or wrong secret");
        }
    }

    private void requireScope(String scope, boolean needed) throws Refused {
        if (scope.isEmpty() ? needed : !config.scopes().containsAll(Arrays.asList(scope.split(" ")))) {
            throw new Refused(400, "invalid_scope", "known scopes: " + String.join(" ", config.scopes()));
        }
    }

    private static String decode(String value) {
        return URLDecoder.decode(value, StandardCharsets.UTF_8);
    }

    /** What is properly encoded is ASCII; unlike {@code new String} this refuses the rest instead of replacing it. */
    private static String ascii(byte[] bytes) throws CharacterCodingException {
        return StandardCharsets.US_ASCII
                .newDecoder()
                .decode(ByteBuffer.wrap(bytes))
                .toString();
    }
}
