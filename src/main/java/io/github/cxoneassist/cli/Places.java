package io.github.cxoneassist.cli;

import org.apache.camel.CamelContext;

/** Where a running application is reached, for the one who reads its console. */
record Places(String httpUrl, String inbox, String databaseUrl) {

    static Places of(CamelContext context) {
        String http = "http://"
                + context.resolvePropertyPlaceholders("{{cxone.http-host}}") + ":"
                + context.resolvePropertyPlaceholders("{{cxone.http-port}}");
        return new Places(
                http,
                context.resolvePropertyPlaceholders("{{cxone.inbox}}"),
                context.resolvePropertyPlaceholders("{{cxone.database-url}}"));
    }
}
