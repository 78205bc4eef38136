package io.github.cxoneassist.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cxoneassist.oauth.CapturedLog;
import io.github.cxoneassist.sandbox.Connection;
import io.github.cxoneassist.sandbox.Fault;
import io.github.cxoneassist.sandbox.FaultScript;
import io.github.cxoneassist.sandbox.Frame;
import io.github.cxoneassist.sandbox.ManualAgent;
import io.github.cxoneassist.sandbox.Occasion;
import io.github.cxoneassist.sandbox.SandboxConfig;
import io.github.cxoneassist.sandbox.ScriptedFault.Drop;
import io.github.cxoneassist.sandbox.ScriptedFault.RevokeTokens;
import io.github.cxoneassist.sandbox.ScriptedFault.Stall;
import io.github.cxoneassist.sandbox.ScriptedFault.TokenAnswers;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import org.apache.camel.Exchange;
import org.apache.camel.console.DevConsole;
import org.apache.camel.console.DevConsoleRegistry;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.config.Configurator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Good and bad weather with secrets that are easy to find, and then a search for them, and for every token there was, in
 * all that the product ever says of itself.
 */
class SecretsScanTest {

    private static final String CLIENT_SECRET = "client-SECRET+1&of=the%product";
    private static final String KEY_SECRET = "accesskey-SECRET+2&of=the%product";
    private static final String API_KEY = "api-SECRET-3-of-the-product";
    private static final String DATABASE_PASSWORD = "database-SECRET-4-of-the-product";
    private static final String ECHOED_TOKEN = "echoed-TOKEN-5-of-the-stand-in";

    private static final Level LOGGED = Level.toLevel(System.getProperty("scan.level"), Level.DEBUG);

    // all that is ours, and of all others what DEBUG tells
    private static final Map<String, Level> LEVELS = Map.of(
            "io.github.cxoneassist", Level.ALL,
            // but for Camel's reading of settings, which tells each one as it is: docs/security.md warns of it
            "org.apache.camel.main", Level.INFO,
            "org.apache.camel.component.properties", Level.INFO,
            "org.apache.camel.impl.engine.DefaultCamelContextExtension", Level.INFO);

    @TempDir
    Path folder;

    private final ManualAgent agent = new ManualAgent();
    private final Set<String> secrets = new TreeSet<>();
    private final Map<String, String> said = new LinkedHashMap<>();
    private RunningAssist assist;

    @AfterEach
    void logAsBefore() {
        LoggerContext context = (LoggerContext) LogManager.getContext(false);
        LEVELS.keySet().forEach(context.getConfiguration()::removeLogger);
        context.updateLoggers();
    }

    @ParameterizedTest
    @ValueSource(strings = {"client_credentials", "password"})
    void noSecretAndNoTokenIsInAnythingThatTheProductSays(String grant) throws Exception {
        List.of(CLIENT_SECRET, KEY_SECRET, API_KEY, DATABASE_PASSWORD, ECHOED_TOKEN, WebhookServer.SECRET)
                .forEach(this::keepSecret);
        keepSecret(WebhookServer.SECRET.substring("whsec_".length()));
        LEVELS.forEach(Configurator::setLevel);
        try (CapturedLog log = new CapturedLog(LOGGED);
                WebhookServer subscriber = new WebhookServer()) {
            start(grant, subscriber);
            try {
                weather(
                        "wrong client",
                        tokenAnswers(401, "{\"error\":\"invalid_client\",\"error_description\":\"%s\"}"));
                weather("echo in a 500", tokenAnswers(500, "you sent %s"));
                weather("echo in a page", tokenAnswers(200, "<html>%s</html>"));
                weather("no proper expiry", tokenAnswers(200, "{\"access_token\":\"%s\",\"expires_in\":[\"%s\"]}"));
                weather("no proper token", tokenAnswers(200, "{\"access_token\":{\"value\":\"%s\"}}"));
                weather("no JSON", tokenAnswers(200, "{\"access_token\":\"%s\""));
                weather("no answer", FaultScript.inOrder(new Stall(Occasion.TOKEN_REQUEST).always()));
                weather(
                        "the token is quoted as it is refused",
                        new QuotesTheToken((connection, token) -> connection.send(
                                "{\"type\":\"auth.failure\",\"message\":\"the token " + token + " is not liked\"}")));
                weather(
                        "the token is quoted in a close frame",
                        new QuotesTheToken((connection, token) -> connection.close(1008, "token " + token)));
                weather(
                        "the token is quoted in garbage",
                        new QuotesTheToken((connection, token) -> connection.send("{\"type\":\"" + token)));
                goodWeather(subscriber);
                lookAround("at last");
            } finally {
                assist.stopApplication();
            }
            collectTokens();
            say("log", log.text());
            say("audit log", Files.readString(assist.database(), StandardCharsets.ISO_8859_1));
        } finally {
            assist.close();
        }
        assertThat(said.get("log")).contains("auth.failure", "token renewed", "CLOSED");
        assertThat(leaks()).isEmpty();
    }

