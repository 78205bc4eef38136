package io.github.cxoneassist.webhook;

import java.io.IOException;
import java.io.OutputStream;

/** Reads the request and closes. */
final class ReceiverThatHangsUp extends RawReceiver {

    @Override
    void answer(OutputStream out) throws IOException {
        // no answer is the answer
    }
}
