/** What HTTP says in its headers, for whoever asks and is told to wait. Uses nothing of ours, and no Camel. */
package io.github.cxoneassist.http;
