package io.github.cxoneassist.pipeline;

import org.apache.camel.CamelContext;
import org.apache.camel.model.ModelCamelContext;

/** What routes an application has brought. */
final class Routes {

    private Routes() {}

    /** Whether a route of the context, started or not, consumes this endpoint. */
    static boolean consume(CamelContext camelContext, String endpointUri) {
        return ((ModelCamelContext) camelContext)
                .getRouteDefinitions().stream()
                        .anyMatch(route -> route.getInput() != null
                                && endpointUri.equals(route.getInput().getEndpointUri()));
    }
}
