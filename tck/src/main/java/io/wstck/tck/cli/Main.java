package io.wstck.tck.cli;

/** Starts the command line. */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        System.exit(CommandLineTool.run(Surroundings.ofProcess(), arguments));
    }
}
