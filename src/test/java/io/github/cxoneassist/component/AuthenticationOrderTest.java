package io.github.cxoneassist.component;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cxoneassist.sandbox.FaultScript;
import io.github.cxoneassist.sandbox.Frame;
import io.github.cxoneassist.sandbox.Occasion;
import io.github.cxoneassist.sandbox.ScriptedFault.Stall;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;

/** Nothing but the auth frame leaves before CXone has let us in. */
class AuthenticationOrderTest extends CxoneTestBase {

    @Test
    void suggestionsSentBeforeAuthSuccessWaitForItAndGoOutAfterwards() {
        cxone.play(FaultScript.inOrder(new Stall(Occasion.AUTH, Duration.ofMillis(400)).always()));

        List<CompletableFuture<Exchange>> sends = IntStream.range(0, 50)
                .mapToObj(i -> template.asyncSend(
                        "cxone-assist:main", sent -> sent.getMessage().setBody(SuggestionBodies.suggestion("s-" + i))))
                .toList();
        sends.forEach(CompletableFuture::join);

        assertThat(sends)
                .allSatisfy(send -> assertThat(send.join().getException()).isNull());
        await().until(() -> cxone.referee().suggestionCount() == 50);
        assertThat(cxone.referee().framesBeforeAuthSuccess()).isEmpty();
        assertThat(cxone.referee().frames())
                .first()
                .extracting(Frame::text)
                .asString()
                .startsWith("{\"type\":\"auth\"");
        assertThat(cxone.referee().frames().get(1).text()).isEqualTo("{\"type\":\"auth.success\"}");
        assertThat(cxone.referee().violations()).isEmpty();
    }

    @Test
    void suggestionsSentDuringAReconnectWaitForItsAuthSuccessToo() {
        template.sendBody("cxone-assist:main", SuggestionBodies.suggestion("before"));
        goAway(new Stall(Occasion.AUTH, Duration.ofMillis(400)).always());

        template.sendBody("cxone-assist:main", SuggestionBodies.suggestion("after"));

        await().until(() -> cxone.referee().sends("after") == 1);
        assertThat(cxone.referee().suggestion("after").orElseThrow().connection())
                .isEqualTo(2);
        assertThat(cxone.referee().framesBeforeAuthSuccess()).isEmpty();
        assertThat(cxone.referee().violations()).isEmpty();
    }
}
