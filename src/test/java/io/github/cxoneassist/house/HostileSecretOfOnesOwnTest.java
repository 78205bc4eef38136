package io.github.cxoneassist.house;

import io.github.cxoneassist.oauth.CapturedLog;
import java.util.Map;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.main.Main;
import org.apache.logging.log4j.Level;
import org.junit.jupiter.api.Test;

/** The same for an application of one's own, with a route or a Kamelet of this jar. */
class HostileSecretOfOnesOwnTest extends HostileSecretTestBase {

    @Test
    void fromAProfileThatAKameletNames() throws Exception {
        expect(SECRET);

        String log = runRoute(
                Map.of(
                        "camel.kamelet.cxone-assist-sink.oauthProfile",
                        "cx",
                        "camel.kamelet.cxone-assist-sink.webSocketUrl",
                        cxone.webSocketUrl(),
                        "camel.oauth.cx.client-id",
                        CLIENT,
                        "camel.oauth.cx.client-secret",
                        SECRET,
                        "camel.oauth.cx.token-endpoint",
                        cxone.tokenUrl()),
                "kamelet:cxone-assist-sink");

        assertAccepted();
        assertWithoutTheSecret(log);
    }

    @Test
    void fromTheComponentsPropertyOfAnApplicationOfOnesOwn() throws Exception {
        expect(SECRET);

        String log = runRoute(
                Map.of(
                        "camel.component.cxone-assist.token-url",
                        cxone.tokenUrl(),
                        "camel.component.cxone-assist.web-socket-url",
                        cxone.webSocketUrl(),
                        "camel.component.cxone-assist.client-id",
                        CLIENT,
                        "camel.component.cxone-assist.client-secret",
                        SECRET),
                "cxone-assist:own");

        assertAccepted();
        assertWithoutTheSecret(log);
    }

    @Test
    void fromTheKameletsPropertyOfAnApplicationOfOnesOwn() throws Exception {
        expect(SECRET);

        String log = runRoute(
                Map.of(
                        "camel.kamelet.cxone-assist-sink.tokenUrl",
                        cxone.tokenUrl(),
                        "camel.kamelet.cxone-assist-sink.webSocketUrl",
                        cxone.webSocketUrl(),
                        "camel.kamelet.cxone-assist-sink.clientId",
                        CLIENT,
                        "camel.kamelet.cxone-assist-sink.clientSecret",
                        SECRET),
                "kamelet:cxone-assist-sink");

        assertAccepted();
        assertWithoutTheSecret(log);
    }

    @Test
    void fromARouteThatSaysRaw() throws Exception {
        expect(SECRET);

        String log = runRoute(
                Map.of("my.secret", SECRET),
                "cxone-assist:own?clientId=" + CLIENT + "&clientSecret=RAW({{my.secret}})&tokenUrl=" + cxone.tokenUrl()
                        + "&webSocketUrl=" + cxone.webSocketUrl());

        assertAccepted();
        assertWithoutTheSecret(log);
    }

    @Test
    void aKameletThatFailsToStartDoesNotShowTheSecret() {
        expect(SECRET);

        assertFailsWithoutTheSecret(
                route(
                        Map.of(
                                "camel.kamelet.cxone-assist-sink.region",
                                "eu",
                                "camel.kamelet.cxone-assist-sink.grantType",
                                "magic",
                                "camel.kamelet.cxone-assist-sink.clientId",
                                CLIENT,
                                "camel.kamelet.cxone-assist-sink.clientSecret",
                                SECRET),
                        "kamelet:cxone-assist-sink"),
                "magic");
    }

    @Test
    void aRouteThatFailsToStartDoesNotShowTheSecretThatItSaysRaw() {
        expect(SECRET);

        assertFailsWithoutTheSecret(
                route(
                        Map.of("my.secret", SECRET),
                        "cxone-assist:own?region=eu&grantType=magic&clientId=" + CLIENT
                                + "&clientSecret=RAW({{my.secret}})"),
                "magic");
    }

    private String runRoute(Map<String, String> properties, String uri) {
        try (CapturedLog log = new CapturedLog(Level.INFO)) {
            runUntilAnswered(route(properties, uri));
            return log.text();
        }
    }

    private Main route(Map<String, String> properties, String uri) {
        Main main = new Main();
        main.setDefaultPropertyPlaceholderLocation("false");
        main.addInitialProperty("cxone.database-url", "jdbc:sqlite:" + folder.resolve("own.db"));
        properties.forEach(main::addInitialProperty);
        main.configure().addRoutesBuilder(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in").to(uri);
            }
        });
        return main;
    }
}
