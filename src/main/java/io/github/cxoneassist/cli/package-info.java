/**
 * {@code bin/cxone-assist} and its commands: puts the application together from the folders of the distribution, checks the
 * settings before anything starts, and says in plain words why a start failed. May use everything; used by {@code Main}
 * only.
 */
package io.github.cxoneassist.cli;
