package io.github.cxoneassist.component;

import io.github.cxoneassist.oauth.CachingTokenSource;
import io.github.cxoneassist.oauth.OAuthSettings;
import io.github.cxoneassist.oauth.OAuthTokenClient;
import io.github.cxoneassist.oauth.TokenSource;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Executor;
import javax.net.ssl.SSLContext;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelContextAware;
import org.apache.camel.Processor;

/** Where the tokens of a session come from. Equal origins can share a session. */
sealed interface TokenOrigin {

    /** @param executor may be blocked, by several requests at once */
    TokenSource open(Executor executor, Clock clock, SSLContext ssl);

    /** @throws IllegalArgumentException names what is missing or wrong */
    static TokenOrigin of(CxoneAssistConfiguration configuration, CamelContext context) {
        Object given = configuration.getTokenSource();
        if (given == null) {
            return new Client(configuration.oauthSettings());
        }
        Object bean = given instanceof String name ? lookup(name, context) : given;
        String who = describe(given, bean);
        Duration timeout = Duration.ofMillis(configuration.getConnectTimeout());
        CamelContextAware.trySetCamelContext(bean, context);
        if (bean instanceof TokenSource source) {
            return new SourceBean(source, who, timeout);
        }
        if (bean instanceof Processor processor) {
            Duration renewBefore = Duration.ofMillis(configuration.getRenewBefore());
            return new ProcessorBean(processor, who, timeout, renewBefore, context);
        }
        throw new IllegalArgumentException(
                "cxone-assist: " + who + " is neither of what a token can come from. " + whatItHasToBe());
    }

    private static Object lookup(String given, CamelContext context) {
        String name = given.strip().replaceFirst("^#(bean:)?", "");
        Object bean = context.getRegistry().lookupByName(name);
        if (bean == null) {
            throw new IllegalArgumentException("cxone-assist: there is no bean named '" + name
                    + "' for tokenSource in the registry. Bind one under" + " this name. " + whatItHasToBe());
        }
        return bean;
    }

    private static String whatItHasToBe() {
        return "It has to be an " + TokenSource.class.getName()
                + ", or a Camel Processor that sets the header Authorization to Bearer and a token.";
    }

    private static String describe(Object given, Object bean) {
        String type = bean.getClass().getSimpleName().isEmpty()
                ? bean.getClass().getName()
                : bean.getClass().getSimpleName();
        return given instanceof String name ? "tokenSource " + name.strip() + " (" + type + ")" : "tokenSource " + type;
    }

    /** The grants of our own. */
    record Client(OAuthSettings settings) implements TokenOrigin {
        @Override
        public TokenSource open(Executor executor, Clock clock, SSLContext ssl) {
            return new CachingTokenSource(
                    new OAuthTokenClient(settings, executor, clock, ssl), clock, settings.renewBefore());
        }
    }

    /** Caching is its own affair. */
    record SourceBean(TokenSource bean, String who, Duration timeout) implements TokenOrigin {
        @Override
        public TokenSource open(Executor executor, Clock clock, SSLContext ssl) {
            return new BeanTokenSource(bean, new ForeignCall(who, executor, timeout));
        }

        // whoever is called by name and as #name is the same one
        @Override
        public boolean equals(Object other) {
            return other instanceof SourceBean that && bean == that.bean && timeout.equals(that.timeout);
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(bean);
        }
    }

    record ProcessorBean(Processor processor, String who, Duration timeout, Duration renewBefore, CamelContext context)
            implements TokenOrigin {
        @Override
        public TokenSource open(Executor executor, Clock clock, SSLContext ssl) {
            ForeignCall call = new ForeignCall(who, executor, timeout);
            return new ProcessorTokenSource(processor, who, call, context, clock, renewBefore);
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof ProcessorBean that
                    && processor == that.processor
                    && timeout.equals(that.timeout)
                    && renewBefore.equals(that.renewBefore);
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(processor);
        }
    }
}
