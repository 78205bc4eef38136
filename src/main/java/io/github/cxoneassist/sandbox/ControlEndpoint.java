package io.github.cxoneassist.sandbox;

import io.github.cxoneassist.sandbox.FaultScript.Step;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Faults and the referee's record over HTTP, for whoever tries things by hand. Lives on the event loop. */
final class ControlEndpoint {

    static final String FAULTS_PATH = "/sandbox/faults";
    static final String REFEREE_PATH = "/sandbox/referee";

    private static final int MAX_SCRIPT_BYTES = 1024 * 1024;
    private static final int MAX_VIOLATIONS = 100;
    private static final Set<String> NAMES_OF_THIS_MACHINE = Set.of(SandboxServer.HOST, "localhost");

    private final SandboxServer server;
    private final Referee referee;

    ControlEndpoint(SandboxServer server, Referee referee) {
        this.server = server;
        this.referee = referee;
    }

    void handle(HttpServerRequest request) {
        // a web page that is open on this machine reaches 127.0.0.1 too, by a name of its own
        // (not the Host header, which HTTP/2 has no use for)
        var asked = request.authority();
        if (asked == null || !NAMES_OF_THIS_MACHINE.contains(asked.host())) {
            error(request, 403, "only for this machine, by the name localhost or 127.0.0.1");
            return;
        }
        if (request.path().equals(REFEREE_PATH)) {
            if (request.method() == HttpMethod.GET) {
                answer(request, 200, summary());
            } else {
                request.response().putHeader(HttpHeaders.ALLOW, "GET");
                error(request, 405, "only GET");
            }
        } else if (request.method() == HttpMethod.GET) {
            answer(request, 200, faultsUnderWay());
        } else if (request.method() == HttpMethod.POST) {
            request.body().onSuccess(body -> play(request, body.length(), body.toString()));
        } else {
            request.response().putHeader(HttpHeaders.ALLOW, "GET, POST");
            error(request, 405, "only GET and POST");
        }
    }

    private void play(HttpServerRequest request, int bytes, String json) {
        var type = String.valueOf(request.getHeader(HttpHeaders.CONTENT_TYPE)).toLowerCase(Locale.ROOT);
        // anything else a foreign web page could send without being asked
        if (!type.split(";", 2)[0].strip().equals("application/json")) {
            error(request, 415, "the content type must be application/json");
        } else if (bytes > MAX_SCRIPT_BYTES) {
            error(request, 413, "a script has at most " + MAX_SCRIPT_BYTES + " bytes");
        } else {
            FaultScript script;
            try {
                script = FaultScript.parse(json);
            } catch (IllegalArgumentException e) {
                error(request, 400, e.getMessage());
                return;
            }
            server.play(script).onSuccess(v -> answer(request, 200, faultsUnderWay()));
        }
    }

    private Map<String, ?> faultsUnderWay() {
        return Map.of(
                "underWay",
                server.faultsUnderWay().stream().map(ControlEndpoint::tell).toList());
    }

    private static Map<String, ?> tell(Step step) {
        var told = new LinkedHashMap<String, Object>();
        told.put("fault", step.fault().name());
        told.put("at", step.fault().occasion().spelling());
        told.put("after", step.after());
        told.put("times", step.times() == FaultScript.ALWAYS ? "always" : step.times());
        if (step.lasting() != null) {
            told.put("forMillis", step.lasting().toMillis());
        }
        return told;
    }

    private Map<String, ?> summary() {
        var record = referee.summary();
        var kept = record.latestViolations();
        var told = new LinkedHashMap<String, Object>();
        told.put("violations", record.violations());
        told.put("violationsByKind", new TreeMap<>(record.violationsByKind()));
        told.put("latestViolations", latest(kept));
        told.put("sockets", record.sockets());
        told.put("openSockets", record.openSockets());
        told.put("mostOpenSockets", record.mostOpenSockets());
        told.put("upgradeRequests", record.upgradeRequests());
        told.put("tokenRequests", record.tokenRequests());
        told.put("framesIn", record.framesIn());
        told.put("framesOut", record.framesOut());
        told.put("framesBeforeAuth", record.framesBeforeAuth());
        told.put("suggestions", record.suggestions());
        told.put("mostActive", record.mostActive());
        return told;
    }

    private static List<Map<String, ?>> latest(List<Violation> kept) {
        return kept.subList(Math.max(0, kept.size() - MAX_VIOLATIONS), kept.size()).stream()
                .<Map<String, ?>>map(violation -> {
                    var told = new LinkedHashMap<String, Object>();
                    told.put("kind", violation.kind());
                    told.put("connection", violation.connection());
                    told.put("at", violation.at().toString());
                    told.put("text", violation.text());
                    return told;
                })
                .toList();
    }

    private static void error(HttpServerRequest request, int status, String message) {
        answer(request, status, Map.of("error", message));
    }

    private static void answer(HttpServerRequest request, int status, Map<String, ?> body) {
        request.response()
                .setStatusCode(status)
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                .end(StrictJson.write(body) + "\n");
    }
}
