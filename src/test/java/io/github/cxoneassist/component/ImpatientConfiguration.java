package io.github.cxoneassist.component;

import io.github.cxoneassist.oauth.OAuthSettings;
import io.github.cxoneassist.session.Backoff;
import io.github.cxoneassist.session.SessionConfig;
import java.time.Duration;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.MainListener;
import org.apache.camel.main.MainListenerSupport;

/** Waits for nothing as long as production does, also where there is no option for it: a year of trouble in a minute. */
public final class ImpatientConfiguration extends CxoneAssistConfiguration {

    private final CxoneAssistConfiguration configured;

    private ImpatientConfiguration(CxoneAssistConfiguration configured) {
        this.configured = configured;
    }

    /** To be put upon an application that starts, once it has read its settings. */
    public static MainListener impatience() {
        return new MainListenerSupport() {
            @Override
            public void afterConfigure(BaseMainSupport main) {
                CxoneAssistComponent component =
                        main.getCamelContext().getComponent("cxone-assist", CxoneAssistComponent.class);
                component.setConfiguration(new ImpatientConfiguration(component.getConfiguration()));
            }
        };
    }

    @Override
    OAuthSettings oauthSettings() {
        return configured.oauthSettings();
    }

    @Override
    SessionConfig sessionConfig() {
        SessionConfig patient = configured.sessionConfig();
        return SessionConfig.builder(patient.webSocketUrl())
                .backoff(patient.backoff())
                .authBackoff(new Backoff(Duration.ofMillis(100), Duration.ofMillis(400)))
                .tokenTimeout(patient.connectTimeout())
                .connectTimeout(patient.connectTimeout())
                .handshakeTimeout(patient.handshakeTimeout())
                .authTimeout(patient.authTimeout())
                .sendTimeout(patient.sendTimeout())
                .ackTimeout(patient.ackTimeout())
                .inFlight(patient.inFlight())
                .renewBefore(patient.renewBefore())
                .pingInterval(patient.pingInterval())
                .stableAfter(Duration.ofSeconds(1))
                .closeTimeout(Duration.ofMillis(500))
                // so few that the socket is paused now and then
                .maxInbound(4)
                .build();
    }
}
