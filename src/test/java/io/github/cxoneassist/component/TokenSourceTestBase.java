package io.github.cxoneassist.component;

import org.apache.camel.CamelContext;
import org.apache.camel.Processor;

/** A component that knows no client of its own, so that its tokens have to come from somebody else. */
abstract class TokenSourceTestBase extends CxoneTestBase {

    @Override
    protected CamelContext createCamelContext() throws Exception {
        CamelContext created = super.createCamelContext();
        CxoneAssistConfiguration bare = new CxoneAssistConfiguration();
        bare.setWebSocketUrl(cxone.webSocketUrl());
        bare.setReconnectDelay(20);
        bare.setMaxReconnectDelay(100);
        bare.setSendTimeout(5_000);
        created.getComponent("cxone-assist", CxoneAssistComponent.class).setConfiguration(bare);
        return created;
    }

    final void bind(String name, Object bean) {
        context.getRegistry().bind(name, bean);
    }

    final String reason() {
        return String.valueOf(healthDetails().get("main.reason"));
    }

    final Processor likeCamelOauth() {
        return new ClientCredentialsProcessor(cxone.tokenUrl(), CONFIG);
    }
}
