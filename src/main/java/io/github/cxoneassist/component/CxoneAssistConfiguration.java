package io.github.cxoneassist.component;

import io.github.cxoneassist.oauth.Grant;
import io.github.cxoneassist.oauth.OAuthSettings;
import io.github.cxoneassist.oauth.Region;
import io.github.cxoneassist.session.Backoff;
import io.github.cxoneassist.session.SessionConfig;
import java.net.URI;
import java.time.Duration;
import java.util.function.Function;
import org.apache.camel.RuntimeCamelException;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriParams;
import org.apache.camel.support.jsse.SSLContextParameters;

/**
 * How a session reaches CXone. Set on the component, it serves every name; an endpoint may set its own. A blank value
 * counts as not set and leaves what was there, so that an empty property is no trap.
 */
@UriParams
public class CxoneAssistConfiguration implements Cloneable {

    @UriParam(label = "common", description = "The region: us, eu, or the host of your CXone, as host or host:port.")
    private String region;

    @UriParam(
            label = "common",
            description = "Where access tokens are asked for. Follows from the region where it is not set. http: is"
                    + " possible for a loopback host only.")
    private String tokenUrl;

    @UriParam(
            label = "common",
            description = "Where suggestions are sent. Follows from the region where it is not set. ws: is possible for"
                    + " a loopback host only.")
    private String webSocketUrl;

    @UriParam(
            label = "security",
            defaultValue = "client_credentials",
            enums = "client_credentials,password",
            description = "The OAuth 2.0 grant: client_credentials, or password with an access key.")
    private String grantType = Grant.CLIENT_CREDENTIALS.wireName();

    @UriParam(label = "security", secret = true, description = "The id of the application registered with CXone.")
    private String clientId;

    @UriParam(label = "security", secret = true, description = "The secret of the application registered with CXone.")
    private String clientSecret;

    @UriParam(
            label = "security",
            defaultValue = OAuthSettings.DEFAULT_SCOPE,
            description = "The scope to ask for, names separated by a space.")
    // null, not the default: a profile must be able to tell it from one that was set
    private String scope;

    @UriParam(
            label = "security",
            secret = true,
            description = "The access key of a CXone user, for the password grant.")
    private String accessKeyId;

    @UriParam(label = "security", secret = true, description = "The secret of the access key, for the password grant.")
    private String accessKeySecret;

    @UriParam(
            label = "security",
            defaultValue = "60000",
            javaType = "java.time.Duration",
            description = "How long before its expiry a token is renewed.")
    private long renewBefore = OAuthSettings.DEFAULT_RENEW_BEFORE.toMillis();

    @UriParam(
            label = "security",
            javaType = "java.lang.Object",
            description =
                    "Where access tokens come from instead of the grant: the name of a bean in the registry, or the bean"
                            + " itself (#bean:name). Either an io.github.cxoneassist.oauth.TokenSource, or a Camel"
                            + " Processor that sets the header Authorization to Bearer and a token, as"
                            + " OAuthClientCredentialsProcessor of camel-oauth does. No client id or secret is needed"
                            + " then.")
    private Object tokenSource;

    @UriParam(
            label = "security",
            description =
                    "The profile that names the client: the properties camel.oauth.PROFILE.client-id, client-secret and"
                            + " token-endpoint, and optionally scope, cached-tokens-expiration-margin-seconds and"
                            + " cached-tokens-default-expiry-seconds, as camel-oauth has them. An option that is set here"
                            + " wins over the property.")
    private String oauthProfile;

    // no options: whether renewBefore was set, and what a profile says
    private boolean ownRenewBefore;
    private Duration defaultLifetime;

    @UriParam(
            label = "security",
            description = "TLS to CXone and to the token endpoint: whom to trust, and a client certificate where one is"
                    + " asked for. Without it, the JVM's own trust store. Host names are checked in any case.")
    private SSLContextParameters sslContextParameters;

    @UriParam(
            label = "advanced",
            defaultValue = "10000",
            javaType = "java.time.Duration",
            description = "How long connecting, the handshake, the answer to the authentication and a token request may"
                    + " take, each.")
    private long connectTimeout = 10_000;

    @UriParam(
            label = "producer",
            defaultValue = "10000",
            javaType = "java.time.Duration",
            description = "How long a suggestion waits for the session to be ready before the exchange fails with an"
                    + " exception that can be retried. Counts from when the session went down: in a longer outage, none"
                    + " waits.")
    private long sendTimeout = 10_000;

