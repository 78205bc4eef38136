package io.github.cxoneassist.component;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.cxoneassist.oauth.Certificates;
import io.github.cxoneassist.oauth.TlsFront;
import java.nio.file.Path;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.support.jsse.CipherSuitesParameters;
import org.apache.camel.support.jsse.KeyManagersParameters;
import org.apache.camel.support.jsse.KeyStoreParameters;
import org.apache.camel.support.jsse.SSLContextClientParameters;
import org.apache.camel.support.jsse.SSLContextParameters;
import org.apache.camel.support.jsse.SecureSocketProtocolsParameters;
import org.apache.camel.support.jsse.TrustAllTrustManager;
import org.apache.camel.support.jsse.TrustManagersParameters;
import org.junit.jupiter.api.Test;

/** Both connections over TLS, as Camel describes TLS. */
class TlsTest extends CxoneTestBase {

    @Test
    void aTrustStoreAloneIsEnoughForTheTokenAndTheSocket() {
        try (var front = front(Certificates.SERVER)) {
            component().getConfiguration().setSslContextParameters(trusting());

            template.sendBody("cxone-assist:main", SuggestionBodies.suggestion("s-1"));

            await().until(() -> cxone.referee().sends("s-1") == 1);
            assertThat(front.handshakes()).hasSize(2);
        }
    }

    @Test
    void withoutItTheTokenIsNotAskedForAndHealthSaysWhatToDo() throws Exception {
        try (var front = front(Certificates.SERVER)) {
            events("cxone-assist:main");

            awaitBackingOff();

            assertThat(health().getState()).isEqualTo(HealthCheck.State.DOWN);
            assertThat(health().getMessage().orElseThrow())
                    .startsWith("Session main is BACKING_OFF: no access token: Token endpoint could not be reached:"
                            + " the certificate of 127.0.0.1:" + front.port() + " is not trusted: put its issuer"
                            + " into the trust store (sslContextParameters, else the JVM's own); next attempt in ");
            assertThat(cxone.referee().tokenRequestCount()).isZero();
        }
    }

    @Test
    void withoutItTheSocketIsNotOpenedAndHealthSaysWhatToDo() throws Exception {
        try (var front = front(Certificates.SERVER)) {
            component().getConfiguration().setTokenUrl(cxone.tokenUrl());
            events("cxone-assist:main");

            awaitBackingOff();

            assertThat(health().getMessage().orElseThrow())
                    .startsWith("Session main is BACKING_OFF: could not connect: the certificate of 127.0.0.1:"
                            + front.port() + " is not trusted: ");
            assertThat(cxone.referee().socketCount()).isZero();
        }
    }

    @Test
    void aTrustedCertificateForAnotherHostIsRefusedAndHealthSaysSo() throws Exception {
        try (var front = front(Certificates.WRONG_HOST)) {
            component().getConfiguration().setSslContextParameters(trusting());
            events("cxone-assist:main");

            awaitBackingOff();

            assertThat(health().getMessage().orElseThrow())
                    .contains("the certificate of 127.0.0.1:" + front.port() + " is not for this host");
            assertThat(cxone.referee().tokenRequestCount()).isZero();
        }
    }

    @Test
    void whoTrustsAllStillChecksTheHost() throws Exception {
        TrustManagersParameters all = new TrustManagersParameters();
        all.setTrustManager(TrustAllTrustManager.INSTANCE);
        SSLContextParameters parameters = new SSLContextParameters();
        parameters.setTrustManagers(all);
        component().getConfiguration().setSslContextParameters(parameters);
        try (var front = front(Certificates.WRONG_HOST)) {
            component().getConfiguration().setTokenUrl(cxone.tokenUrl());
            events("cxone-assist:main");

            awaitBackingOff();

            assertThat(health().getMessage().orElseThrow())
                    .contains("could not connect: the certificate of 127.0.0.1:" + front.port()
                            + " is not for this host");
        }
    }

    @Test
    void theTrustStoreOfTheContextIsUsedWhereTheComponentIsToldTo() {
        try (var front = front(Certificates.SERVER)) {
            context.setSSLContextParameters(trusting());
            component().setUseGlobalSslContextParameters(true);

            template.sendBody("cxone-assist:main", SuggestionBodies.suggestion("s-1"));

            await().until(() -> cxone.referee().sends("s-1") == 1);
            assertThat(front.handshakes()).hasSize(2);
        }
    }

