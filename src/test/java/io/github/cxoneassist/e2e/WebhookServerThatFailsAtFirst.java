package io.github.cxoneassist.e2e;

final class WebhookServerThatFailsAtFirst extends WebhookServer {

    private final int failures;

    WebhookServerThatFailsAtFirst(int failures) throws Exception {
        this.failures = failures;
    }

    @Override
    int status(int call) {
        return call <= failures ? 500 : 204;
    }
}