    @UriParam(
            label = "advanced",
            defaultValue = "500",
            javaType = "java.time.Duration",
            description = "The longest delay before the first new attempt to connect. Doubles with each attempt; the"
                    + " delay itself is random below it.")
    private long reconnectDelay = 500;

    @UriParam(
            label = "advanced",
            defaultValue = "30000",
            javaType = "java.time.Duration",
            description = "The ceiling of the delay before a new attempt to connect.")
    private long maxReconnectDelay = 30_000;

    @UriParam(
            label = "advanced",
            defaultValue = "15000",
            javaType = "java.time.Duration",
            description = "From one ping to the next; after three without a sign of life the session reconnects.")
    private long pingInterval = 15_000;

    @UriParam(
            label = "producer",
            defaultValue = "false",
            description =
                    "Whether an exchange is done only when CXone has acknowledged the suggestion, instead of when it"
                            + " was handed to the socket.")
    private boolean awaitAck;

    @UriParam(
            label = "producer,advanced",
            defaultValue = "30000",
            javaType = "java.time.Duration",
            description = "How long an acknowledgement may take; after that the suggestion counts as unacknowledged.")
    private long ackTimeout = 30_000;

    @UriParam(
            label = "producer,advanced",
            defaultValue = "0",
            description =
                    "How often a suggestion that was not acknowledged in time is sent again on the same connection.")
    private int ackRetries;

    @UriParam(
            label = "producer,advanced",
            defaultValue = "true",
            description =
                    "Whether suggestions that were written and not acknowledged when the connection ended are sent"
                            + " again on the next one, with the same id, while their context window is open.")
    private boolean resendUnacknowledged = true;

    @UriParam(
            label = "producer,advanced",
            defaultValue = "1000",
            description =
                    "How many suggestions may be written and not yet acknowledged; when there are so many, the next"
                            + " one waits.")
    private int inFlight = 1_000;

    CxoneAssistConfiguration copy() {
        try {
            return (CxoneAssistConfiguration) clone();
        } catch (CloneNotSupportedException e) {
            throw new RuntimeCamelException(e);
        }
    }

    /** @throws IllegalArgumentException names what is missing or wrong */
    OAuthSettings oauthSettings() {
        return new OAuthSettings(
                url("tokenUrl", tokenUrl, Region::tokenUrl),
                Grant.ofWireName(grantType),
                clientId,
                clientSecret,
                isSet(scope) ? scope : OAuthSettings.DEFAULT_SCOPE,
                accessKeyId,
                accessKeySecret,
                Duration.ofMillis(connectTimeout),
                Duration.ofMillis(renewBefore),
                defaultLifetime);
    }

    /** @throws IllegalArgumentException names what is missing or wrong */
    SessionConfig sessionConfig() {
        return SessionConfig.builder(url("webSocketUrl", webSocketUrl, Region::webSocketUrl))
                .backoff(new Backoff(Duration.ofMillis(reconnectDelay), Duration.ofMillis(maxReconnectDelay)))
                // a little more than the request itself, whose own words say more
                .tokenTimeout(Duration.ofMillis(connectTimeout + connectTimeout / 2))
                .connectTimeout(Duration.ofMillis(connectTimeout))
                .handshakeTimeout(Duration.ofMillis(connectTimeout))
                .authTimeout(Duration.ofMillis(connectTimeout))
                .sendTimeout(Duration.ofMillis(sendTimeout))
                .ackTimeout(Duration.ofMillis(ackTimeout))
                .ackRetries(ackRetries)
                .resendUnacknowledged(resendUnacknowledged)
                .inFlight(inFlight)
                .renewBefore(Duration.ofMillis(renewBefore))
                .pingInterval(Duration.ofMillis(pingInterval))
                .build();
    }

    boolean hasScope() {
        return isSet(scope);
    }

    boolean hasRenewBefore() {
        return ownRenewBefore;
    }

    /** Of tokens that come without one. */
    void defaultLifetime(long seconds) {
        defaultLifetime = Duration.ofSeconds(seconds);
    }

    private URI url(String option, String value, Function<Region, URI> ofRegion) {
        if (isSet(value)) {
            try {
                return URI.create(value.strip());
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("cxone-assist: " + option + " is not a URL", e);
            }
        }
        if (!isSet(region)) {
            throw new IllegalArgumentException(
                    "cxone-assist: neither region nor " + option + " is set. Set region to us, eu or a host.");
        }
        return ofRegion.apply(Region.of(region));
    }

    private static boolean isSet(String value) {
        return value != null && !value.isBlank();
    }

