package io.github.cxoneassist.sandbox;

/** How a connection may be there and yet not. */
enum Silence {
    /** What comes in waits, here and in the client. What goes out does. */
    READS_NOTHING,
    /** What comes in and what goes out is lost, control frames too. */
    LOSES_ALL
}
