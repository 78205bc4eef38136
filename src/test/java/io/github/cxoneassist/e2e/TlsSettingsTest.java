package io.github.cxoneassist.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cxoneassist.component.SuggestionBodies;
import io.github.cxoneassist.oauth.Certificates;
import io.github.cxoneassist.oauth.TlsFront;
import io.github.cxoneassist.sandbox.ManualAgent;
import io.github.cxoneassist.sandbox.SandboxConfig;
import io.github.cxoneassist.sandbox.SandboxCxone;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.CamelContext;
import org.apache.camel.main.Main;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What docs/security.md says of TLS settings works as it stands there. */
@Timeout(60)
class TlsSettingsTest {

    private static final SandboxConfig CONFIG = SandboxConfig.builder().build();

    @TempDir
    Path folder;

    @Test
    void thePropertiesOfThePrivateAuthorityAreEnough() throws Exception {
        try (var cxone = new SandboxCxone(CONFIG, new ManualAgent()).start();
                var front = TlsFront.of(cxone.port(), Certificates.SERVER);
                var assist = RunningAssist.start(
                        folder, new ManualAgent(), behind(front, cxone, example("properties", "trust-store")))) {
            assertThat(assist.post(SuggestionBodies.suggestion("s-1").toString())
                            .statusCode())
                    .isEqualTo(202);

            assertThat(cxone.referee().sends("s-1")).isEqualTo(1);
            assertThat(front.handshakes()).hasSize(2);
        }
    }

    @Test
    void thePropertiesOfTheClientCertificateAreEnough() throws Exception {
        Map<String, String> settings = new HashMap<>(example("properties", "trust-store"));
        settings.putAll(example("properties", "key-store"));
        try (var cxone = new SandboxCxone(CONFIG, new ManualAgent()).start();
                var front = TlsFront.forKnownClients(cxone.port());
                var assist = RunningAssist.start(folder, new ManualAgent(), behind(front, cxone, settings))) {
            assertThat(assist.post(SuggestionBodies.suggestion("s-1").toString())
                            .statusCode())
                    .isEqualTo(202);

            assertThat(cxone.referee().sends("s-1")).isEqualTo(1);
            assertThat(front.handshakes()).hasSize(2);
        }
    }

    /** Camel's own HTTP server would become an HTTPS server with the key of the client, if it went by them too. */
    @Test
    void ourOwnHttpPortStaysWhatItWas() throws Exception {
        try (var cxone = new SandboxCxone(CONFIG, new ManualAgent()).start();
                var front = TlsFront.of(cxone.port(), Certificates.SERVER);
                var assist = RunningAssist.start(
                        folder, new ManualAgent(), behind(front, cxone, example("properties", "trust-store")))) {
            await().untilAsserted(() ->
                    assertThat(assist.get("/observe/health").statusCode()).isEqualTo(200));
        }
    }

    @Test
    void theBeanOfTheYamlExampleIsEnough() throws Exception {
        Path routes = folder.resolve("routes.camel.yaml");
        Files.writeString(routes, placed(block("yaml", "trust-store")));
        try (var cxone = new SandboxCxone(CONFIG, new ManualAgent()).start();
                var front = TlsFront.of(cxone.port(), Certificates.SERVER)) {
            Main main = new Main();
            main.configure().withRoutesIncludePattern("file:" + routes);
            behind(front, cxone, Map.of()).forEach((name, value) -> {
                String option = "camel.component.cxone-assist." + name.replace("cxone.", "");
                main.addOverrideProperty(option.replace("websocket-url", "web-socket-url"), value);
            });
            main.addOverrideProperty("camel.component.cxone-assist.client-id", CONFIG.clientId());
            main.addOverrideProperty("camel.component.cxone-assist.client-secret", CONFIG.clientSecret());
            try {
                main.start();
                CamelContext context = main.getCamelContext();
                try (var template = context.createProducerTemplate()) {
                    template.sendBody(
                            "direct:suggestions",
                            SuggestionBodies.suggestion("s-1").toString());
                }
                await().until(() -> cxone.referee().sends("s-1") == 1);
                assertThat(front.handshakes()).hasSize(2);
            } finally {
                main.stop();
            }
        }
    }

    private static Map<String, String> behind(TlsFront front, SandboxCxone cxone, Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(settings);
        all.put("cxone.token-url", front.url(cxone.tokenUrl()));
        all.put("cxone.websocket-url", front.url(cxone.webSocketUrl()));
        return all;
    }

    private static Map<String, String> example(String language, String mark) throws Exception {
        Map<String, String> settings = new HashMap<>();
        for (String line : placed(block(language, mark)).split("\n")) {
            if (!line.isBlank() && !line.startsWith("#")) {
                String[] parts = line.split("\\s*=\\s*", 2);
                settings.put(parts[0], parts[1]);
            }
        }
        assertThat(settings).isNotEmpty();
        return settings;
    }

    /** The one block of code in that language that mentions the mark first. */
    private static String block(String language, String mark) throws Exception {
        Matcher blocks = Pattern.compile("(?s)```" + language + "\n(.*?)```")
                .matcher(Files.readString(Path.of("docs/security.md")));
        List<String> found = new ArrayList<>();
        while (blocks.find()) {
            if (blocks.group(1).contains(mark)) {
                found.add(blocks.group(1));
            }
        }
        assertThat(found).hasSize(1);
        return found.get(0);
    }

    /** The files and the password of the examples, as they are here. */
    private static String placed(String example) {
        return example.replace(
                        "/etc/cxone-assist/trust-store.p12",
                        Certificates.trustStore().toString())
                .replace(
                        "/etc/cxone-assist/key-store.p12",
                        Certificates.CLIENT.keyStore().toString())
                .replaceAll("\\{\\{env:[A-Z_]+}}", Certificates.PASSWORD);
    }
}
