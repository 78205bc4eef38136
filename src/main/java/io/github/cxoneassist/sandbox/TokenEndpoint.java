package io.github.cxoneassist.sandbox;

import io.github.cxoneassist.sandbox.TokenRequestReader.Judgement;
import io.github.cxoneassist.sandbox.Violation.Kind;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/** Answers token requests. Lives on the event loop. */
final class TokenEndpoint {

    private final SandboxConfig config;
    private final TokenRequestReader reader;
    private final Tokens tokens;
    private final Referee referee;
    private final Supplier<Fault> fault;

    TokenEndpoint(SandboxConfig config, Tokens tokens, Referee referee, Supplier<Fault> fault) {
        this.config = config;
        this.reader = new TokenRequestReader(config);
        this.tokens = tokens;
        this.referee = referee;
        this.fault = fault;
    }

    void handle(HttpServerRequest request) {
        request.body().onSuccess(body -> answer(request, judge(request, body)));
    }

    private Judgement judge(HttpServerRequest request, Buffer body) {
        if (request.method() != HttpMethod.POST) {
            return new Judgement("", "", 405, "invalid_request", "only POST");
        }
        return reader.judge(
                request.getHeader(HttpHeaders.CONTENT_TYPE),
                request.getHeader(HttpHeaders.AUTHORIZATION),
                body.getBytes());
    }

    private void answer(HttpServerRequest request, Judgement judgement) {
        var number = referee.tokenRequested(judgement.grant(), judgement.clientId());
        if (judgement.error().equals("invalid_request")) {
            referee.violation(Kind.MALFORMED_TOKEN_REQUEST, 0, judgement.description());
        }
        fault.get().atTokenRequest(request, () -> {
            referee.tokenAnswered(number, judgement.granted() ? TokenRequest.OK : judgement.error());
            var response = request.response()
                    .setStatusCode(judgement.status())
                    .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                    .putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
            if (judgement.status() == 401) {
                response.putHeader("WWW-Authenticate", "Basic realm=\"sandbox\"");
            } else if (judgement.status() == 405) {
                response.putHeader("Allow", "POST");
            }
            response.end(StrictJson.write(judgement.granted() ? token(judgement.clientId()) : error(judgement)));
        });
    }

    private Map<String, Object> token(String clientId) {
        var answer = new LinkedHashMap<String, Object>();
        answer.put("access_token", tokens.issue(clientId));
        answer.put("expires_in", config.tokenLifetime().toSeconds());
        answer.put("token_type", "Bearer");
        return answer;
    }

    private static Map<String, Object> error(Judgement judgement) {
        var answer = new LinkedHashMap<String, Object>();
        answer.put("error", judgement.error());
        answer.put("error_description", judgement.description());
        return answer;
    }
}
