package io.github.cxoneassist.session;

/** What a text from the server turned out to be. */
sealed interface ParsedFrame {

    record AuthSuccess() implements ParsedFrame {}

    /** @param message the server's words, possibly empty */
    record AuthFailure(String message) implements ParsedFrame {}

    record Inbound(InboundFrame frame) implements ParsedFrame {}

    /** @param reason ours, never a quotation */
    record Malformed(String reason) implements ParsedFrame {}
}
