package io.github.cxoneassist.oauth;

import java.util.Arrays;
import java.util.stream.Collectors;

/** The OAuth 2.0 grants that CXone takes. */
public enum Grant {
    /** Client id and secret in the form body. */
    CLIENT_CREDENTIALS("client_credentials"),
    /** Access key id and secret as user name and password, the client by HTTP Basic. */
    PASSWORD("password");

    private final String wireName;

    Grant(String wireName) {
        this.wireName = wireName;
    }

    /** The value of {@code grant_type}. */
    public String wireName() {
        return wireName;
    }

    public static Grant ofWireName(String name) {
        for (Grant grant : values()) {
            if (grant.wireName.equals(name)) {
                return grant;
            }
        }
        throw new IllegalArgumentException("Unknown grant '" + name + "': use one of "
                + Arrays.stream(values()).map(Grant::wireName).collect(Collectors.joining(", ")));
    }
}
