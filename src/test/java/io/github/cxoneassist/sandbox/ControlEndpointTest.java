package io.github.cxoneassist.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cxoneassist.sandbox.ScriptedFault.Drop;
import io.vertx.core.http.UpgradeRejectedException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ControlEndpointTest extends SandboxTestBase {

    private final HttpClient http = HttpClient.newHttpClient();

    private HttpResponse<String> send(String method, String path, String type, BodyPublisher body) throws Exception {
        var request = HttpRequest.newBuilder(URI.create(path)).method(method, body);
        if (type != null) {
            request.header("Content-Type", type);
        }
        return http.send(request.build(), BodyHandlers.ofString());
    }

    private HttpResponse<String> play(SandboxCxone sandbox, String script) throws Exception {
        return send("POST", faults(sandbox), "application/json", BodyPublishers.ofString(script));
    }

    private HttpResponse<String> get(String url) throws Exception {
        return send("GET", url, null, BodyPublishers.noBody());
    }

    private static String faults(SandboxCxone sandbox) {
        return "http://127.0.0.1:" + sandbox.port() + "/sandbox/faults";
    }

    private static String referee(SandboxCxone sandbox) {
        return "http://localhost:" + sandbox.port() + "/sandbox/referee";
    }

    private static ObjectNode json(HttpResponse<String> response) {
        return StrictJson.object(response.body()).orElseThrow();
    }

    @Test
    void aScriptThatIsPostedIsPlayedAndTold() throws Exception {
        var sandbox = start();

        var answer = play(sandbox, "{\"steps\":[{\"fault\":\"refuse-upgrade\",\"status\":503}]}");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
        assertThat(answer.body())
                .isEqualToIgnoringNewLines(
                        "{\"underWay\":[{\"fault\":\"refuse-upgrade\",\"at\":\"upgrade\",\"after\":0,\"times\":1}]}");
        assertThatThrownBy(() -> TestClient.connect(vertx, sandbox))
                .rootCause()
                .isInstanceOf(UpgradeRejectedException.class);
        assertThat(get(faults(sandbox)).body()).isEqualToIgnoringNewLines("{\"underWay\":[]}");
    }

    @Test
    void aScriptWithoutStepsEndsTheOneBefore() throws Exception {
        var sandbox = startWith(new Drop(Occasion.CONNECT).always());
        assertThat(json(get(faults(sandbox))).at("/underWay/0/times").textValue())
                .isEqualTo("always");
        assertThat(play(sandbox, "{\"steps\":[]}").statusCode()).isEqualTo(200);
        TestClient.ready(vertx, sandbox);
    }

    @Test
    void aScriptWithAnErrorIsAnsweredWithItAndTheOneBeforeGoesOn() throws Exception {
        var sandbox = startWith(new Drop(Occasion.CONNECT).always());

        var answer = play(sandbox, "{\"steps\":[{\"fault\":\"drop\",\"at\":\"noon\"}]}");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(json(answer).path("error").textValue())
                .isEqualTo("step 1 (drop): at: must be one of now, connect, auth, frame");
        assertThat(sandbox.faultsUnderWay()).hasSize(1);
    }

    @Test
    void whatAForeignWebPageCouldSendUnaskedIsNotTaken() throws Exception {
        var sandbox = start();
        var script = BodyPublishers.ofString("{\"steps\":[{\"fault\":\"drop\"}]}");
        var client = TestClient.ready(vertx, sandbox);

        assertThat(send("POST", faults(sandbox), "text/plain", script).statusCode())
                .isEqualTo(415);
        assertThat(send("POST", faults(sandbox), null, script).statusCode()).isEqualTo(415);

        TestClient.join(sandbox.send("{}"));
        client.awaitHeard(2);
        assertThat(client.isClosed()).isFalse();
    }

    @Test
    void aNameThatOnlyResolvesToThisMachineIsRefused() throws Exception {
        var sandbox = start();
        try (var socket = new Socket("127.0.0.1", sandbox.port())) {
            socket.getOutputStream()
                    .write("GET /sandbox/referee HTTP/1.0\r\nHost: evil.example\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
                    .startsWith("HTTP/1.0 403");
        }
    }

    @Test
    void aScriptOfMoreThanAMegabyteIsRefused() throws Exception {
        var sandbox = start();
        assertThat(play(sandbox, "{\"steps\":[]}" + " ".repeat(1024 * 1024)).statusCode())
                .isEqualTo(413);
    }

    @Test
    void otherMethodsAreToldWhichOnesThereAre() throws Exception {
        var sandbox = start();
        var delete = send("DELETE", faults(sandbox), null, BodyPublishers.noBody());
        var post = send("POST", referee(sandbox), "application/json", BodyPublishers.ofString("{}"));
        assertThat(delete.statusCode()).isEqualTo(405);
        assertThat(delete.headers().firstValue("Allow")).contains("GET, POST");
        assertThat(post.statusCode()).isEqualTo(405);
        assertThat(post.headers().firstValue("Allow")).contains("GET");
    }

    @Test
    void theRefereeTellsTheRecordInNumbers() throws Exception {
        var sandbox = start();
        var client = TestClient.ready(vertx, sandbox);
        client.say(Frames.suggest("i", "a"));
        client.say(Frames.suggest("i", "b"));
        client.say("{\"type\":\"chat\"}");
        eventually(() -> assertThat(sandbox.referee().violations()).hasSize(1));

        var answer = get(referee(sandbox));

        assertThat(answer.statusCode()).isEqualTo(200);
        var record = json(answer);
        var latest = record.path("latestViolations").path(0);
        assertThat(Instant.parse(latest.path("at").textValue())).isBeforeOrEqualTo(Instant.now());
        record.remove("latestViolations");
        assertThat(record.toString())
                .isEqualTo("{\"violations\":1,\"violationsByKind\":{\"UNKNOWN_FRAME\":1},\"sockets\":1,"
                        + "\"openSockets\":1,\"mostOpenSockets\":1,\"upgradeRequests\":1,\"tokenRequests\":0,"
                        + "\"framesIn\":4,\"framesOut\":1,\"framesBeforeAuth\":0,\"suggestions\":2,\"mostActive\":2}");
        assertThat(latest.path("kind").textValue()).isEqualTo("UNKNOWN_FRAME");
        assertThat(latest.path("connection").intValue()).isEqualTo(1);
        assertThat(latest.path("text").textValue()).isEqualTo("type 'chat'");
    }

    @Test
    void noTokenAndNoContentOfASuggestionIsTold() throws Exception {
        var sandbox = start();
        var client = TestClient.connect(vertx, sandbox);
        var token = sandbox.issueToken();
        client.auth(token);
        client.say(Frames.suggest("i", "a"));
        client.say(Frames.suggest("i", "a"));
        eventually(() -> assertThat(sandbox.referee().violations()).isNotEmpty());
        assertThat(get(referee(sandbox)).body()).doesNotContain(token).doesNotContain("return policy");
    }
}