    @Test
    void theTrustStoreOfTheContextIsNotUsedUnasked() throws Exception {
        try (var front = front(Certificates.SERVER)) {
            context.setSSLContextParameters(trusting());
            events("cxone-assist:main");

            awaitBackingOff();

            assertThat(front.handshakes()).isEmpty();
        }
    }

    @Test
    void anEndpointMayHaveItsOwnAndSharesTheSessionWithOthersThatNameTheSame() throws Exception {
        try (var front = front(Certificates.SERVER)) {
            context.getRegistry().bind("cxoneTls", trusting());
            events("cxone-assist:main?sslContextParameters=#cxoneTls");

            template.sendBody(
                    "cxone-assist:main?sslContextParameters=#bean:cxoneTls", SuggestionBodies.suggestion("s-1"));

            await().until(() -> cxone.referee().sends("s-1") == 1);
            assertThat(front.handshakes()).hasSize(2);
        }
    }

    @Test
    void anotherTrustStoreUnderTheSameNameIsAnotherConfiguration() throws Exception {
        events("cxone-assist:main");
        context.getRegistry().bind("cxoneTls", trusting());

        assertThatThrownBy(() -> producer("cxone-assist:main?sslContextParameters=#cxoneTls"))
                .hasMessageStartingWith("cxone-assist:main is used with two different configurations.");
    }

    @Test
    void aClientCertificateIsShownOnBothConnections() {
        try (var front = use(TlsFront.forKnownClients(cxone.port()))) {
            SSLContextParameters parameters = trusting();
            parameters.setKeyManagers(keys());
            component().getConfiguration().setSslContextParameters(parameters);

            template.sendBody("cxone-assist:main", SuggestionBodies.suggestion("s-1"));

            await().until(() -> cxone.referee().sends("s-1") == 1);
            assertThat(front.handshakes()).hasSize(2);
        }
    }

    @Test
    void theJvmsOwnTrustStoreIsTheDefault() throws NoSuchAlgorithmException {
        SSLContext before = SSLContext.getDefault();
        SSLContext.setDefault(Certificates.trusting());
        try (var front = front(Certificates.SERVER)) {
            template.sendBody("cxone-assist:main", SuggestionBodies.suggestion("s-1"));

            await().until(() -> cxone.referee().sends("s-1") == 1);
            assertThat(front.handshakes()).hasSize(2);
        } finally {
            SSLContext.setDefault(before);
        }
    }

    @Test
    void aClientCertificateLeavesTheTrustToTheJvm() throws Exception {
        SSLContextParameters keysOnly = new SSLContextParameters();
        keysOnly.setKeyManagers(keys());
        component().getConfiguration().setSslContextParameters(keysOnly);
        try (var front = use(TlsFront.forKnownClients(cxone.port()))) {
            events("cxone-assist:main");

            awaitBackingOff();

            assertThat(health().getMessage().orElseThrow())
                    .contains("the certificate of 127.0.0.1:" + front.port() + " is not trusted");
        }
    }

    /** Vert.x and Netty would each put their own defaults in the place of these. */
    @Test
    void protocolsAndCipherSuitesHoldForBothConnections() {
        SecureSocketProtocolsParameters protocols = new SecureSocketProtocolsParameters();
        protocols.setSecureSocketProtocol(List.of("TLSv1.2"));
        // one that nobody would choose who had more to choose from
        CipherSuitesParameters suites = new CipherSuitesParameters();
        suites.setCipherSuite(List.of("TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA384"));
        SSLContextClientParameters client = new SSLContextClientParameters();
        client.setSecureSocketProtocols(protocols);
        client.setCipherSuites(suites);
        SSLContextParameters parameters = trusting();
        parameters.setClientParameters(client);
        component().getConfiguration().setSslContextParameters(parameters);
        try (var front = front(Certificates.SERVER)) {
            template.sendBody("cxone-assist:main", SuggestionBodies.suggestion("s-1"));

            await().until(() -> cxone.referee().sends("s-1") == 1);
            String limited = "TLSv1.2 TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA384";
            assertThat(front.handshakes()).containsExactly(limited, limited);
        }
    }

