package io.github.cxoneassist.cli;

/** The Camel CLI as it is installed, but for its launcher, which downloads it. Its classes are not on the class path of this build. */
final class CamelCli {

    private CamelCli() {}

    public static void main(String[] arguments) throws Exception {
        Class.forName("org.apache.camel.dsl.jbang.core.commands.CamelJBangMain")
                .getMethod("run", String[].class)
                .invoke(null, (Object) arguments);
    }
}