    private void start(String grant, WebhookServer subscriber) throws Exception {
        SandboxConfig config = SandboxConfig.builder()
                .client("scanned-client", CLIENT_SECRET)
                .accessKey("scanned-key", KEY_SECRET)
                .tokenLifetime(Duration.ofSeconds(2))
                .build();
        Map<String, String> settings = new HashMap<>(Map.of(
                "cxone.grant-type",
                grant,
                "cxone.access-key-id",
                "scanned-key",
                "cxone.access-key-secret",
                KEY_SECRET,
                "cxone.api-key",
                API_KEY,
                "cxone.database-password",
                DATABASE_PASSWORD,
                "camel.main.dev-console-enabled",
                "true"));
        settings.putAll(WebhookServer.settings("http://127.0.0.1:1/dead", subscriber.url()));
        settings.put("camel.component.cxone-assist.send-timeout", "200");
        settings.put("camel.component.cxone-assist.connect-timeout", "300");
        settings.put("camel.component.cxone-assist.renew-before", "1000");
        assist = RunningAssist.start(folder, agent, config, settings, main -> {
            main.addMainListener(io.github.cxoneassist.component.ImpatientConfiguration.impatience());
        });
        awaitReady();
    }

    private void weather(String name, FaultScript script) throws Exception {
        assist.cxone()
                .play(FaultScript.inOrder(new RevokeTokens(Occasion.NOW).once(), new Drop(Occasion.NOW).once())
                        .then(script));
        sufferAndRecover(name);
    }

    private void weather(String name, Fault fault) throws Exception {
        assist.cxone().misbehave(fault);
        assist.cxone().dropConnections();
        sufferAndRecover(name);
    }

    private void sufferAndRecover(String name) throws Exception {
        await().until(() -> assist.get("/observe/health").statusCode() == 503);
        say(name + ": answer", post(name.replace(' ', '-')));
        say(name + ": exception", failure(name.replace(' ', '-')));
        lookAround(name);
        assist.cxone().misbehave(Fault.NONE);
        awaitReady();
    }

    private void goodWeather(WebhookServer subscriber) throws Exception {
        say(
                "answer to a wrong key",
                assist.post("application/json", "{}", "X-API-Key", "nonsense").body());
        say("answer in good weather", post("good"));
        await().until(() -> assist.cxone().referee().sends("good") == 1);
        agent.ack("good");
        agent.accept("good");
        await().until(() -> subscriber.bodies().size() == 1);
        say("webhook", subscriber.bodies().get(0));
        await().until(() -> assist.audit().stream().anyMatch(row -> row.event().equals("token_renewed")));
    }

    private String post(String id) throws Exception {
        var answer = assist.post(
                "application/json", Suggestions.valid("scan-" + id, id).toString(), "X-API-Key", API_KEY);
        return answer.statusCode() + " " + answer.headers() + " " + answer.body();
    }

