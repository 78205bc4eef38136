package io.github.cxoneassist.bench;

import io.github.cxoneassist.cli.AssistApplication;
import io.github.cxoneassist.journal.JournalEvent;
import io.github.cxoneassist.pipeline.AssistRuntime;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.AsyncProducer;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;

/** The product: its routes, its Kamelets, its settings but for where CXone is. */
final class WholePipeline extends CountingContender {

    private static final String SOURCE = "direct:bench";

    private final AssistApplication application;
    private final Endpoint endpoint;
    private final AsyncProducer source;
    private final LongAdder notSent = new LongAdder();

    WholePipeline(Surroundings given) throws Exception {
        Map<String, String> settings = new HashMap<>(Map.of(
                "cxone.token-url", given.tokenUrl(),
                "cxone.websocket-url", given.webSocketUrl(),
                "cxone.client-id", given.clientId(),
                "cxone.client-secret", given.clientSecret(),
                "cxone.inbox", given.folder().resolve("inbox").toString(),
                "cxone.database-url", "jdbc:sqlite:" + given.database(),
                "cxone.http-port", String.valueOf(freePort())));
        application = new AssistApplication(Path.of("").toAbsolutePath(), "production", List.of(), settings);
        application.main().configure().addRoutesBuilder(new RouteBuilder() {
            @Override
            public void configure() {
                from(SOURCE).errorHandler(noErrorHandler()).to("kamelet:cxone-assist-sink?noErrorHandler=true");
            }
        });
        application.main().start();
        AssistRuntime.of(application.main().getCamelContext())
                .onCommitted(rows -> accept(rows.stream()
                        .filter(row -> row.event().equals(JournalEvent.ACCEPTED.wireName()))
                        .count()));
        endpoint = application.main().getCamelContext().getEndpoint(SOURCE);
        source = endpoint.createAsyncProducer();
        source.start();
    }

    @Override
    public void offer(Offer offer, Runnable done) {
        Exchange exchange = endpoint.createExchange();
        exchange.getMessage().setBody(offer.json());
        source.process(exchange, doneSync -> {
            if (exchange.getException() != null) {
                fail();
                exchange.getException().printStackTrace();
            } else if (!"sent".equals(exchange.getMessage().getHeader("CamelCxoneAssistStatus"))) {
                notSent.increment();
            }
            done.run();
        });
    }

    @Override
    public String trouble() {
        String late = notSent.sum() == 0 ? "" : notSent + " not sent at once";
        return Stream.of(super.trouble(), late).filter(text -> !text.isEmpty()).collect(Collectors.joining(", "));
    }

    @Override
    public void close() {
        application.main().stop();
    }

    private static int freePort() throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