    @Test
    void aStoreThatIsNotThereStopsTheStartAndIsNamed() {
        component().getConfiguration().setSslContextParameters(trusting(Path.of("nowhere.p12"), "changeit"));

        assertThatThrownBy(() -> producer("cxone-assist:main"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("cxone-assist:main cannot use its sslContextParameters: ")
                .hasMessageContaining("nowhere.p12")
                .hasMessageEndingWith(". Check file, type and password of the key store and the trust store.")
                .hasNoCause();
    }

    @Test
    void aStoreWithAnotherPasswordStopsTheStartWithoutShowingItAndCanBeMended() throws Exception {
        try (var front = front(Certificates.SERVER)) {
            SSLContextParameters parameters = trusting(Certificates.trustStore(), "wr0ng-passw0rd");
            component().getConfiguration().setSslContextParameters(parameters);
            assertThatThrownBy(() -> producer("cxone-assist:main"))
                    .hasMessageContaining("password was incorrect")
                    .hasMessageNotContaining("wr0ng-passw0rd");

            parameters.getTrustManagers().getKeyStore().setPassword(Certificates.PASSWORD);
            template.sendBody("cxone-assist:main", SuggestionBodies.suggestion("s-1"));

            await().until(() -> cxone.referee().sends("s-1") == 1);
            assertThat(front.handshakes()).hasSize(2);
        }
    }

    @Test
    void aConsumerThatWasRefusedForItsStoreStartsWhenTheStoreIsMended() throws Exception {
        try (var front = front(Certificates.SERVER)) {
            SSLContextParameters parameters = trusting(Certificates.trustStore(), "wr0ng-passw0rd");
            component().getConfiguration().setSslContextParameters(parameters);
            RouteBuilder.addRoutes(context, builder -> builder.from("cxone-assist:main")
                    .routeId("events")
                    .autoStartup(false)
                    .to("log:events?level=OFF"));
            assertThatThrownBy(() -> context.getRouteController().startRoute("events"))
                    .hasMessageStartingWith("cxone-assist:main cannot use its sslContextParameters: ");

            parameters.getTrustManagers().getKeyStore().setPassword(Certificates.PASSWORD);
            context.getRouteController().startRoute("events");

            awaitConnected();
            assertThat(front.handshakes()).hasSize(2);
        }
    }

    private void awaitBackingOff() {
        await().until(() -> "BACKING_OFF".equals(healthDetails().get("main.state")));
    }

    private CxoneAssistComponent component() {
        return context.getComponent("cxone-assist", CxoneAssistComponent.class);
    }

    private void events(String uri) throws Exception {
        // patient enough for the test to look at the pause
        component().getConfiguration().setReconnectDelay(3_600_000);
        component().getConfiguration().setMaxReconnectDelay(3_600_000);
        RouteBuilder.addRoutes(context, builder -> builder.from(uri).to("log:events?level=OFF"));
    }

    private TlsFront front(Certificates certificate) {
        return use(TlsFront.of(cxone.port(), certificate));
    }

    private TlsFront use(TlsFront front) {
        component().getConfiguration().setTokenUrl(front.url(cxone.tokenUrl()));
        component().getConfiguration().setWebSocketUrl(front.url(cxone.webSocketUrl()));
        return front;
    }

    private static SSLContextParameters trusting() {
        return trusting(Certificates.trustStore(), Certificates.PASSWORD);
    }

    private static SSLContextParameters trusting(Path store, String password) {
        TrustManagersParameters trust = new TrustManagersParameters();
        trust.setKeyStore(store(store, password));
        SSLContextParameters parameters = new SSLContextParameters();
        parameters.setTrustManagers(trust);
        return parameters;
    }

    private static KeyManagersParameters keys() {
        KeyManagersParameters keys = new KeyManagersParameters();
        keys.setKeyStore(store(Certificates.CLIENT.keyStore(), Certificates.PASSWORD));
        keys.setKeyPassword(Certificates.PASSWORD);
        return keys;
    }

    private static KeyStoreParameters store(Path file, String password) {
        KeyStoreParameters store = new KeyStoreParameters();
        store.setResource("file:" + file);
        store.setPassword(password);
        return store;
    }
}
