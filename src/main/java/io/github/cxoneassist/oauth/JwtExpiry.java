package io.github.cxoneassist.oauth;

import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.JWTParser;
import java.text.ParseException;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;

/** When a token ends by its own account, where it is a JWT that can be read. Pure. */
public final class JwtExpiry {

    private JwtExpiry() {}

    /**
     * Verifies nothing: who gave us the token vouches for it, and whether it is good is for the server to say.
     *
     * @return empty where the token is opaque, encrypted, or names no {@code exp}
     */
    public static Optional<Instant> of(String token) {
        try {
            JWTClaimsSet claims = JWTParser.parse(token).getJWTClaimsSet();
            return Optional.ofNullable(claims)
                    .map(JWTClaimsSet::getExpirationTime)
                    .map(Date::toInstant);
        } catch (ParseException | RuntimeException e) {
            // most tokens are no JWT; and the message would quote it
            return Optional.empty();
        }
    }
}
