/**
 * The benchmark behind {@code mvn -Pbench verify}: the pipeline and what it is to be compared with, each in a process of its own
 * against a stand-in in a process of its own. No test: it judges nothing, it prints. See docs/performance.md.
 */
package io.github.cxoneassist.bench;
