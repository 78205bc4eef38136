package io.github.cxoneassist.pipeline;

import com.zaxxer.hikari.HikariDataSource;
import javax.sql.DataSource;
import org.apache.camel.CamelContext;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.support.LifecycleStrategySupport;

/** A pipeline on a database that is down while it is told so, and misbehaves in a way of the subclass while it is up. */
abstract class FailingDatabaseTestBase extends PipelineTestBase {

    private final String sink;
    private HikariDataSource database;
    DataSourceThatFails failing;

    FailingDatabaseTestBase(String sink) {
        this.sink = sink;
    }

    abstract DataSource misbehaving(DataSource database);

    @Override
    protected CamelContext createCamelContext() throws Exception {
        CamelContext created = super.createCamelContext();
        database = openDatabase();
        failing = new DataSourceThatFails(misbehaving(database));
        created.getRegistry().bind(AssistRuntime.DATA_SOURCE, failing);
        // not before: a context that stops has to do with its database to the end
        created.addLifecycleStrategy(new LifecycleStrategySupport() {
            @Override
            public void onContextStopped(CamelContext context) {
                database.close();
            }
        });
        return created;
    }

    @Override
    protected RoutesBuilder createRouteBuilder() {
        return new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in").errorHandler(noErrorHandler()).to(sink);
            }
        };
    }
}
