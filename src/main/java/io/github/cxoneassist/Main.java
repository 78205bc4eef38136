package io.github.cxoneassist;

import io.github.cxoneassist.cli.CxoneAssist;

/**
 * The application. {@code mvn camel:run} starts it without arguments, which is the sandbox; {@code bin/cxone-assist} passes
 * its own on.
 */
public final class Main {

    private Main() {}

    public static void main(String[] args) {
        int exitCode = CxoneAssist.execute(args.length == 0 ? new String[] {"sandbox"} : args);
        // a normal end leaves the JVM to whoever started us, which may be Maven
        if (exitCode != 0) {
            System.exit(exitCode);
        }
    }
}
