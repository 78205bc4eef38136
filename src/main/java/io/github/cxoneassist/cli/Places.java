package io.github.cxoneassist.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.camel.CamelContext;

/** Where a running application is reached, for the one who reads its console. */
record Places(
        String httpHost, int httpPort, String inbox, String databaseUrl, boolean apiKeyNeeded, Set<String> sources) {

    static Places of(CamelContext context) {
        return new Places(
                context.resolvePropertyPlaceholders("{{cxone.http-host}}"),
                Integer.parseInt(context.resolvePropertyPlaceholders("{{cxone.http-port}}")),
                context.resolvePropertyPlaceholders("{{cxone.inbox}}"),
                context.resolvePropertyPlaceholders("{{cxone.database-url}}"),
                !context.resolvePropertyPlaceholders("{{cxone.api-key:}}").isBlank(),
                Sources.names(context.resolvePropertyPlaceholders("{{cxone.sources:}}")));
    }

    boolean takesFiles() {
        return sources.contains("file");
    }

    boolean takesHttp() {
        return sources.contains("http");
    }

    /** Where suggestions are taken, for the log. */
    String suggestions() {
        List<String> places = new ArrayList<>();
        sources.forEach(source -> places.add(
                switch (source) {
                    case "file" -> "in " + Path.of(inbox).toAbsolutePath();
                    case "http" -> "at " + httpUrl() + "/api/suggestions";
                    default -> "from " + source;
                }));
        return places.isEmpty() ? "from no source" : String.join(" and ", places);
    }

    String httpUrl() {
        // an IPv6 address
        String host = httpHost.contains(":") ? "[" + httpHost + "]" : httpHost;
        return "http://" + host + ":" + httpPort;
    }
}
