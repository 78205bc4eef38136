package io.github.cxoneassist.webhook;

import java.net.URI;

/** Where a subscriber is. */
public sealed interface Target {

    /** As far as it may be shown: a query often carries a token. */
    String shown();

    /** A server that takes signed POSTs. */
    record Url(URI url) implements Target {
        @Override
        public String shown() {
            String place = url.getScheme() + "://" + url.getRawAuthority() + url.getRawPath();
            return url.getRawQuery() == null ? place : place + "?…";
        }

        @Override
        public String toString() {
            return shown();
        }
    }

    /** A Camel endpoint: what it takes without an error is delivered. */
    record Endpoint(String uri) implements Target {
        @Override
        public String shown() {
            return uri.replaceFirst("\\?.*", "?…");
        }

        @Override
        public String toString() {
            return shown();
        }
    }
}
