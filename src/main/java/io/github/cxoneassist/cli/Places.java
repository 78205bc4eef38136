package io.github.cxoneassist.cli;

import org.apache.camel.CamelContext;

/** Where a running application is reached, for the one who reads its console. */
record Places(String httpHost, int httpPort, String inbox, String databaseUrl, boolean apiKeyNeeded) {

    static Places of(CamelContext context) {
        return new Places(
                context.resolvePropertyPlaceholders("{{cxone.http-host}}"),
                Integer.parseInt(context.resolvePropertyPlaceholders("{{cxone.http-port}}")),
                context.resolvePropertyPlaceholders("{{cxone.inbox}}"),
                context.resolvePropertyPlaceholders("{{cxone.database-url}}"),
                !context.resolvePropertyPlaceholders("{{cxone.api-key:}}").isBlank());
    }

    String httpUrl() {
        // an IPv6 address
        String host = httpHost.contains(":") ? "[" + httpHost + "]" : httpHost;
        return "http://" + host + ":" + httpPort;
    }
}
