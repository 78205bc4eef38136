package io.github.cxoneassist.cli;

import io.github.cxoneassist.webhook.HttpSender;
import io.github.cxoneassist.webhook.Ping;
import io.github.cxoneassist.webhook.Subscriber;
import io.github.cxoneassist.webhook.Target;
import java.time.Clock;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code cxone-assist webhooks ping}. */
@Command(
        name = "ping",
        description =
                "Sends one signed test event, agentassist.ping, from here to a subscriber, and tells its answer. By the"
                        + " rules for addresses of the settings, and the TLS of this Java.",
        mixinStandardHelpOptions = true)
final class WebhooksPingCommand extends WebhookTask {

    @Parameters(paramLabel = "NAME", description = "Of the subscriber.")
    private String name;

    @Override
    int task() throws Exception {
        return reading((stored, database) -> {
            Subscriber subscriber = find(name, stored);
            if (subscriber.target() instanceof Target.Endpoint) {
                throw new Refused(name + " is a Camel endpoint, which only a running application can send to.");
            }
            Ping.Result result;
            try (PingSender sender =
                    new PingSender(settings().subscriberNetworks(), settings().httpToLoopback())) {
                result = new Ping(sender, Clock.systemUTC(), HttpSender.ANSWER_TIMEOUT.plusSeconds(1)).send(subscriber);
            }
            String answer = result.failure() == null ? "answered with status " + result.status() : result.failure();
            String line = name + " at " + subscriber.target().shown() + ": " + answer + ", after "
                    + result.took().toMillis() + " ms (" + result.id() + ")";
            (result.isSuccess() ? out() : err()).println(line);
            return result.isSuccess() ? DONE : FOUND;
        });
    }
}
