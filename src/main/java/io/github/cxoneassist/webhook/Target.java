package io.github.cxoneassist.webhook;

import java.net.URI;
import java.util.regex.Pattern;

/** Where a subscriber is. */
public sealed interface Target {

    /** As far as it may be shown: a path or a query often is or has a token, and a user a password. */
    String shown();

    /** A server that takes signed POSTs. */
    record Url(URI url) implements Target {
        @Override
        public String shown() {
            String server = url.getScheme() + "://" + url.getRawAuthority();
            String path = url.getRawPath();
            return url.getRawQuery() == null && (path.isEmpty() || path.equals("/")) ? server + path : server + "/…";
        }

        @Override
        public String toString() {
            return shown();
        }
    }

    /** A Camel endpoint: what it takes without an error is delivered. */
    record Endpoint(String uri) implements Target {

        private static final Pattern OPTIONS = Pattern.compile("\\?.*", Pattern.DOTALL);

        /** Up to the last @, since a password may hold one, and a slash; rather too much than too little. */
        private static final Pattern USER = Pattern.compile("^([^:]*:(?://)?).*@", Pattern.DOTALL);

        @Override
        public String shown() {
            String place = OPTIONS.matcher(uri).replaceFirst("?…");
            return USER.matcher(place).replaceFirst("$1…@");
        }

        @Override
        public String toString() {
            return shown();
        }
    }
}
