package io.github.cxoneassist.oauth;

import com.nimbusds.oauth2.sdk.ErrorObject;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.TokenErrorResponse;
import com.nimbusds.oauth2.sdk.TokenResponse;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import io.github.cxoneassist.http.RetryAfter;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;
import net.minidev.json.JSONObject;

/** Reads the answer of a token endpoint. Pure. */
final class TokenAnswer {

    /**
     * For an answer without {@code expires_in}, unless the settings know better, and for one that makes no sense:
     * short enough to be safe, long enough not to ask for each call.
     */
    static final Duration DEFAULT_LIFETIME = Duration.ofMinutes(5);

    // beyond it an Instant may overflow, and no token lives that long
    private static final long LONGEST_LIFETIME_SECONDS = Duration.ofDays(365).toSeconds();

    // the words of RFC 6749 and their like; anything else might be an echo of what we sent
    private static final Pattern ERROR_CODE = Pattern.compile("[a-z_]{1,40}");

    private final String host;
    private static final Duration LONGEST_WAIT = Duration.ofHours(1);

    private final Instant askedAt;
    private final Duration defaultLifetime;

    TokenAnswer(String host, Instant askedAt, Duration defaultLifetime) {
        this.host = host;
        this.askedAt = askedAt;
        this.defaultLifetime = defaultLifetime;
    }

    AccessToken read(HTTPResponse response, Instant now) throws TokenException {
        int status = response.getStatusCode();
        if (status == 200) {
            return token(response);
        }
        Optional<Duration> retryAfter = RetryAfter.parse(response.getHeaderValue("Retry-After"), now, LONGEST_WAIT);
        String said = "Token endpoint " + host + " answered " + status + errorCode(response);
        if (status == 429) {
            throw TokenException.tryAgainAfter(
                    said + ": too many token requests", retryAfter.orElse(RetryAfter.DEFAULT));
        }
        if (status >= 500 || status == 408) {
            String message = said + ": the server has a problem of its own";
            throw retryAfter.isPresent()
                    ? TokenException.tryAgainAfter(message, retryAfter.get())
                    : TokenException.tryAgain(message, null);
        }
        if (status >= 300 && status < 400) {
            throw TokenException.giveUp(said + ": redirects are not followed; check the token URL");
        }
        if (status == 400 || status == 401 || status == 403) {
            throw TokenException.giveUp(said + ": check client id, client secret, scope and grant");
        }
        // a gateway that is being deployed answers like that, too
        throw TokenException.tryAgain(said + ": check the token URL", null);
    }

    // the parse exception is no cause of ours: its message may quote the body, and the body is where tokens are
    private AccessToken token(HTTPResponse response) throws TokenException {
        com.nimbusds.oauth2.sdk.token.AccessToken token;
        Duration otherwise;
        try {
            JSONObject json = response.getBodyAsJSONObject();
            otherwise = json.get("expires_in") == null ? defaultLifetime : DEFAULT_LIFETIME;
            Object expiresIn = json.get("expires_in");
            if (expiresIn == null || expiresIn instanceof Number n && n.longValue() < 0) {
                // null and a negative number are as good as none; the library would refuse the whole answer
                json.remove("expires_in");
            }
            token = TokenResponse.parse(json).toSuccessResponse().getTokens().getAccessToken();
        } catch (ParseException | RuntimeException e) {
            throw TokenException.tryAgain(
                    "Token endpoint " + host + " answered 200, but not with a JSON token answer (access_token,"
                            + " token_type, numeric expires_in); check the token URL",
                    null);
        }
        if (token.getValue().isBlank()) {
            throw TokenException.tryAgain("Token endpoint " + host + " answered 200 with a blank access_token", null);
        }
        long seconds = Math.min(token.getLifetime(), LONGEST_LIFETIME_SECONDS);
        Duration lifetime = seconds > 0 ? Duration.ofSeconds(seconds) : otherwise;
        return new AccessToken(token.getValue(), askedAt.plus(lifetime));
    }

    private static String errorCode(HTTPResponse response) {
        try {
            ErrorObject error = TokenErrorResponse.parse(response).getErrorObject();
            String code = error == null ? null : error.getCode();
            return code != null && ERROR_CODE.matcher(code).matches() ? " (" + code + ")" : "";
        } catch (ParseException | RuntimeException e) {
            return "";
        }
    }
}