    private String failure(String id) {
        Exchange exchange = assist.camelContext()
                .createProducerTemplate()
                .send("kamelet:cxone-assist-sink?noErrorHandler=true", sent -> sent.getMessage()
                        .setBody(Suggestions.valid("scan-2-" + id, id).toString()));
        StringWriter text = new StringWriter();
        // with its causes, and what they suppress
        exchange.getException().printStackTrace(new PrintWriter(text, true));
        return text.toString();
    }

    private void lookAround(String when) throws Exception {
        collectTokens();
        say(when + ": health", assist.get("/observe/health").body());
        say(when + ": metrics", assist.get("/observe/metrics").body());
        DevConsoleRegistry consoles =
                assist.camelContext().getCamelContextExtension().getContextPlugin(DevConsoleRegistry.class);
        List<DevConsole> all = consoles.stream().toList();
        assertThat(all).extracting(DevConsole::getId).contains("cxone-assist", "context", "route", "endpoint");
        for (DevConsole console : all) {
            for (DevConsole.MediaType type : DevConsole.MediaType.values()) {
                // Camel's list of all properties masks next to nothing, and says so; docs/security.md does, too
                if (console.supportMediaType(type) && !console.getId().equals("properties")) {
                    said.put(when + ": console " + console.getId() + " " + type, String.valueOf(console.call(type)));
                }
            }
        }
    }

    private void say(String where, String what) {
        said.put(where, what);
    }

    /** Every one that was shown to the stand-in. */
    private void collectTokens() {
        for (Frame frame : assist.cxone().referee().frames(Frame.Direction.IN)) {
            if (frame.text().contains("\"type\":\"auth\"")) {
                keepSecret(tokenIn(frame));
            }
        }
    }

    private static String tokenIn(Frame frame) {
        return frame.text().replaceAll(".*\"token\":\"([^\"]+)\".*", "$1");
    }

    /** As it is, as a form has it, and as HTTP Basic has it. */
    private void keepSecret(String secret) {
        secrets.add(secret);
        secrets.add(URLEncoder.encode(secret, StandardCharsets.UTF_8));
        String basic = "scanned-client:" + URLEncoder.encode(secret, StandardCharsets.UTF_8);
        secrets.add(Base64.getEncoder().encodeToString(basic.getBytes(StandardCharsets.UTF_8)));
    }

    private List<String> leaks() {
        List<String> leaks = new ArrayList<>();
        said.forEach((where, text) -> {
            for (String secret : secrets) {
                int at = text.indexOf(secret);
                if (at >= 0) {
                    leaks.add(where + ": …"
                            + text.substring(
                                    Math.max(0, at - 150), Math.min(text.length(), at + secret.length() + 20)));
                }
            }
        });
        return leaks;
    }

    private void awaitReady() {
        await().atMost(Duration.ofSeconds(20))
                .until(() -> assist.get("/observe/health").statusCode() == 200);
    }

    private static FaultScript tokenAnswers(int status, String body) {
        String echo = "client_secret=" + CLIENT_SECRET + " password=" + KEY_SECRET + " access_token=" + ECHOED_TOKEN;
        return FaultScript.inOrder(
                new TokenAnswers(status, Map.of("Content-Type", "application/json"), body.replace("%s", echo))
                        .always());
    }

    /** A server that is careless with what it was shown. */
    private final class QuotesTheToken implements Fault {

        private final BiConsumer<Connection, String> how;

        private QuotesTheToken(BiConsumer<Connection, String> how) {
            this.how = how;
        }

        @Override
        public void atAuth(Connection connection, Runnable goOn) {
            List<Frame> frames = assist.cxone().referee().frames(Frame.Direction.IN);
            how.accept(connection, tokenIn(frames.get(frames.size() - 1)));
        }
    }
}