    public String getRegion() {
        return region;
    }

    public void setRegion(String region) {
        this.region = isSet(region) ? region : this.region;
    }

    public String getTokenUrl() {
        return tokenUrl;
    }

    public void setTokenUrl(String tokenUrl) {
        this.tokenUrl = isSet(tokenUrl) ? tokenUrl : this.tokenUrl;
    }

    public String getWebSocketUrl() {
        return webSocketUrl;
    }

    public void setWebSocketUrl(String webSocketUrl) {
        this.webSocketUrl = isSet(webSocketUrl) ? webSocketUrl : this.webSocketUrl;
    }

    public String getGrantType() {
        return grantType;
    }

    public void setGrantType(String grantType) {
        this.grantType = isSet(grantType) ? grantType : this.grantType;
    }

    public String getClientId() {
        return clientId;
    }

    public void setClientId(String clientId) {
        this.clientId = isSet(clientId) ? clientId : this.clientId;
    }

    public String getClientSecret() {
        return clientSecret;
    }

    public void setClientSecret(String clientSecret) {
        this.clientSecret = isSet(clientSecret) ? clientSecret : this.clientSecret;
    }

    public String getScope() {
        return scope;
    }

    public void setScope(String scope) {
        this.scope = isSet(scope) ? scope : this.scope;
    }

    public String getAccessKeyId() {
        return accessKeyId;
    }

    public void setAccessKeyId(String accessKeyId) {
        this.accessKeyId = isSet(accessKeyId) ? accessKeyId : this.accessKeyId;
    }

    public String getAccessKeySecret() {
        return accessKeySecret;
    }

    public void setAccessKeySecret(String accessKeySecret) {
        this.accessKeySecret = isSet(accessKeySecret) ? accessKeySecret : this.accessKeySecret;
    }

    public long getRenewBefore() {
        return renewBefore;
    }

    public void setRenewBefore(long renewBefore) {
        this.renewBefore = renewBefore;
        this.ownRenewBefore = true;
    }

    public Object getTokenSource() {
        return tokenSource;
    }

    public void setTokenSource(Object tokenSource) {
        boolean blank = tokenSource instanceof String name && name.isBlank();
        this.tokenSource = tokenSource == null || blank ? this.tokenSource : tokenSource;
    }

    public String getOauthProfile() {
        return oauthProfile;
    }

    public void setOauthProfile(String oauthProfile) {
        this.oauthProfile = isSet(oauthProfile) ? oauthProfile : this.oauthProfile;
    }

    public SSLContextParameters getSslContextParameters() {
        return sslContextParameters;
    }

    public void setSslContextParameters(SSLContextParameters sslContextParameters) {
        this.sslContextParameters = sslContextParameters;
    }

    public long getConnectTimeout() {
        return connectTimeout;
    }

    public void setConnectTimeout(long connectTimeout) {
        this.connectTimeout = connectTimeout;
    }

    public long getSendTimeout() {
        return sendTimeout;
    }

    public void setSendTimeout(long sendTimeout) {
        this.sendTimeout = sendTimeout;
    }

    public long getReconnectDelay() {
        return reconnectDelay;
    }

    public void setReconnectDelay(long reconnectDelay) {
        this.reconnectDelay = reconnectDelay;
    }

    public long getMaxReconnectDelay() {
        return maxReconnectDelay;
    }

    public void setMaxReconnectDelay(long maxReconnectDelay) {
        this.maxReconnectDelay = maxReconnectDelay;
    }

    public long getPingInterval() {
        return pingInterval;
    }

    public void setPingInterval(long pingInterval) {
        this.pingInterval = pingInterval;
    }

    public boolean isAwaitAck() {
        return awaitAck;
    }

    public void setAwaitAck(boolean awaitAck) {
        this.awaitAck = awaitAck;
    }

    public long getAckTimeout() {
        return ackTimeout;
    }

    public void setAckTimeout(long ackTimeout) {
        this.ackTimeout = ackTimeout;
    }

    public int getAckRetries() {
        return ackRetries;
    }

    public void setAckRetries(int ackRetries) {
        this.ackRetries = ackRetries;
    }

    public boolean isResendUnacknowledged() {
        return resendUnacknowledged;
    }

    public void setResendUnacknowledged(boolean resendUnacknowledged) {
        this.resendUnacknowledged = resendUnacknowledged;
    }

    public int getInFlight() {
        return inFlight;
    }

    public void setInFlight(int inFlight) {
        this.inFlight = inFlight;
    }
}
