package io.github.cxoneassist.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import picocli.CommandLine;

/** Commands as an operator types them, and what they say. */
public final class Commands {

    /** @param exit code */
    public record Said(int exit, String out, String err) {}

    private Commands() {}

    public static Said run(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine commandLine = CxoneAssist.commandLine();
        commandLine.setOut(new PrintWriter(out, true));
        commandLine.setErr(new PrintWriter(err, true));
        int exit = commandLine.execute(arguments);
        return new Said(exit, out.toString(), err.toString());
    }

    /** On a terminal, where there is progress to be seen. */
    public static Said runOnTerminal(String... arguments) {
        System.setProperty("cxone.terminal", "true");
        try {
            return run(arguments);
        } finally {
            System.clearProperty("cxone.terminal");
        }
    }
}
