/**
 * The sandbox in the tests of others: {@link io.github.cxoneassist.sandbox.junit.SandboxExtension}. Needs
 * {@code junit-jupiter-api} on the class path, which nothing else here does.
 */
package io.github.cxoneassist.sandbox.junit;
