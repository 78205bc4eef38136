package io.github.cxoneassist;

public final class Main {
    public static void main(String[] a) {
        org.slf4j.LoggerFactory.getLogger(Main.class).info("hi");
        System.out.println("hello");
    }
}
