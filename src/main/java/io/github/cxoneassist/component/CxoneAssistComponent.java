package io.github.cxoneassist.component;

import io.vertx.core.Vertx;
import java.time.Clock;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Endpoint;
import org.apache.camel.SSLContextParametersAware;
import org.apache.camel.health.HealthCheckRegistry;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.annotations.Component;
import org.apache.camel.support.CamelContextHelper;
import org.apache.camel.support.DefaultComponent;

/**
 * Sends suggestions to CXone Agent Assist and receives what becomes of them, over one authenticated WebSocket a name.
 *
 * <p>Uses the only {@link Vertx} of the registry, where there is exactly one, else its own. Thread-safe.
 */
@Component("cxone-assist")
public class CxoneAssistComponent extends DefaultComponent implements SSLContextParametersAware {

    private static final long VERTX_CLOSE_SECONDS = 10;

    private final Map<String, SharedSession> sessions = new ConcurrentHashMap<>();

    @Metadata(label = "advanced", description = "The configuration that endpoints start from.")
    private CxoneAssistConfiguration configuration = new CxoneAssistConfiguration();

    @Metadata(
            label = "advanced",
            autowired = true,
            description = "The Vert.x to run on. Where there is none, the component makes one and closes it again.")
    private Vertx vertx;

    @Metadata(
            label = "security",
            defaultValue = "false",
            description = "Whether to go by the SSLContextParameters of the Camel context where none are set here.")
    private boolean useGlobalSslContextParameters;

    private boolean ownVertx;
    private SessionHealthCheck healthCheck;

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) throws Exception {
        if (remaining == null || remaining.isBlank()) {
            throw new IllegalArgumentException("cxone-assist needs a name: cxone-assist:NAME");
        }
        CxoneAssistEndpoint endpoint = new CxoneAssistEndpoint(uri, this, remaining, configuration.copy());
        endpoint.setPlain(parameters.isEmpty());
        setProperties(endpoint, parameters);
        if (endpoint.getConfiguration().getSslContextParameters() == null) {
            endpoint.getConfiguration().setSslContextParameters(retrieveGlobalSslContextParameters());
        }
        return endpoint;
    }

    /**
     * The session of a name, shared by all its producers and consumers.
     *
     * @param plain whether the endpoint has no options of its own: it then takes the session as it is, where there is one
     * @throws IllegalArgumentException if the name is in use with other settings
     */
    SharedSession session(String name, CxoneAssistConfiguration given, boolean plain) {
        SharedSession open = sessions.get(name);
        if (plain && open != null && !open.isUnused()) {
            return open;
        }
        CxoneAssistConfiguration wanted = OAuthProfile.fill(given, getCamelContext());
        // one that nobody uses any more must not hold a route to the settings of its predecessor
        SharedSession session = sessions.compute(
                name,
                (key, known) -> known == null || (known.isUnused() && !known.hasSettings(wanted))
                        ? new SharedSession(key, wanted, vertx, getCamelContext())
                        : known);
        session.requireSameSettings(wanted);
        return session;
    }

    /** Those in use, and perhaps some that were; any thread may look. */
    Collection<SharedSession> sessions() {
        return sessions.values();
    }

    @Override
    protected void doStart() throws Exception {
        if (vertx == null) {
            vertx = CamelContextHelper.findSingleByType(getCamelContext(), Vertx.class);
        }
        if (vertx == null) {
            vertx = Vertx.vertx();
            ownVertx = true;
        }
        HealthCheckRegistry registry = HealthCheckRegistry.get(getCamelContext());
        if (registry != null) {
            healthCheck = new SessionHealthCheck(sessions.values(), Clock.systemUTC());
            healthCheck.setCamelContext(getCamelContext());
            registry.register(healthCheck);
        }
        super.doStart();
    }

    @Override
    protected void doStop() throws Exception {
        super.doStop();
        HealthCheckRegistry registry = HealthCheckRegistry.get(getCamelContext());
        if (registry != null && healthCheck != null) {
            registry.unregister(healthCheck);
        }
        sessions.clear();
        if (ownVertx) {
            vertx.close().toCompletionStage().toCompletableFuture().get(VERTX_CLOSE_SECONDS, TimeUnit.SECONDS);
            vertx = null;
            ownVertx = false;
        }
    }

    public CxoneAssistConfiguration getConfiguration() {
        return configuration;
    }

    public void setConfiguration(CxoneAssistConfiguration configuration) {
        this.configuration = configuration;
    }

    @Override
    public boolean isUseGlobalSslContextParameters() {
        return useGlobalSslContextParameters;
    }

    @Override
    public void setUseGlobalSslContextParameters(boolean useGlobalSslContextParameters) {
        this.useGlobalSslContextParameters = useGlobalSslContextParameters;
    }

    public Vertx getVertx() {
        return vertx;
    }

    public void setVertx(Vertx vertx) {
        this.vertx = vertx;
    }
}
