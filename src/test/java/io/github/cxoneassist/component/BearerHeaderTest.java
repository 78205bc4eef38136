package io.github.cxoneassist.component;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.cxoneassist.oauth.TokenException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BearerHeaderTest {

    private static final String HOW = "; it has to be 'Bearer', a blank and the token";

    private final BearerHeader header = new BearerHeader("tokenSource mine");

    @ParameterizedTest
    @CsvSource({
        "Bearer t0ken, t0ken",
        "bearer t0ken, t0ken",
        "BEARER   t0ken, t0ken",
        "Bearer aZ09-._~+/==, aZ09-._~+/==",
    })
    void theTokenIsWhatFollowsBearerInAnyCase(String value, String token) throws Exception {
        assertThat(header.token(value)).isEqualTo(token);
    }

    @ParameterizedTest
    @CsvSource(
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "Basic c2VjcmV0,set a header Authorization that is not Bearer",
                "c2VjcmV0,set a header Authorization that is not Bearer",
                "Bearerc2VjcmV0,set a header Authorization that is not Bearer",
                "'',set a header Authorization that is not Bearer",
                "Bearer,set a header Authorization with a blank token",
                "Bearer   ,set a header Authorization with a blank token",
                "Bearer c2Vj cmV0,set a header Authorization whose token has blanks or other signs that no token has",
                "Bearer c2VjcmV0 ,set a header Authorization whose token has blanks or other signs that no token has",
                "Bearer c2Vj=cmV0,set a header Authorization whose token has blanks or other signs that no token has",
                "Bearer c2Vjü,set a header Authorization whose token has blanks or other signs that no token has",
                "'Bearer c2Vj,Bearer cmV0',"
                        + "set a header Authorization whose token has blanks or other signs that no token has",
            })
    void anythingElseIsAnErrorThatQuotesNothingOfIt(String value, String error) {
        assertRefused(value, error);
    }

    @Test
    void aLineBreakIsNoPartOfAToken() {
        assertRefused(
                "Bearer c2Vj\ncmV0",
                "set a header Authorization whose token has blanks or other signs that no token has");
    }

    @Test
    void noHeaderIsAnError() {
        assertRefused(null, "set no header Authorization");
    }

    @Test
    void severalValuesAreAnError() {
        assertRefused(
                List.of("Bearer a", "Bearer b"),
                "set a header Authorization that is no text, but "
                        + List.of(1, 2).getClass().getSimpleName());
    }

    private void assertRefused(Object value, String error) {
        TokenException e = catchThrowableOfType(TokenException.class, () -> header.token(value));

        assertThat(e).hasMessage("tokenSource mine " + error + HOW);
        assertThat(e.retryable()).isFalse();
    }
}
