package io.github.cxoneassist.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cxoneassist.oauth.AccessToken;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What is left of the words of a server. */
class ServerTextTest {

    private static final AccessToken TOKEN = new AccessToken("eyJhbGciOiJSUzI1NiJ9.payload.signature", Instant.MAX);

    @Test
    void aTokenIsHiddenWhereverItStands() {
        assertThat(ServerText.hide(TOKEN.value() + " or " + TOKEN.value() + "?", TOKEN))
                .isEqualTo("*** or ***?");
    }

    @Test
    void theBeginningOfATokenIsHiddenToo() {
        assertThat(ServerText.hide("expired: eyJhbGciOiJSUzI1NiJ9.pay", TOKEN)).isEqualTo("expired: ***");
    }

    @Test
    void whatIsNoTokenStays() {
        assertThat(ServerText.hide("expired: eyJhbGciOi", TOKEN)).isEqualTo("expired: eyJhbGciOi");
    }
}
