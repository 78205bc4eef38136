package io.github.cxoneassist.pipeline;

import org.apache.camel.CamelContext;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.support.EndpointHelper;
import org.apache.camel.support.service.ServiceHelper;

/** What routes an application has brought. */
final class Routes {

    private Routes() {}

    /** Whether the context is going down, and the route from this endpoint takes nothing any more. */
    static boolean isGone(CamelContext camelContext, String endpointUri) {
        return camelContext.isStopping()
                && camelContext.getRoutes().stream()
                        .filter(route -> EndpointHelper.matchEndpoint(
                                camelContext, route.getEndpoint().getEndpointUri(), endpointUri))
                        .allMatch(route -> ServiceHelper.isStopped(route.getConsumer()));
    }

    /** Whether a route of the context, started or not, consumes this endpoint. */
    static boolean consume(CamelContext camelContext, String endpointUri) {
        return ((ModelCamelContext) camelContext)
                .getRouteDefinitions().stream()
                        .anyMatch(route -> route.getInput() != null
                                && endpointUri.equals(route.getInput().getEndpointUri()));
    }
}
