/**
 * The steps that the Kamelets and routes name: validate, reserve, journal, outcome. Camel glue with no rules of its own;
 * the rules are in {@code suggestion} and {@code ledger}.
 *
 * <p>May use {@code suggestion}, {@code ledger}, {@code journal} and {@code webhook}, and hears the events of
 * {@code session}. Knows the component only as an endpoint URI in a Kamelet.
 *
 * <p>{@link io.github.cxoneassist.pipeline.AssistRuntime} holds what the steps of one Camel context share. What a step
 * found out travels with the exchange as the properties of
 * {@link io.github.cxoneassist.pipeline.PipelineProperties}; the message body stays what the source sent until the
 * outcome replaces it, so that a caller's error handler can redeliver the whole Kamelet.
 */
package io.github.cxoneassist.pipeline;
